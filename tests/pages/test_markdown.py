"""What a reader of Markdown gets is what stands on the page: every word, and nothing that the text did not say."""

import re
from html import unescape

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from pages.markdown import destination, escape, from_prose
from pages.prose import clean_prose

BASE = "https://erasmus.test/om/"
# Tables and struck text too: many who read Markdown know them.
READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def words(text: str) -> list[str]:
    return text.split()


def read(markdown: str) -> str:
    """Return the text that a reader of `markdown` sees."""
    html = READER.render(markdown)
    return unescaped(re.sub(r"</?(?:strong|em|s|a)(?:\s[^>]*)?>", "", html))


def unescaped(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", " ", html))


signs = st.text("*_[]()<>&#+-=~`\\!|.:;\"'1 aå«»\n", max_size=20)
ordinary = st.text(st.characters(exclude_categories=["C"]), max_size=20)
plain = st.one_of(signs, ordinary)


@given(plain)
@example("1. januar")
@example("# Nei")
@example("C #")
@example("a &amp; b")
@example("![a](b)")
@example("---")
@example("- ")
def test_a_plain_text_is_shown_as_it_is(text):
    markdown = escape(text)
    tokens = READER.parse(markdown)
    assert [token.type for token in tokens] in (
        [],
        ["paragraph_open", "inline", "paragraph_close"],
    )
    shown = "".join(child.content for token in tokens for child in token.children or [])
    assert words(shown) == words(text)
    assert {child.type for token in tokens for child in token.children or []} <= {
        "text",
        "text_special",
    }


@given(plain.filter(str.strip))
def test_a_title_is_a_heading_and_a_link_text_a_link(text):
    for before, after in (("# ", ""), ("- [", "](https://a.no/)")):
        assert words(read(f"{before}{escape(text)}{after}")) == words(text)


def element(children):
    def wrapped(tag):
        return children.map(lambda inside: f"<{tag}>{''.join(inside)}</{tag.split()[0]}>")

    return wrapped


escaped = plain.map(lambda text: text.replace("&", "&amp;").replace("<", "&lt;"))
inline = st.recursive(
    escaped,
    lambda inner: st.one_of(
        *map(
            element(st.lists(inner, max_size=3)),
            ["strong", "em", 'em lang="en"', 'a href="/a_(b)/?x=1&amp;y=2#c"'],
        )
    ),
    max_leaves=6,
)
line = st.lists(inline, max_size=4)
items = st.lists(element(line)("li"), max_size=3)
lists = st.one_of(element(items)("ul"), element(items)('ol start="7"'))
blocks = st.lists(
    st.one_of(element(line)("p"), element(line)("h3"), lists, element(st.lists(lists))("ul")),
    max_size=4,
)


@settings(deadline=None)
@given(blocks)
@example(["<p><strong>Bli enige.</strong>Snakk</p>"])
@example(["<p>Se!<a href='/'>her</a></p>"])
@example(["<p><strong>a</strong><strong>b</strong></p>"])
@example(["<p><em>a</em>b<em>c</em></p>"])
@example(["<p><em><strong>1</strong><em><strong>1</strong></em></em></p>"])
def test_every_word_of_a_text_is_there_in_order(parts):
    html = clean_prose("".join(parts))
    markdown = from_prose(html, BASE)
    expected = unescaped(re.sub(r"</?(?:strong|em|a)(?:\s[^>]*)?>", "", html))
    assert words(read(markdown)) == words(expected)


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<p>Erasmus+ gir <strong>penger</strong>.</p>", "Erasmus+ gir **penger**."),
        ("<h3>Hvem?</h3><p>Skolen</p>", "### Hvem?\n\nSkolen"),
        ("<ul><li>a</li><li>b</li></ul>", "- a\n- b"),
        ('<ol start="3"><li>a</li><li>b</li></ol>', "3. a\n4. b"),
        ("<ul><li>a<ul><li>b</li></ul></li></ul>", "- a\n\n  - b"),
        ("<p>en <strong>fet </strong>del</p>", "en **fet** del"),
        ("<p><strong>Bli enige.</strong>Snakk</p>", "Bli enige.Snakk"),
        ("<p><strong>Lærer</strong>en</p>", "**Lærer**en"),
        ('<p><em lang="en">job shadowing</em></p>', "_job shadowing_"),
        ('<p><a href="/x/">der</a></p>', "[der](https://erasmus.test/x/)"),
        ('<p><a href="#a">der</a></p>', "[der](https://erasmus.test/om/#a)"),
        ('<p><a href="mailto:a@b.no">a@b.no</a></p>', "[a@b.no](mailto:a@b.no)"),
        ("<p>5. mars</p>", "5\\. mars"),
        ("", ""),
    ],
)
def test_the_small_vocabulary_reads_as_one_would_write_it(html, markdown):
    assert from_prose(html, BASE) == markdown


@given(signs)
def test_no_address_ends_its_link(text):
    markdown = f"[a]({destination('https://a.no/?q=' + text, BASE)})"
    (inline_token,) = [t for t in READER.parse(markdown) if t.type == "inline"]
    assert [child.type for child in inline_token.children] == ["link_open", "text", "link_close"]


def test_an_address_that_cannot_be_read_is_left_as_it_is():
    assert destination("http://[", BASE) == "http://["


def test_a_long_run_of_spaces_is_passed_by_once():
    """A table pasted as text holds thousands; each visitor's request would take minutes."""
    spaces = "&nbsp;" * 100_000
    assert from_prose(f"<p>En{spaces}to</p>", BASE).split() == ["En", "to"]
