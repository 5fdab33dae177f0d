"""Words explained in texts, from the glossary to the page."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pages import defined
from pages.models import Page
from programmes.models import Measure, Term
from tests.factories import make_page

pytestmark = pytest.mark.django_db

TEXT = "<p>Dere trenger en OID for å søke.</p>"


@pytest.fixture(autouse=True)
def _nothing_known():
    """On PostgreSQL the generation moves at the commit, which no test comes to."""
    defined.forget()
    yield
    defined.forget()


def html_of(client, page) -> str:
    defined.forget()
    return client.get(page.get_absolute_url()).content.decode()


def explained_in(html: str) -> list[str]:
    return re.findall(r'<label class="term">(.*?)<button', html)


def test_the_first_use_is_explained_and_leads_to_the_glossary(client):
    page = make_page(lead_nb="En OID trenger dere.", body_nb=TEXT)
    html = html_of(client, page)
    assert explained_in(html) == ["OID"]
    assert 'aria-label="Hva betyr «OID»?"' in html
    assert "<strong>organisasjons-ID</strong>: Nummeret som" in html
    assert '<a href="/ordliste/#organisation-id">Se ordlisten</a>' in html


def test_an_old_name_is_told_beside_the_new_one(client):
    html = html_of(client, make_page(body_nb="<p>Skolen måtte ha en PIC.</p>"))
    assert "<strong>organisasjons-ID</strong> (før: PIC, PIC-kode): " in html


def test_editors_can_switch_it_off_for_a_page(client):
    page = make_page(body_nb=TEXT, explains_words=False)
    assert "popover" not in html_of(client, page)
    Page.objects.filter(pk=page.pk).update(explains_words=True)
    assert explained_in(html_of(client, page)) == ["OID"]


@pytest.mark.parametrize("values", [{"is_published": False}, {"is_explained": False}])
def test_editors_can_switch_it_off_for_a_word(client, values):
    page = make_page(body_nb=TEXT)
    Term.objects.filter(code="organisation-id").update(**values)
    assert explained_in(html_of(client, page)) == []


def test_a_word_is_not_explained_on_the_page_of_its_own_measure(client):
    measure = Measure.objects.select_related("action").get(code="shadowing")
    measure.what_you_can_do_nb = "<p>Jobbskygging er å lære av andre.</p>"
    measure.save()
    assert "def-job-shadowing" not in html_of(client, measure)
    other = Measure.objects.select_related("action").get(code="teaching")
    other.what_you_can_do_nb = measure.what_you_can_do_nb
    other.save()
    assert "def-job-shadowing" in html_of(client, other)


def test_each_language_explains_with_its_own_words(client):
    page = make_page(body_nb=TEXT, body_nn=TEXT, body_en="<p>You need an OID to apply.</p>")
    for prefix, words in (("/nn", "Kva tyder «OID»?"), ("/en", "What does “OID” mean?")):
        path = getattr(page, f"path_{prefix[1:]}")
        assert f'aria-label="{words}"' in client.get(f"{prefix}/{path}/").content.decode()


def test_no_mark_reaches_markdown_head_or_feed(client):
    page = make_page(body_nb=TEXT)
    assert "popover" not in client.get(f"{page.get_absolute_url()}index.md").content.decode()
    head = html_of(client, page).split("</head>")[0]
    assert "Dere trenger en OID for å søke." in head and "popover" not in head
    assert "popover" not in client.get("/nytt.xml").content.decode()


def test_words_are_read_once_in_each_generation(client):
    """A page would ask the database once more for each visitor whose page is not stored."""
    page = make_page(body_nb=TEXT)
    with CaptureQueriesContext(connection) as cold:
        html = html_of(client, page)
    with CaptureQueriesContext(connection) as warm:
        assert client.get(page.get_absolute_url()).content.decode() == html
    assert len(cold) - len(warm) == 1


def test_a_definition_cannot_break_out_of_its_page(client):
    Term.objects.filter(code="organisation-id").update(
        title_nb='"><script>',
        definition_nb="<img src=x onerror=alert(1)></span>",
        synonyms_nb="OID",
    )
    html = html_of(client, make_page(body_nb=TEXT))
    assert "<script>" not in html and "<img src=x" not in html
    assert "&lt;img src=x" in html
