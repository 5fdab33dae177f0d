"""The editors' list of all pages, docs/innhold.md, tells of the seed as it is."""

import pytest

from programmes.seeding.files import read_entries
from tests.scripts import script

content = script("list_content")


def test_the_list_is_the_seeds():
    """Run `make content` after a change to the seed."""
    assert content.PAGE.read_text(encoding="utf-8") == content.page(read_entries())


@pytest.mark.parametrize("kind", ["page", "action", "measure"])
def test_every_page_has_a_day_when_it_is_read_anew_and_says_what_it_is_for(kind):
    """What nobody reads anew is wrong one day, and nobody knows."""
    for entry in read_entries():
        if entry.kind == kind:
            assert entry.data["review_on"], entry.key
            assert set(entry.data["seo_description"]) == {"nb", "nn", "en"}, entry.key


def test_whom_a_page_is_for_is_told_of_pages_that_are_there():
    pages = {entry.key for entry in read_entries() if entry.kind == "page"}
    assert set(content.AUDIENCES) <= pages


def test_every_source_is_used():
    """A source that nothing refers to makes a list that nobody can check."""
    entries = read_entries()
    used = {
        value
        for entry in entries
        for row in [entry.data, *(r for v in entry.data.values() if isinstance(v, list) for r in v)]
        if isinstance(row, dict)
        for value in [row.get("source"), *row.get("sources", [])]
    }
    assert {entry.key for entry in entries if entry.kind == "source"} <= used
