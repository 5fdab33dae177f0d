"""llms.txt: an assistant finds the right page without reading them all."""

import re

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from erasmus_site import llms
from pages.languages import url_in
from pages.models import Page
from programmes.models import Action, Measure
from tests.factories import make_measure, make_page
from tests.test_queries import many_measures
from tests.test_urls import every_address

pytestmark = pytest.mark.django_db

PATHS = {"nb": "/llms.txt", "nn": "/nn/llms.txt", "en": "/en/llms.txt"}
LINE = re.compile(r"- \[[^\]]+\]\((?P<url>[^)]+)\): \S.+")


def listed(client, language: str) -> list[str]:
    """Return the addresses that the sections list, each on a line that says what is there."""
    answer = client.get(PATHS[language])
    assert answer.status_code == 200
    sections = answer.content.decode().partition("\n## ")[2]
    lines = [line for line in sections.splitlines() if line.startswith("- ")]
    found = [LINE.fullmatch(line) for line in lines]
    assert all(found), lines
    return [line["url"] for line in found if line]


@pytest.mark.parametrize("language", PATHS)
def test_it_has_a_line_for_every_page_of_its_language(client, language):
    wanted = {
        f"{settings.SITE_URL}{url}index.md" for url, code in every_address() if code == language
    }
    found = listed(client, language)
    assert len(found) == len(set(found))
    assert set(found) == {*wanted, f"{settings.SITE_URL}/sitemap.xml"}


@pytest.mark.parametrize("language", PATHS)
def test_it_has_the_shape_that_assistants_know(client, language):
    answer = client.get(PATHS[language])
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.headers["Content-Language"] == language
    assert not answer.cookies
    lines = answer.content.decode().splitlines()
    home = Page.objects.get(route="home")
    assert lines[:3] == [
        f"# {getattr(home, f'title_{language}')}",
        "",
        f"> {home.translated('lead', language)}",
    ]
    assert [line for line in lines if line.startswith("# ")] == lines[:1]
    assert lines[-3] == "## Optional"
    head = answer.content.decode().partition("\n## ")[0]
    assert settings.CONTENT_LICENCE["url"] in head
    for path in PATHS.values():
        assert f"]({settings.SITE_URL}{path})" in head


def test_what_visitors_cannot_see_is_not_listed_not_even_for_editors(editor_client):
    make_page("Hemmelig", publish_at=None)
    make_page("Gammel", withdraw_at=timezone.now())
    make_page("Norsk", languages=("nb",))
    measure = Measure.objects.first()
    Action.objects.filter(pk=measure.action_id).update(publish_at=None)
    text = editor_client.get("/llms.txt").content.decode()
    assert "Norsk nb" in text
    for word in ("Hemmelig", "Gammel", url_in(measure, "nb")):
        assert word not in text
    assert "Norsk" not in editor_client.get("/en/llms.txt").content.decode()


def test_what_holds_now_comes_before_what_is_history(client):
    make_measure(period="2021-2027", title_nb="Skyggejobb", position=99)
    lines = client.get("/llms.txt").content.decode().splitlines()
    now = next(i for i, line in enumerate(lines) if "[Skyggejobb]" in line)
    past = next(i for i, line in enumerate(lines) if "[Hospitering i Europa]" in line)
    assert now < past
    assert "): Nå, 2021–2027. " in lines[now]
    assert "): Historie, 2014–2020. " in lines[past]


def test_it_grows_neither_in_queries_nor_beyond_bounds(client):
    with CaptureQueriesContext(connection) as queries:
        client.get("/llms.txt")
    before = len(queries)
    assert before <= 6
    many_measures(llms.LISTED + 50)
    for number in range(3):
        # Nothing but its sections can tell what it is about.
        make_page(f"Side {number}").sections.create(body_nb="<p>Kort.</p>")
    with CaptureQueriesContext(connection) as queries:
        assert len(listed(client, "nb")) < llms.LISTED + Page.objects.count() + 20
    assert len(queries) <= 6


def test_no_licence_is_stated_where_the_operator_gives_none(client, settings):
    settings.CONTENT_LICENCE = {"name": "", "url": ""}
    for path in ("/llms.txt", "/index.md", "/"):
        assert "creativecommons" not in client.get(path).content.decode()


def test_the_licence_is_stated_in_every_pages_footer(client):
    html = client.get("/en/about/").content.decode()
    footer = html[html.index("<footer") :]
    assert f'<a rel="license" href="{settings.CONTENT_LICENCE["url"]}">CC BY 4.0</a>' in footer
