"""Which form a visitor gets: a browser always HTML, whoever asks for Markdown just that."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.negotiation import is_file, page_of, prefers_markdown

BROWSERS = {
    "Chromium": "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,"
    "image/apng,*/*;q=0.8,application/signed-exchange;v=b3;q=0.7",
    "Firefox": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Safari": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Internet Explorer": "text/html, application/xhtml+xml, image/jxr, */*",
    "Lynx": "text/html, text/plain, text/sgml, text/css, application/xhtml+xml, */*;q=0.01",
    "curl": "*/*",
    "nothing": "",
}


@pytest.mark.parametrize("name", BROWSERS)
def test_a_browser_gets_html(name):
    assert not prefers_markdown(BROWSERS[name])


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("text/markdown", True),
        ("text/markdown, text/html, */*", True),
        ("text/markdown, */*;q=0.1", True),
        ("text/markdown;q=0.9, text/html;q=0.8", True),
        ("text/html;q=0.8, text/markdown;q=0.9", True),
        ("TEXT/Markdown", True),
        ("text/markdown;q=0.5, text/*;q=0.1", True),
        ("text/html, text/markdown", False),
        ("text/html, text/markdown;q=0.9", False),
        ("text/markdown;q=0.8, text/html;q=0.9", False),
        ("text/markdown;q=0.1, */*", False),
        ("text/markdown;q=0", False),
        ("text/markdown;q=0, */*", False),
        ("text/x-markdown", False),
        ("text/*", False),
        ("text/html;profile=markdown", False),
    ],
)
def test_the_weights_decide(accept, expected):
    assert prefers_markdown(accept) is expected


@given(st.text('text/markdownhl*;q=0.1, "\\=;', max_size=60))
def test_no_header_is_too_strange(accept):
    assert prefers_markdown(f"{accept}markdown") in (True, False)


@pytest.mark.parametrize(
    ("path", "page"),
    [
        ("/index.md", "/"),
        ("/en/about/index.md", "/en/about/"),
        ("/en/about/", "/en/about/"),
        ("/xindex.md", "/xindex.md"),
        ("index.md", "index.md"),
        ("/index.md/", "/index.md/"),
    ],
)
def test_the_file_stands_below_its_page(path, page):
    assert page_of(path) == page
    assert is_file(path) == (path != page)
