"""What holds for every tool, the next one too: a page that helps, whatever is asked and whatever is there."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import resolve, reverse
from django.utils import translation

from programmes.models import (
    BudgetExample,
    Call,
    EligibilityRoute,
    EligibilityRule,
    FormerName,
    Measure,
    PlanStep,
    RateSet,
    Term,
)
from programmes.navigation import TOOLS
from tests.hostile.asking import MARKUP, WORDS, encoded

pytestmark = pytest.mark.django_db

ROUTES = [route for _title, routes in TOOLS for route in routes]
LANGUAGES = ("nb", "nn", "en")


def path_of(route: str, language: str = "nb") -> str:
    with translation.override(language):
        return reverse(route)


def main_of(answer) -> str:
    assert answer.status_code == 200
    html = answer.content.decode()
    assert html.count("<h1") == 1
    return html.partition("<main")[2].partition("</main>")[0]


def parameters(path: str) -> list[str]:
    """What the page reads of its address, and one that it does not."""
    return [*sorted(getattr(resolve(path).func, "parameters", ())), "unknown"]


# A few of each sort: tests/hostile asks more, of whatever address.
SOME_WORDS = (*WORDS[::6], MARKUP.encode())


@pytest.mark.parametrize("route", ROUTES)
def test_whatever_is_asked_a_page_answers(client, route):
    """A link that was cut off, typed wrongly or made by a stranger leads to a page and not to a fault."""
    path = path_of(route)
    for word in SOME_WORDS:
        query = encoded((name, word) for name in parameters(path))
        answer = client.get(path, QUERY_STRING=query.decode("latin-1"))
        assert MARKUP not in main_of(answer), word
    assert client.get(f"{path}index.md", QUERY_STRING=query.decode("latin-1")).status_code == 200


@pytest.mark.parametrize("route", ROUTES)
def test_a_very_long_question_is_answered_at_the_cost_of_a_short_one(client, route):
    path = path_of(route)
    names = parameters(path)

    def asked(word: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            main_of(client.get(path, dict.fromkeys(names, word)))
        return len(queries)

    asked("x")
    # As long as the whole address can be, shared by what the page reads of it.
    assert asked("å ri " * (800 // len(names))) <= asked("ri") + 1


def test_where_there_is_nothing_yet_each_page_says_so_and_leads_on(client):
    """A new site, or a new programme period, begins with tools that have nothing to show."""
    Measure.objects.update(publish_at=None)
    for model in (Call, EligibilityRule, EligibilityRoute, FormerName, PlanStep, Term):
        model.objects.all().delete()
    RateSet.objects.all().delete()
    BudgetExample.objects.all().delete()
    for route in ROUTES:
        for language in LANGUAGES:
            main = main_of(client.get(path_of(route, language)))
            words = re.sub(r"<[^>]+>", " ", main).split()
            assert len(words) > 30, (route, language)
            assert "None" not in words, (route, language)
            # Something to press, below the title.
            assert re.search(r"<(a|button)\b", main.partition("</h1>")[2]), (route, language)


def test_home_and_every_page_lead_to_each(client):
    for language in LANGUAGES:
        home = client.get(path_of("home", language)).content.decode()
        main, _end, foot = home.partition("</main>")
        links = {f'href="{path_of(route, language)}"' for route in ROUTES}
        assert [link for link in links if link not in main or link not in foot] == []
