"""What search engines read: head and sitemap must tell one and the same story."""

import json
import re
import xml.etree.ElementTree as ET
from datetime import datetime
from html.parser import HTMLParser

import pytest
from django.conf import settings

from tests.factories import make_page
from tests.test_urls import every_address

pytestmark = pytest.mark.django_db

SITEMAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


class Head(HTMLParser):
    """The title, links, metas and JSON-LD of a page."""

    def __init__(self, html: str):
        super().__init__()
        self.title, self.metas, self.links, self.data = "", {}, [], []
        self.all: dict[str, list[str]] = {}
        self._inside = ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self._inside = tag
        if tag == "meta":
            key = attributes.get("name") or attributes.get("property")
            self.metas[key] = attributes.get("content")
            self.all.setdefault(key, []).append(attributes.get("content"))
        elif tag == "link":
            self.links.append(attributes)

    def handle_data(self, data):
        if self._inside == "title":
            self.title += data
        elif self._inside == "script" and data.strip():
            self.data.append(json.loads(data))

    def handle_endtag(self, tag):
        self._inside = ""

    @property
    def canonical(self):
        return next((link["href"] for link in self.links if link.get("rel") == "canonical"), None)

    def told(self, kind: str) -> dict:
        """Return the node of type `kind` in the page's one block of structured data."""
        (block,) = self.data
        (node,) = [node for node in block["@graph"] if node["@type"] == kind]
        return node

    @property
    def alternates(self):
        return {
            link["hreflang"]: link["href"]
            for link in self.links
            if link.get("rel") == "alternate" and "type" not in link
        }


def head_of(client, url: str) -> Head:
    return Head(client.get(url).content.decode())


def sitemap(client) -> dict[str, dict[str, str]]:
    """Return each listed address with its alternates."""
    root = ET.fromstring(client.get("/sitemap.xml").content)  # noqa: S314 - our own answer
    return {
        entry.find("s:loc", SITEMAP).text: {
            link.get("hreflang"): link.get("href") for link in entry.findall("x:link", SITEMAP)
        }
        for entry in root.findall("s:url", SITEMAP)
    }


def test_head_and_sitemap_agree(client):
    listed = sitemap(client)
    told = {}
    for url, _language in every_address():
        head = head_of(client, url)
        assert head.canonical == settings.SITE_URL + url
        told[head.canonical] = head.alternates
    assert told == listed


def test_alternates_are_mutual_and_have_a_default(client):
    listed = sitemap(client)
    for url, alternates in listed.items():
        assert set(alternates) == {"nb", "nn", "en", "x-default"}
        assert alternates["x-default"] == alternates["nb"]
        assert url in alternates.values()
        for language in ("nb", "nn", "en"):
            assert listed[alternates[language]] == alternates


def test_what_is_not_translated_is_not_offered(client):
    """A reader would follow a language link into nothing."""
    page = make_page(languages=("nb",))
    head = head_of(client, "/reisebrev-nb/")
    assert set(head.alternates) == {"nb", "x-default"}
    assert client.get("/en/reisebrev-nb/").status_code == 404
    assert f"{settings.SITE_URL}/reisebrev-nb/" in sitemap(client)
    html = client.get(page.get_absolute_url()).content.decode()
    assert "Nynorsk</a>" not in html.split("</header>")[0]


def test_a_page_without_bokmal_has_no_default_version(client):
    make_page(languages=("nn",))
    assert set(head_of(client, "/nn/reisebrev-nn/").alternates) == {"nn"}


def test_titles_and_descriptions_are_unique_and_of_sane_length(client):
    """A result list shows two lines; twins confuse the one who searches."""
    titles, descriptions = {}, {}
    for url, language in every_address():
        head = head_of(client, url)
        titles.setdefault((language, head.title), []).append(url)
        descriptions.setdefault((language, head.metas["description"]), []).append(url)
        assert 10 <= len(head.title) <= 130, url
        assert 60 <= len(head.metas["description"]) <= 200, url
    assert [urls for urls in titles.values() if len(urls) > 1] == []
    assert [urls for urls in descriptions.values() if len(urls) > 1] == []


def test_open_graph_is_complete(client):
    head = head_of(client, "/nn/for-skule-og-barnehage/")
    assert head.metas["og:title"] == "For skule og barnehage"
    assert head.metas["og:url"] == head.canonical
    assert head.metas["og:type"] == "website"
    assert head.metas["og:locale"] == "nn_NO"
    assert head.all["og:locale:alternate"] == ["nb_NO", "en_GB"]
    assert head.metas["twitter:card"] == "summary_large_image"


def test_a_page_without_a_card_is_shared_with_its_lead_picture(client):
    head = head_of(client, "/nn/for-skule-og-barnehage/")
    assert re.fullmatch(
        rf"{settings.SITE_URL}/media/renditions/[0-9a-f]{{16}}-wide-\d+\.webp",
        head.metas["og:image"],
    )
    assert head.metas["og:image:type"] == "image/webp"


def test_a_card_is_told_with_its_size_and_in_the_words_of_the_page(client):
    page = make_page(share_cards={"nb": "0123456789abcdef"})
    metas = head_of(client, "/reisebrev-nb/").metas
    assert metas["og:image"] == f"{settings.SITE_URL}/media/share/0123456789abcdef.jpg"
    assert metas["og:image:type"] == "image/jpeg"
    assert (metas["og:image:width"], metas["og:image:height"]) == ("1200", "630")
    assert metas["og:image:alt"] == "Papircollage med tittelen «Reisebrev nb»"
    assert metas["twitter:image:alt"] == metas["og:image:alt"]
    assert metas["og:type"] == "article"
    assert datetime.fromisoformat(metas["article:modified_time"]) >= page.updated_at.replace(
        microsecond=0
    )
    # No card of another language is borrowed: its words would be the wrong ones.
    assert "og:image" not in head_of(client, "/nn/reisebrev-nn/").metas


def test_the_breadcrumb_is_told_to_search_engines_as_it_is_shown(client):
    url = "/en/schools-and-kindergartens/mobility/job-shadowing-in-europe/"
    html = client.get(url).content.decode()
    crumbs = Head(html).told("BreadcrumbList")
    shown = html[html.index('class="breadcrumb"') :].split("</nav>")[0]
    items = crumbs["itemListElement"]
    assert [item["position"] for item in items] == [1, 2, 3, 4]
    assert items[-1]["item"]["@id"] == settings.SITE_URL + url
    for item in items:
        assert f">{item['name']}<" in shown


def test_no_text_breaks_out_of_structured_data(client):
    make_page(title='</script><script>alert("x")</script> &amp;')
    html = client.get("/scriptscriptalertxscript-amp-nb/").content.decode()
    assert "<script>alert" not in html
    crumbs = Head(html).told("BreadcrumbList")
    assert crumbs["itemListElement"][-1]["name"].startswith('</script><script>alert("x")')
