"""The whole site as a search engine reads it: from the home page and from the sitemap."""

import re

import pytest

from tests.crawling import Reader, crawl, listed_in_sitemap

MAKE = """
from django.utils import timezone
from pages.models import Page
now = timezone.now()
page = Page.objects.create(title_nb="Kort besøk", publish_at=now)
page.slug_nb = "lengre-besok"
page.save()
Page.objects.create(title_nb="Var her", publish_at=now, withdraw_at=now)
"""
REMOVE = """
from pages.models import Page
Page.objects.filter(slug_nb__in=["lengre-besok", "var-her"]).delete()
"""


@pytest.fixture(scope="module")
def reader(untouched_site):
    reader = Reader(untouched_site.origin)
    yield reader
    reader.close()


@pytest.fixture(scope="module")
def found(reader):
    return crawl(reader)


@pytest.fixture(scope="module")
def listed(reader):
    return listed_in_sitemap(reader)


def test_every_page_to_be_found_is_in_the_sitemap_and_nothing_else(found, listed):
    """Search engines would miss a page, or be led to what is no page."""
    assert len(listed) >= 60
    assert found.indexable.keys() == listed.keys()
    for url, page in found.indexable.items():
        assert page.canonical == url


def test_every_page_is_three_clicks_from_home(found, listed):
    """A teacher on a phone gives up after that."""
    far = {url: found.clicks[url] for url in listed if found.clicks[url] > 3}
    assert far == {}


def test_alternates_are_mutual_in_heads_and_sitemap(found, listed):
    for url, page in found.indexable.items():
        assert page.languages == listed[url]
        assert url in page.languages.values()
        for other in page.languages.values():
            assert found.pages[other].languages == page.languages


def test_each_page_has_one_heading_and_words_of_its_own(found):
    """Twins in a result list tell nobody which to choose."""
    titles, descriptions = {}, {}
    for url, page in found.indexable.items():
        assert page.headings == 1, url
        assert 10 <= len(page.title) <= 110, url
        assert 60 <= len(page.metas["description"]) <= 200, url
        titles.setdefault(page.title, set()).add(url)
        descriptions.setdefault(page.metas["description"], set()).add(url)
    # A word can be the same in bokmål and nynorsk; within a language it cannot.
    assert _twins(titles) == _twins(descriptions) == []


def _twins(named: dict[str, set[str]]) -> list[set[str]]:
    return [urls for urls in named.values() if len(urls) > len({_language(u) for u in urls})]


def _language(url: str) -> str:
    prefix = re.match(r"http://[^/]+/(nn|en)/", url)
    return prefix[1] if prefix else "nb"


def test_no_link_is_broken(found):
    assert list(found.broken()) == []


def test_no_file_is_missing(found, reader):
    """Pictures, styles, icons, and whatever else the head of a page names."""
    files = {file for page in found.pages.values() for file in page.files}
    here = {path for file in files if (path := reader.path_of(file))}
    assert len(here) >= 60
    wrong = {path: answer.status for path in here if (answer := reader.ask(path)).status != 200}
    assert wrong == {}
    assert files - {f"{reader.origin}{path}" for path in here} == set(), "from elsewhere"


def test_everything_answers_head_and_knows_what_has_not_changed(found, reader):
    """A search engine reads ten times as many pages where it need not read the same ones again."""
    for url in found.indexable:
        path = reader.path_of(url)
        whole, head = reader.ask(path), reader.ask(path, "HEAD")
        assert (head.status, head.body) == (200, b""), url
        assert head.headers["content-length"] == whole.headers["content-length"]
        etag, moment = whole.headers["etag"], whole.headers["last-modified"]
        assert reader.ask(path, If_None_Match=etag).status == 304
        assert reader.ask(path, If_Modified_Since=moment).status == 304
        assert reader.ask(path, If_None_Match='"another"').status == 200


def test_what_is_gone_moved_or_unknown_says_so_at_once(untouched_site, reader, listed):
    untouched_site.manage("shell", "-c", MAKE)
    try:
        moved = reader.ask("/kort-besok/")
        assert (moved.status, moved.headers["location"]) == (301, "/lengre-besok/")
        assert reader.ask("/lengre-besok/").status == 200
        assert reader.ask("/var-her/").status == 410
    finally:
        untouched_site.manage("shell", "-c", REMOVE)
    for unknown in ("/finnes-ikke/", "/nn/finst-ikkje/", "/en/nowhere/"):
        answer = reader.ask(unknown)
        assert answer.status == 404
        assert "location" not in answer.headers
    for url in listed:
        _one_hop(reader, reader.path_of(url))


def _one_hop(reader: Reader, path: str) -> None:
    """Slips in an address lead to it in one hop, or are it."""
    for slip in {path.upper(), path.rstrip("/") or "/", path.replace("/", "//")} - {path}:
        answer = reader.ask(slip)
        assert answer.status in (301, 404), slip
        if answer.status == 301:
            assert reader.ask(answer.headers["location"]).status == 200, slip
