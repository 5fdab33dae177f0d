"""The sheet that a head signs."""

import re

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from programmes.models import BudgetExample, Deadline, PacketPoint
from programmes.tools.estimator.forms import PARAMETERS
from tests.programmes.tools.estimator.test_page import CASE, national, page, words

pytestmark = pytest.mark.django_db

URL = "/hva-gir-det/ark-til-lederen/"
URLS = {
    "nb": URL,
    "nn": "/nn/kva-gir-det/ark-til-leiaren/",
    "en": "/en/what-does-it-give/page-for-the-head/",
}


def figures(text: str) -> list[str]:
    """Return the figures of the table, without what is between their thousands."""
    table = text[text.index("<table") : text.index("</table>")]
    cells = re.findall(r'<td class="figures__number"[^>]*>(.*?)</td>', table, re.S)
    return [re.sub(r"\D", "", cell) for cell in cells]


def test_it_holds_the_estimate_part_by_part(client):
    national()
    text = page(client, CASE, URL)
    assert figures(text) == ["1236", "4816", "1400", "7452"]
    assert "4 personer, 5 dager og 2 til reisen, Berlin (838\u00a0km)" in text
    assert "<strong>7\u00a0452 euro</strong>" in text
    assert "Rannís" in text and "Sist kontrollert" in text
    assert "http://testserver" not in text


def test_three_languages_give_the_same_figures(client):
    for example in BudgetExample.objects.all():
        found = {
            language: figures(client.get(f"{url}?{example.query}").content.decode())
            for language, url in URLS.items()
        }
        assert len(found["nb"]) >= 4
        assert found["nn"] == found["en"] == found["nb"], example


def test_each_reader_gets_what_is_theirs_and_what_is_for_both(client):
    for reader, other in (("head", "owner"), ("owner", "head")):
        text = page(client, {**CASE, "reader": reader}, URL)
        shown = {point for point in PacketPoint.objects.all() if f">{point.title_nb}<" in text}
        assert shown == set(PacketPoint.objects.exclude(reader=other))
    assert "ark til rektor eller styrer" in page(client, {**CASE, "reader": "<x>"}, URL)


def test_the_deadline_is_the_next_for_what_is_planned_or_the_one_asked_for(client):
    mobility = Deadline.objects.get(code="mobility-2027")
    partnership = Deadline.objects.get(code="partnerships-2027")
    sheet = page(client, CASE, URL).partition('id="dates"')[2]
    assert mobility.name in sheet and partnership.name not in sheet
    asked = page(client, {**CASE, "deadline": partnership.pk}, URL).partition('id="dates"')[2]
    assert partnership.name in asked
    lump = page(client, {"1-kind": "KA210-60000"}, URL).partition('id="dates"')[2]
    assert partnership.name in lump
    # An expected day is never told as if it were set.
    assert "ikke bekreftet" in sheet


def test_a_plan_beyond_the_limits_is_not_signed_unawares(client):
    many = {**CASE, "1-people": "31"}
    assert "har plass til 30 deltakere" in page(client, many, URL)
    assert "har plass til 30" not in page(client, {**many, "accredited": "on"}, URL)


def test_without_a_deadline_it_says_so(client):
    Deadline.objects.all().delete()
    assert "Vi kjenner ingen frist" in page(client, CASE, URL)


def test_own_costs_are_told_and_else_there_is_a_line_to_write_on(client):
    own = page(client, {**CASE, "substitute_days": "20", "substitute_cost": "3500"}, URL)
    assert "70\u00a0000 kroner" in own and "Vikarer, i kroner:" not in own
    assert "Vikarer, i kroner:" in page(client, CASE, URL)


def test_it_is_reached_from_the_estimate_and_leads_back(client):
    text = page(client, CASE)
    link = re.search(r'href="(/hva-gir-det/ark-til-lederen/\?[^"]+)"', text)[1]
    sheet = client.get(link.replace("&amp;", "&")).content.decode()
    back = re.search(r'href="(/hva-gir-det/\?[^"]+)"', sheet)[1].replace("&amp;", "&")
    assert QueryDict(back.partition("?")[2]).dict() == CASE


def test_without_an_estimate_it_shows_what_it_could_be(client):
    text = page(client, {}, URL)
    assert "Lag et anslag først" in text
    for example in BudgetExample.objects.all():
        assert example.title_nb in text


def test_it_is_not_for_search_engines_and_has_a_text_form(client):
    assert '<meta name="robots" content="noindex">' in page(client, CASE, URL)
    text = client.get(f"{URL}index.md", CASE).content.decode()
    assert "7\u00a0984" in text and "# Erasmus+: ark til rektor eller styrer" in text


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.dictionaries(st.sampled_from([*PARAMETERS, "reader", "deadline"]), words, max_size=12))
def test_every_combination_of_answers_gets_a_sheet(client, query):
    assert client.get(URL, query).status_code == 200


def test_it_costs_as_few_questions_for_six_activities_as_for_one(
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


def test_the_example_costs_no_more_than_the_sheet(client, django_assert_max_num_queries):
    client.get(URL)
    with django_assert_max_num_queries(7):
        client.get(URL)


def test_the_markdown_leads_to_the_same_sheet_in_the_other_languages(client):
    text = client.get(f"{URL}index.md", CASE).content.decode()
    for language in ("nn", "en"):
        link = re.search(rf"\(https?://[^/]+({URLS[language]}index\.md\?\S+)\)", text)[1]
        assert QueryDict(link.partition("?")[2]).dict() == CASE
        assert client.get(link).status_code == 200
