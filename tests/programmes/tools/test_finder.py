"""«Finn tiltak» as it is asked: what is told, in which language, and at what cost."""

import re
from datetime import datetime
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pages.models import Page
from programmes.models import Audience, Experience, Measure, Purpose
from tests.factories import make_measure

pytestmark = pytest.mark.django_db

FINDER = {"nb": "/finn-tiltak/", "nn": "/nn/finn-tiltak/", "en": "/en/find-a-measure/"}


def measure_for(number, who="", what="", before="", **values) -> Measure:
    made = make_measure(number, period="2021-2027", code=f"tiltak-{number}", **values)
    for relation, facet, codes in (
        (made.audiences, Audience, who),
        (made.purposes, Purpose, what),
        (made.experiences, Experience, before),
    ):
        relation.set(facet.objects.filter(code__in=codes.split()))
    return made


@pytest.fixture
def measures():
    """Three measures of the test's own, and no other of today's."""
    Measure.objects.filter(period__code="2021-2027").update(publish_at=None)
    course = measure_for(1, "kindergarten primary", "course")
    pupils = measure_for(2, "primary upper-secondary", "pupils-together")
    form = measure_for(3, "", "course", "never before", form_code="KA122-SCH")
    pupils.ways_in.set([form])
    return course, pupils, form


def ask(client, path="/finn-tiltak/", **asked) -> str:
    response = client.get(path, asked)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", unescape(response.content.decode()))


def part(html: str, beginning: str, end: str) -> str:
    return html[html.index(beginning) :].partition(end)[0]


def fitting(html: str) -> str:
    return part(html, 'id="fits"', '<details class="misfits">')


def misfits(html: str) -> str:
    return part(html, '<details class="misfits">', "</details>")


def choice(html: str, title: str) -> str:
    """Return what stands beside an answer: how many measures would fit."""
    [beside] = re.findall(rf"<span>{re.escape(title)}</span>(.*?)</a>", html)
    return re.sub("<.*?>", "", beside).strip()


def test_each_fitting_measure_says_why(client, measures):
    """A list without reasons is one more list."""
    html = ask(client, who="kindergarten", what="course", before="never")
    shown = fitting(html)
    assert "2 tiltak passer for dere" in shown
    assert "Tiltak nummer 1 nb" in shown
    assert "Tiltak nummer 2 nb" not in shown
    for reason in (
        *("Passer for barnehage.", "Dere kan gå på kurs.", "Passer for alle."),
        *("Uansett hva dere har gjort før.", "Passer til svaret «Nei, dette er første gang»."),
    ):
        assert reason in shown


def test_each_other_measure_says_why_not(client, measures):
    assert "Bare for grunnskole og videregående skole." in misfits(ask(client, who="kindergarten"))
    assert "Bare hvis dere vil gå på kurs." in misfits(ask(client, what="cooperate"))
    answers = "«Nei, dette er første gang» eller «Ja, vi har hatt prosjekt før»"
    assert f"Bare hvis svaret er {answers}." in misfits(ask(client, before="accredited"))


def test_the_form_behind_what_one_wants_is_told_apart_from_it(client, measures):
    shown = fitting(ask(client, who="primary", what="pupils-together"))
    doing, _heading, applying = shown.partition("Slik søker dere om penger")
    assert "Tiltak nummer 2 nb" in doing
    assert "Slik søker dere om: Tiltak nummer 2 nb." in applying


def test_what_a_choice_would_leave_is_told_before_it_is_made(client, measures):
    html = ask(client, who="kindergarten")
    assert choice(html, "Gå på kurs") == "2 tiltak"
    assert choice(html, "Reise med en gruppe elever") == "ingen tiltak"
    assert choice(html, "Grunnskole") == "3 tiltak"


def test_history_is_not_offered(client):
    """A school would prepare for what ended in 2020."""
    past = Measure.objects.get(code="job-shadowing")
    assert past.title not in fitting(ask(client))


def test_nothing_fits_tells_which_answer_to_drop(client, measures):
    html = fitting(ask(client, who="kindergarten", what="pupils-together", before="never"))
    assert "Ingen tiltak passer med alle svarene" in html
    assert choice(html, "Uten «Reise med en gruppe elever»") == "2 tiltak"
    assert choice(html, "Uten «Barnehage»") == "2 tiltak"


def test_a_single_teacher_reads_first_that_the_school_applies(client, measures):
    html = ask(client, who="teacher")
    said = html.index("En lærer kan ikke søke alene.")
    assert html.index("<h1>") < said < html.index("Hvor arbeider du?")
    assert "konsortium" in html[said : html.index("Hvor arbeider du?")]
    # Where one works is still to be answered, and leads on.
    assert '?who=primary#what"' in html
    assert "3 tiltak passer for dere" in html


def test_without_measures_the_page_says_so(client, measures):
    Measure.objects.update(publish_at=None)
    assert "Ingen tiltak å vise" in ask(client, who="primary")


def test_an_editors_own_measure_and_answers_can_be_found(client, measures):
    """They have no codes: without their numbers nobody could choose them."""
    audience = Audience.objects.create(title_nb="Kulturskole", title_nn="Kulturskule", title_en="X")
    made = measure_for(4, "kindergarten", "course")
    Measure.objects.filter(pk=made.pk).update(code=None)
    made.audiences.set([audience])
    html = ask(client)
    assert f"?who={audience.pk}#what" in html
    shown = fitting(ask(client, who=audience.pk))
    assert "Passer for kulturskole." in shown
    assert f'value="{made.pk}"' in shown


def test_the_way_on_after_each_answer_is_the_next_question(client, measures):
    """On a phone the next question would otherwise be out of sight."""
    assert '?who=primary#what"' in ask(client)
    assert '?who=primary&what=course#before"' in ask(client, who="primary")
    full = ask(client, who="primary", what="course")
    assert '?who=primary&what=course&before=never#fits"' in full


@pytest.mark.parametrize(("language", "why"), [("nn", "Passar for barnehage."), ("en", "For you:")])
def test_it_speaks_each_language_and_keeps_the_answers_in_the_others(
    client, measures, language, why
):
    html = ask(client, FINDER[language], who="kindergarten")
    assert why in fitting(html)
    for path in FINDER.values():
        assert f'href="{path}?who=kindergarten"' in html


def test_only_the_page_without_answers_is_for_search_engines(client, measures):
    assert "noindex" not in ask(client)
    assert "noindex" in ask(client, who="primary")
    assert "noindex" in ask(client, who="nobody")


@pytest.mark.parametrize("asked", [{}, {"who": "primary", "what": "pupils-together"}])
def test_its_markdown_says_the_same(client, measures, asked):
    text = client.get("/finn-tiltak/index.md", asked).content.decode()
    for title in re.findall(r'fit__title"> <a href="[^"]*">(.*?)</a>', ask(client, **asked)):
        assert f"[{title}]" in text
    assert "/finn-tiltak/index.md?who=upper-secondary" in text
    assert ("Bare hvis" in text) == bool(asked)


HOSTILE = [
    {"who": "nobody"},
    {"who": "\x00"},
    {"what": "a" * 10_000},
    {"before": ["never", "before", "<svg onload=x>"]},
    {"who": "' OR 1=1 --", "what": "%s", "before": "../.."},
    {"unknown": "1"},
    {"who": ""},
]


@pytest.mark.parametrize("asked", HOSTILE)
def test_nonsense_is_answered_with_the_page(client, measures, asked):
    html = ask(client, **asked)
    assert "Hvem er dere?" in html
    assert "<svg" not in part(html, "<main", "</main>")
    told = "et svar som vi ikke kjenner" in html
    assert told == any(asked.get(name) for name in ("who", "what", "before"))


def test_it_costs_the_same_however_many_measures_there_are(client, measures):
    with CaptureQueriesContext(connection) as few:
        ask(client, who="primary", what="course")
    for number in range(10, 30):
        measure_for(number, "primary", "course", "never")
    with CaptureQueriesContext(connection) as many:
        ask(client, who="primary", what="course")
    assert len(many) == len(few) <= 8


def test_it_is_asked_for_anew_when_a_period_may_be_past(client, measures):
    """What is kept of December would call last year's measures today's."""
    until = timezone.localtime(client.get("/finn-tiltak/").held_until)
    assert until <= timezone.make_aware(datetime(timezone.localdate().year + 1, 1, 1))


def test_home_asks_the_first_question(client):
    html = ask(client, "/")
    assert 'href="/finn-tiltak/?who=kindergarten#what"' in html
    assert 'href="/finn-tiltak/?who=teacher"' in html
    Page.objects.filter(route="tools:finder").delete()
    assert "?who=kindergarten" not in ask(client, "/")
