"""What machines are told of each page: sound by schema.org's own definitions, and what the page shows."""

import json
import re
from datetime import UTC, datetime
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from pages.models import Image, Page, PreviewLink
from pages.templatetags.pages_tags import json_ld
from programmes import views as programme_views
from tests.factories import make_page
from tests.test_head import Head, head_of
from tests.test_urls import every_address
from tests.vocabulary import faults, nodes

pytestmark = pytest.mark.django_db

# The only property for a picture's credit, which search engines ask for; and one that is as old as
# schema.org and is marked pending since its definition grew.
PENDING = frozenset({"creditText", "provider"})
OVERVIEW = "/for-skole-og-barnehage/"


@pytest.fixture(scope="module")
def every_page(django_db_setup, django_db_blocker) -> dict[str, tuple[str, str]]:
    """Each address with its language and its HTML, as the seed has it; fetched once."""
    client = Client()
    with django_db_blocker.unblock():
        return {url: (code, client.get(url).content.decode()) for url, code in every_address()}


def kinds(head: Head) -> set[str]:
    (block,) = head.data
    return {node["@type"] for node in block["@graph"]}


def test_every_page_keeps_to_the_vocabulary(every_page):
    """A search engine passes over a block that it cannot make sense of."""
    found = {}
    for url, (_language, html) in every_page.items():
        (block,) = Head(html).data
        if wrong := faults(block, PENDING):
            found[url] = wrong
    assert found == {}


def test_what_is_told_of_a_page_is_what_it_shows(every_page, settings):
    for url, (language, html) in every_page.items():
        head = Head(html)
        page = head.told("WebPage")
        assert page["@id"] == page["url"] == head.canonical == settings.SITE_URL + url
        assert page["name"] == head.metas["og:title"], url
        assert page["description"] == head.metas["description"], url
        assert page["inLanguage"] == language, url
        if shown := re.search(r'class="last-updated">.*?datetime="(.*?)"', html, re.DOTALL):
            assert page["dateModified"].startswith(shown[1]), url
        assert page["isPartOf"]["@id"] == head.told("WebSite")["@id"], url
        assert page["breadcrumb"]["@id"] == head.told("BreadcrumbList")["@id"], url
        assert ("primaryImageOfPage" in page) == ('class="lead-picture"' in html), url


def test_ids_are_one_things_own(every_page):
    """Two things under one id would be taken for one, on all pages together."""
    meaning: dict[str, set[str]] = {}
    for _language, html in every_page.values():
        (block,) = Head(html).data
        for node in nodes(block):
            if "@id" in node:
                meaning.setdefault(node["@id"], set()).add(node["@type"])
    assert {known_as: told for known_as, told in meaning.items() if len(told) > 1} == {}


def test_a_translation_names_its_source_and_the_source_its_translations(client, settings):
    source = head_of(client, OVERVIEW)
    named = {node["inLanguage"]: node["@id"] for node in source.told("WebPage")["workTranslation"]}
    assert named == {code: source.alternates[code] for code in ("nn", "en")}
    for url in named.values():
        page = head_of(client, url.removeprefix(settings.SITE_URL)).told("WebPage")
        assert page["translationOfWork"]["@id"] == source.canonical
        assert page["translationOfWork"]["inLanguage"] == "nb"


@pytest.mark.parametrize(
    ("languages", "url"), [(("nb",), "/reisebrev-nb/"), (("nn", "en"), "/nn/reisebrev-nn/")]
)
def test_no_translation_is_told_of_that_is_not_there(client, languages, url):
    make_page(languages=languages)
    page = head_of(client, url).told("WebPage")
    assert not {"workTranslation", "translationOfWork"} & set(page)


def test_the_lead_picture_is_told_of_with_its_words_and_true_size(client, settings):
    Image.objects.filter(code="glede-i-barnehagen").update(
        caption_nn="I pytten", credit="Kari & Co"
    )
    html = client.get("/nn/for-skule-og-barnehage/").content.decode()
    picture = Head(html).told("ImageObject")
    address = picture["contentUrl"].removeprefix(settings.SITE_URL)
    width = int(picture["width"].removesuffix(" px"))
    assert f"{address} {width}w" in html
    shown = html.split('class="lead-picture"')[1].split("</figure>")[0]
    assert f'width="{width}" height="{picture["height"].removesuffix(" px")}"' in shown
    assert (picture["caption"], picture["creditText"]) == ("I pytten", "Kari & Co")


def test_without_a_caption_it_is_told_what_is_seen(client):
    Image.objects.update(caption_nb="", credit="")
    html = client.get(OVERVIEW).content.decode()
    picture = Head(html).told("ImageObject")
    assert f'alt="{picture["caption"]}"' in unescape(html)
    assert "creditText" not in picture


def test_a_picture_without_files_is_not_told_of(client):
    Image.objects.update(sizes={})
    assert "ImageObject" not in kinds(head_of(client, OVERVIEW))


@pytest.mark.parametrize("url", ["/", "/nn/", "/en/"])
def test_home_tells_of_the_site_and_who_runs_it(client, settings, url):
    settings.SITE_OPERATOR, settings.SITE_CONTACT = "Fjord kommune", "post@fjord.example"
    head = head_of(client, url)
    site, operator = head.told("WebSite"), head.told("Organization")
    assert site["name"] == head.metas["og:site_name"]
    assert site["url"] == head.canonical
    assert site["publisher"]["@id"] == operator["@id"] == f"{settings.SITE_URL}/#organization"
    assert (operator["name"], operator["email"]) == ("Fjord kommune", "post@fjord.example")
    (block,) = head.data
    assert faults(block, PENDING) == []


def test_an_operator_who_is_not_named_gets_no_name(client, settings):
    """The site is independent: no other body may seem to run it."""
    settings.SITE_OPERATOR = settings.SITE_CONTACT = ""
    assert set(head_of(client, "/").told("Organization")) == {"@type", "@id"}


def test_search_is_promised_on_the_home_page_and_leads_there(client, settings):
    head = head_of(client, "/en/")
    (block,) = head.data
    assert faults(block, PENDING) == []
    action = head.told("WebSite")["potentialAction"]
    template = action["target"]["urlTemplate"]
    assert template == f"{settings.SITE_URL}/en/search/?q={{query}}"
    assert action["query-input"] == "required name=query"
    assert (
        client.get(template.removeprefix(settings.SITE_URL).format(query="kurs")).status_code == 200
    )
    assert "potentialAction" not in head_of(client, "/en/accessibility-statement/").told("WebSite")


def test_a_draft_is_not_told_of_as_published(editor_client):
    """Told of before its time, it would be shown in results that lead to nothing."""
    make_page(publish_at=None)
    assert kinds(head_of(editor_client, "/reisebrev-nb/")) == {"BreadcrumbList"}


def test_neither_is_what_has_been_withdrawn(editor_client):
    make_page(withdraw_at=timezone.now())
    assert kinds(head_of(editor_client, "/reisebrev-nb/")) == {"BreadcrumbList"}


def test_a_preview_is_not_told_of_as_published(client, editor):
    page = make_page(publish_at=None)
    link = PreviewLink.for_editor(page, editor)
    assert kinds(head_of(client, f"/forhandsvisning/{link.token}/nb/")) == {"BreadcrumbList"}


def test_later_parts_of_a_list_are_not_told_of_as_pages(client, monkeypatch):
    monkeypatch.setattr(programme_views, "PART", 2)
    url = "/for-skole-og-barnehage/mobilitet/"
    assert "WebPage" in kinds(head_of(client, url))
    following = re.search(r'<a rel="next" href="(.*?)"', client.get(url).content.decode())
    assert kinds(head_of(client, unescape(following[1]))) == {"BreadcrumbList"}


def test_a_changed_page_says_when_in_the_sites_own_time(client):
    """At midnight the day of the machine's clock would be another than the page shows."""
    moment = datetime(2036, 7, 1, 22, 30, tzinfo=UTC)
    Page.objects.filter(route="programmes:overview").update(updated_at=moment)
    html = client.get(OVERVIEW).content.decode()
    assert Head(html).told("WebPage")["dateModified"] == "2036-07-02T00:30:00+02:00"
    assert 'datetime="2036-07-02"' in html


@given(st.text())
def test_any_text_is_read_back_as_it_was_written(text):
    """Whatever an editor writes neither ends the block nor changes on the way."""
    before, _, rest = str(json_ld({"name": text})).partition(">")
    inside, _, after = rest.rpartition("</script>")
    assert (before, after) == ('<script type="application/ld+json"', "")
    assert "<" not in inside
    assert json.loads(inside) == {"name": text}
