"""Where each figure of an estimate is from: what a head asks first."""

import pytest
from django.http import QueryDict

from programmes.models import BudgetExample, Rate, Source
from programmes.tools.estimator.activities import KINDS, PREPARATORY
from programmes.tools.estimator.plans import plan_of
from tests.programmes.tools.estimator.test_page import CASE, national, page

pytestmark = pytest.mark.django_db


def origins(query: str) -> dict[str, list]:
    plan = plan_of(QueryDict(query))
    return {
        f"{part.number} {line.what} {line.traveller}": [entry.now for entry in entries]
        for part in plan.results
        for line, entries in part.rows
    }


def a_plan(kind: str, days: int) -> str:
    more = "&1-accompanying=1" if KINDS[kind].escorted else ""
    return (
        f"from=Oslo&1-kind={kind}&1-people=2&1-days={days}&1-to=Berlin&1-fewer=1&1-language=1{more}"
    )


def test_every_line_that_has_a_figure_tells_where_it_is_from():
    queries = [a_plan(kind, KINDS[kind].days[0]) for kind in KINDS]
    queries += [example.query for example in BudgetExample.objects.all()]
    queries += ["1-kind=KA210-30000", "1-kind=KA220-400000", f"1-kind={PREPARATORY}&1-people=2"]
    lines = 0
    for query in queries:
        plan = plan_of(QueryDict(query))
        assert plan.is_complete, query
        for part in plan.results:
            for line, entries in part.rows:
                assert bool(entries) == (line.each is not None), (query, line)
                lines += 1
    assert lines > 40


def test_the_rate_that_is_told_is_the_one_that_was_reckoned_with():
    """A source beside a figure that is from elsewhere would be worse than none."""
    found = origins("from=Oslo&1-kind=shadowing&1-people=4&1-days=5&1-to=Berlin")
    assert [row.amount for row in found["1 stay staff"]] == [191]
    national(staff=172)
    found = origins("from=Oslo&1-kind=shadowing&1-people=4&1-days=5&1-to=Berlin")
    assert [row.amount for row in found["1 stay staff"]] == [172]
    assert [(row.start, row.end) for row in found["1 travel "]] == [(500, 1999)]
    lump = origins("1-kind=KA220-250000")
    assert [row.amount for row in lump["1 lump "]] == [250_000]


def test_what_is_uncertain_is_called_so_beside_the_line(client):
    Rate.objects.filter(category=Rate.Category.ORGANISATION, key="shadowing").update(
        is_uncertain=True
    )
    text = page(client, CASE)
    assert "Usikker sats: se kilden" in text
    assert "Kontroller tallet i programguiden" in text
    Rate.objects.update(is_uncertain=False)
    assert "Usikker sats" not in page(client, CASE)


def test_each_figure_tells_source_day_and_what_has_changed(client):
    text = page(client, {**CASE, "year": "2024"})
    assert "Endret siden 2023, da var satsen 275, grønn 320 euro." in text
    assert "Vi har ingen slik sats for 2023" in text
    Source.objects.update(confidence="S")
    text = page(client, CASE)
    assert "Lest hos en annen kilde" in text
    assert "Den samme som i 2025." in text and "Sist kontrollert" in text
