"""The estimator's page as a head meets it: every answer kept, every error beside its field."""

import csv
import io
import re
from datetime import date
from decimal import Decimal
from html import unescape

import pytest
from django.http import QueryDict
from django.utils import timezone, translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from programmes.models import (
    BudgetExample,
    CountryGroup,
    ExchangeRate,
    Rate,
    RateSet,
    Source,
)
from programmes.tools.estimator.forms import PARAMETERS

pytestmark = pytest.mark.django_db

URL = "/hva-gir-det/"
CASE = {
    "from": "Oslo",
    "1-kind": "shadowing",
    "1-people": "4",
    "1-days": "5",
    "1-to": "Berlin",
}


def page(client, query, url=URL) -> str:
    answer = client.get(url, query)
    assert answer.status_code == 200
    return answer.content.decode()


def national(staff=172) -> RateSet:
    own = RateSet.objects.create(
        year=2026,
        agency=RateSet.Agency.NATIONAL,
        source=Source.objects.get(code="pg26"),
        publish_at=timezone.now(),
    )
    Rate.objects.create(rate_set=own, category=Rate.Category.STAFF_DAY, key="1", amount=staff)
    return own


def test_until_norway_s_rates_are_entered_the_sum_is_told_as_a_ceiling(client):
    """A school would count on money that nobody has promised."""
    assert "høyst 7\u00a0984 euro" in page(client, CASE)


def test_what_an_editor_enters_is_reckoned_with_at_once(client):
    national()
    text = page(client, CASE)
    assert "7\u00a0452 euro" in text and "høyst" not in text


def test_a_rate_set_that_is_not_shown_yet_changes_nothing(client):
    own = national()
    RateSet.objects.filter(pk=own.pk).update(publish_at=None)
    assert "høyst 7\u00a0984 euro" in page(client, CASE)


def test_three_languages_give_the_same_numbers(client):
    urls = {"nb": URL, "nn": "/nn/kva-gir-det/", "en": "/en/what-does-it-give/"}
    national()
    for language, url in urls.items():
        text = page(client, CASE, url)
        assert ("7,452" if language == "en" else "7\u00a0452") in text, language


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"1-days": "61"}, "fra 2 til 60 dager"),
        ({"1-people": "0"}, "større enn eller lik 1"),
        ({"1-people": ""}, "Skriv hvor mange"),
        ({"1-people": "mange"}, "heltall"),
        ({"1-to": "Atlantis"}, "Vi kjenner ikke den byen"),
        ({"1-to": ""}, "Skriv en by"),
        ({"from": "Narnia"}, "ingen kommune med det navnet"),
        ({"from": ""}, "Skriv kommunen deres"),
        ({"1-accompanying": "2"}, "Bare elever har følgepersoner"),
        ({"1-travel_days": "4"}, "høyst 2 reisedager"),
        ({"1-fewer": "5"}, "Ikke flere enn det er deltakere"),
        ({"1-kind": "<script>"}, "gyldig"),
        ({"1-to": "", "1-km": "900"}, "Velg landet"),
    ],
)
def test_an_impossible_answer_is_told_of_beside_its_field_and_the_rest_is_kept(client, wrong, told):
    text = page(client, {**CASE, **wrong})
    assert told in text
    assert 'aria-invalid="true"' in text
    kept = {"1-people": "4", "1-days": "5", "from": "Oslo"}
    for name, value in kept.items():
        if name not in wrong:
            assert f'name="{name}" value="{value}"' in text
    assert "<script>" not in text.partition("<form")[2].partition("</form>")[0]


def test_several_activities_add_up_and_a_wrong_one_is_left_out(client):
    national()
    second = {"2-kind": "course", "2-people": "2", "2-days": "5", "2-to": "Berlin"}
    both = page(client, {**CASE, **second})
    # 7452 for the first; 618 + 2408 + 200 + 800 for the second.
    assert "11\u00a0478 euro" in both
    half = page(client, {**CASE, **second, "2-days": "99"})
    assert "7\u00a0452 euro" in half and "Summen er uten det" in half


def test_kroner_are_told_with_the_day_of_their_rate_and_not_without(client):
    national()
    assert "kroner, etter" not in page(client, CASE)
    source = Source.objects.get(code="pg26")
    ExchangeRate.objects.create(date=date(2026, 11, 2), kroner=Decimal("11.5"), source=source)
    assert "om lag 85\u00a0700 kroner, etter kursen 2. november 2026" in page(client, CASE)


def test_substitutes_are_the_employer_s_to_pay(client):
    text = page(client, {**CASE, "substitute_days": "20", "substitute_cost": "3500"})
    assert "70\u00a0000 kroner" in text


def test_the_table_for_a_spreadsheet_holds_the_same_lines(client):
    national()
    answer = client.get(f"{URL}anslag.csv", {**CASE, "2-kind": "=cmd", "1-to": "Berlin"})
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert [row[3] for row in rows[1:]] == ["1236", "4816", "1400", "7452"]
    assert all("(20" in row[4] for row in rows[1:4])
    assert not [cell for row in rows for cell in row if cell[:1] in tuple("=+-@") and cell]


def test_the_link_makes_the_same_estimate_again(client):
    text = page(client, {**CASE, "fbclid": "x", "add": "1"})
    link = text.partition('href="?')[2].partition('"')[0].replace("&amp;", "&")
    assert "fbclid" not in link and "add" not in link
    assert "høyst 7\u00a0984 euro" in client.get(f"{URL}?{link}").content.decode()


def test_an_endless_answer_does_not_make_an_endless_page(client):
    """A page repeats what was filled in, in its form and in its links."""
    usual = len(page(client, {**CASE, "add": "1"}))
    text = page(client, {**CASE, "add": "1", "2-to": "a/" * 20_000, "from": ["x" * 9_000] * 3})
    # Once in the head, where every page tells its own address.
    assert len(text) < usual + 100_000


def test_examples_follow_the_rates(client):
    before = page(client, {})
    assert all(example.title_nb in before for example in BudgetExample.objects.all())
    national(staff=1)
    assert page(client, {}) != before


def test_every_example_can_be_reckoned(client):
    """An example with an error in it would teach the error."""
    for example in BudgetExample.objects.all():
        text = client.get(f"{URL}?{example.query}").content.decode()
        assert 'aria-invalid="true"' not in text, example
        assert "Noe nedenfor mangler" not in text, example


EARLIER = {**CASE, "year": "2025"}


def year_field(text: str) -> str:
    return text.partition('<select id="year"')[2].partition("</select>")[0]


def ways_on(text: str) -> list[str]:
    """Return what the addresses in a page's body that carry an estimate end in."""
    found = re.findall(r'href="([^"]*1-kind=[^"]*)"', text.partition("<body>")[2])
    assert found
    return [unescape(address).partition("?")[2] for address in found]


def test_an_estimate_of_an_earlier_year_stays_computable(client):
    assert "satsene for 2024" in page(client, {**CASE, "year": "2024"})
    assert "satsene for 2026" in page(client, {**CASE, "year": "1999"})


def test_an_earlier_year_is_called_so_on_every_way_the_result_is_given(client):
    """A school would take what was paid last year for what is paid now."""
    answers = {
        "page": page(client, EARLIER),
        "Markdown": page(client, EARLIER, f"{URL}index.md"),
        "sheet": page(client, EARLIER, f"{URL}ark-til-lederen/"),
        "sheet in Markdown": page(client, EARLIER, f"{URL}ark-til-lederen/index.md"),
    }
    for name, text in answers.items():
        assert "2025" in text and "et tidligere år" in text, name
    for url in (URL, f"{URL}ark-til-lederen/"):
        assert "et tidligere år" not in page(client, CASE, url)
    assert ";Etter satsene for 2025;" in page(client, EARLIER, f"{URL}anslag.csv")


def test_the_year_is_offered_and_the_latest_is_the_one_that_is_chosen(client):
    assert re.findall(
        r'<option value="(\d*)"( selected)?>(\d+)', year_field(page(client, CASE))
    ) == [
        ("", " selected", "2026"),
        ("2025", "", "2025"),
        ("2024", "", "2024"),
    ]
    assert '"2025" selected' in year_field(page(client, EARLIER))


def test_with_the_rates_of_one_year_there_is_nothing_to_choose(client):
    RateSet.objects.exclude(year=2026).update(publish_at=None)
    text = page(client, EARLIER)
    assert "satsene for 2026" in text
    assert 'name="year"' not in text and not any("year" in way for way in ways_on(text))


def test_the_year_goes_along_with_every_step_but_for_the_latest(client):
    steps = {URL: 5, f"{URL}ark-til-lederen/": 3}
    for url, links in steps.items():
        earlier = [QueryDict(way).get("year") for way in ways_on(page(client, EARLIER, url))]
        assert earlier.count("2025") >= links
        # The only one without is the way to the same plan by the latest rates.
        assert earlier.count(None) == (url == URL)
        for latest in (CASE, {**CASE, "year": "2026"}):
            assert not any("year" in way for way in ways_on(page(client, latest, url)))


def test_the_same_plan_by_the_latest_rates_is_one_press_away(client):
    text = page(client, EARLIER).partition("Regn ut med satsene for 2026")[0]
    query = QueryDict(unescape(text.rpartition('href="?')[2].partition('"')[0]))
    assert query.dict() == CASE


def test_examples_are_of_the_year_that_was_chosen(client):
    Rate.objects.filter(rate_set__year=2025, category=Rate.Category.STAFF_DAY).update(amount=1)
    text = page(client, {"year": "2025"})
    assert all(QueryDict(way).get("year") == "2025" for way in ways_on(text))
    sums = re.findall(r"<small>(.*?) euro \(2025\)", text)
    assert len(sums) == BudgetExample.objects.count()
    assert sums != re.findall(r"<small>(.*?) euro \(2026\)", page(client, {}))


words = st.text(max_size=40) | st.sampled_from(["0", "-1", "9" * 40, "\x00", "²", "Oslo", "course"])


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.dictionaries(st.sampled_from(PARAMETERS), words, max_size=12))
def test_every_combination_of_answers_gets_a_page(client, query):
    with translation.override("nb"):
        assert client.get(URL, query).status_code == 200
        assert client.get(f"{URL}anslag.csv", query).status_code == 200


def test_the_page_asks_the_database_as_often_for_six_activities_as_for_one(
    client, django_assert_max_num_queries
):
    many = {
        f"{n}-{name}": CASE[f"1-{name}"]
        for n in range(1, 7)
        for name in ("kind", "people", "days", "to")
    }
    client.get(URL, CASE)
    with django_assert_max_num_queries(9):
        client.get(URL, {**many, "from": "Oslo"})


def test_rates_tell_their_source_their_doubts_and_what_has_changed(client):
    text = page(client, {}, "/satser/2024/")
    assert "før: 180" in text
    assert "Usikkert" in text and "Noen nasjonalkontorer oppgir" in text
    assert "MUCF" not in text and "Rannís" in text
    assert client.get("/satser/2031/").status_code == 404


def test_no_country_is_in_two_groups_and_all_are_in_one():
    rows = CountryGroup.objects.filter(rate_set__code="eu-2026")
    assert rows.count() == 33


def test_a_municipality_s_own_distances_are_told_with_their_bands(client):
    text = page(client, {"from": "Tromsø"}, "/avstander/")
    assert "Athen" in text and "3\u00a0000–3\u00a0999" in text
    assert "ingen kommune med det navnet" in page(client, {"from": "x" * 70}, "/avstander/")
