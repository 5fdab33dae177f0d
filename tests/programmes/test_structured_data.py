"""What machines are told of actions and measures."""

import pytest
from django.utils import timezone

from pages.languages import languages_of, url_in
from programmes.models import Action, Measure, Period
from tests.test_head import Head, head_of

pytestmark = pytest.mark.django_db

SHADOWING = "/nn/for-skule-og-barnehage/mobilitet/hospitering-i-europa/"


@pytest.fixture
def shadowing(client) -> tuple[str, dict]:
    """The HTML of a measure's page in nynorsk, and what is told of the measure."""
    html = client.get(SHADOWING).content.decode()
    return html, Head(html).told("GovernmentService")


def test_a_measure_is_told_of_in_the_words_of_its_page(shadowing):
    html, told = shadowing
    assert f"<h1>{told['name']}</h1>" in html
    assert f'<p class="lead">{told["description"]}</p>' in html
    for audience in told["audience"]:
        assert f'<li class="tag">{audience["audienceType"]}</li>' in html
    assert len(told["audience"]) == html.count('class="tag"') > 0
    assert told["areaServed"]["name"] == "Noreg"


def test_the_page_is_about_it(client):
    head = head_of(client, SHADOWING)
    assert head.told("WebPage")["mainEntity"]["@id"] == head.told("GovernmentService")["@id"]


def test_a_past_measure_is_told_of_as_over(shadowing):
    """Who searches for money to apply for today must not be sent to what ended in 2020."""
    html, told = shadowing
    assert told["offers"]["availabilityStarts"] == "2014-01-01"
    assert told["offers"]["availabilityEnds"] == "2020-12-31"
    assert "2014–2020" in html


def test_history_is_not_credited_to_todays_agency(shadowing):
    """The National Agency was SIU, then Diku; the page says so, and HK-dir came after."""
    _html, told = shadowing
    assert told["provider"]["name"] == "Nasjonalkontoret for Erasmus+ i Noreg"
    assert "url" not in told["provider"]


def test_a_measure_of_today_names_the_agency_of_today(client):
    this_year = timezone.localdate().year
    today = Period.objects.create(first_year=this_year, last_year=this_year + 1)
    Measure.objects.filter(code="job-shadowing").update(period=today)
    told = head_of(client, SHADOWING).told("GovernmentService")
    assert told["provider"] == {
        "@type": "GovernmentOrganization",
        "name": "Direktoratet for høgare utdanning og kompetanse (HK-dir)",
        "url": "https://hkdir.no",
    }
    assert told["offers"]["availabilityEnds"] == f"{this_year + 1}-12-31"


@pytest.mark.parametrize("path", ["", "kunnskapsutvikling/"])
def test_what_the_commission_manages_is_told_as_its_own(client, path):
    told = head_of(client, f"/for-skole-og-barnehage/policy/{path}").told("GovernmentService")
    assert told["provider"]["name"] == "Europakommisjonen"


def test_who_grants_is_not_told_against_the_pages_own_words(client):
    """Bufdir, not the Commission, managed the dialogue meetings; the Commission manages the academies."""
    exceptions = {"youth-dialogue", "teacher-academies"}
    for measure in Measure.objects.filter(action__code__in=["partnerships", "policy"]):
        for language in languages_of(measure):
            told = head_of(client, url_in(measure, language)).told("GovernmentService")
            assert ("provider" in told) == (measure.code not in exceptions), told["name"]


def test_an_action_is_told_of_in_the_words_of_its_page(client):
    html = client.get("/for-skole-og-barnehage/mobilitet/").content.decode()
    told = Head(html).told("GovernmentService")
    assert f"<h1>{told['name']}</h1>" in html
    assert f'<p class="lead">{told["description"]}</p>' in html
    assert "HK-dir" in told["provider"]["name"]
    # It goes on from period to period.
    assert "offers" not in told


def test_of_what_is_not_written_nothing_is_told(client):
    Action.objects.update(summary_nb="")
    Measure.objects.get(code="job-shadowing").audiences.clear()
    assert "description" not in head_of(client, "/for-skole-og-barnehage/mobilitet/").told(
        "GovernmentService"
    )
    assert "audience" not in head_of(client, SHADOWING).told("GovernmentService")
