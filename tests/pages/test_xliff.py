"""Translators' files: what goes out comes back the same, and what is dangerous or broken is refused."""

import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages import passages, xliff
from pages.passages import Mark
from pages.prose import clean_prose

words = st.text(
    st.one_of(st.sampled_from(" æøåÆØÅ&<>\"'\xa0\n–«»"), st.characters(codec="utf-8")), max_size=12
).map(xliff.speakable)
escaped = words.map(lambda t: t.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))


def _in(tag):
    return lambda inner: f"<{tag}>{''.join(inner)}</{tag.partition(' ')[0]}>"


inline = st.recursive(
    escaped,
    lambda inner: st.tuples(
        st.sampled_from(["strong", "em", 'a href="/om/?a=1&amp;b=>" title="Se &quot;her&quot;"']),
        st.lists(inner, max_size=3),
    ).map(lambda pair: _in(pair[0])(pair[1])),
    max_leaves=6,
)
lists = st.recursive(
    st.lists(inline, max_size=2).map(_in("li")),
    lambda items: st.tuples(inline, st.lists(items, max_size=3).map(_in("ul")), inline).map(
        _in("li")
    ),
    max_leaves=4,
)
blocks = st.one_of(
    st.lists(inline, max_size=3).map(_in("p")),
    st.lists(inline, max_size=2).map(_in("h3")),
    st.lists(lists, max_size=3).map(_in("ul")),
    st.lists(lists, max_size=3).map(_in('ol start="3"')),
    inline,
    st.just("\n"),
)
documents = st.lists(blocks, max_size=5).map("".join).map(clean_prose)


@given(documents)
def test_a_text_taken_apart_and_joined_is_the_same_text(html):
    assert passages.split(html).joined() == html


@given(documents)
def test_a_target_that_is_the_source_gives_the_same_markup(html):
    """Through the file and back: whoever copies the source to the target has changed nothing."""
    prose = passages.split(html)
    units = [xliff.Unit(str(n), p.content, p.content) for n, p in enumerate(prose.passages)]
    (file,) = xliff.read(xliff.write([xliff.File("a.b:1", "nb", "en", tuple(units))]))
    assert prose.joined([unit.target for unit in file.units]) == html
    assert [unit.source for unit in file.units] == [unit.target for unit in file.units]


@given(documents, documents)
def test_a_text_from_the_file_can_never_forge_a_tag(html, other):
    """A translator types angle brackets: they are signs, not markup."""
    prose = passages.split(html)
    typed = prose.joined([("<script>&amp;",) for _passage in prose.passages])
    assert "<script" not in typed


@given(documents, documents, documents)
def test_a_translation_is_aligned_with_its_source_or_left_out(source, translation, made_from):
    a, b, c = map(passages.split, (source, translation, made_from))
    aligned = passages.aligned(a, b, c)
    assert len(aligned.passages) == len(a.passages)
    for passage, target in zip(a.passages, aligned.passages, strict=True):
        if target.content:
            assert passages.marks_of(target.content) == dict.fromkeys(passage.tags, 1)


@given(documents)
def test_a_translation_built_like_its_source_comes_back_unchanged(html):
    """With the links it has: they may lead to another language."""
    translation = html.replace("/om/", "/en/about/").replace('start="3"', 'start="4"')
    aligned = passages.aligned(passages.split(html), passages.split(translation))
    assert aligned.joined() == translation


def test_a_paragraph_added_to_the_source_leaves_the_others_translated():
    made_from = passages.split("<p>En</p><p>To</p>")
    translation = passages.split("<p>One</p><p>Two</p>")
    source = passages.split("<p>En</p><p>Ny</p><p>To</p>")
    found = passages.aligned(source, translation, made_from)
    assert [p.content for p in found.passages] == [("One",), (), ("Two",)]


def test_links_that_change_places_keep_their_targets():
    source = passages.split('<p><a href="/a/">a</a> før <a href="/b/">b</a></p>')
    translation = passages.split('<p><a href="/b/">b</a> after <a href="/a/">a</a></p>')
    (passage,) = passages.aligned(source, translation).passages
    assert passage.content[0] == Mark(2, "a")
    assert passages.aligned(source, translation).joined() == translation.joined()


EXAMPLE = xliff.File(
    "pages.page:1",
    "nb",
    "nn",
    (
        xliff.Unit("pages.page:1:title", ("Hei & hå",), (), "new", "abc", "Tittel"),
        xliff.Unit(
            "pages.page:1:body:1",
            ("En ", Mark(1, "strong"), "fet", Mark(1, "strong", True), " dag"),
            ("Ein dag",),
            "needs-review-translation",
            "def",
        ),
    ),
)


def test_the_file_has_the_structure_of_xliff():
    """What translation tools ask of it, from the specification of XLIFF 1.2."""
    name = "{urn:oasis:names:tc:xliff:document:1.2}"
    data = xliff.write([EXAMPLE])
    assert data.startswith(b"<?xml version='1.0' encoding='utf-8'?>")
    root = ET.fromstring(data)  # noqa: S314 - written right above
    assert root.tag == f"{name}xliff" and root.attrib == {"version": "1.2"}
    for file in root:
        assert file.tag == f"{name}file"
        assert set(file.attrib) == {"original", "source-language", "target-language", "datatype"}
        assert file.get("datatype") == "html"
        (body,) = file
        assert body.tag == f"{name}body"
        ids = [unit.get("id") for unit in body]
        assert len(ids) == len(set(ids)) and all(ids)
        for unit in body:
            assert unit.tag == f"{name}trans-unit"
            order = [child.tag.removeprefix(name) for child in unit]
            assert order in (["source", "target"], ["source", "target", "note"])
            assert unit.find(f"{name}target").get("state") in {
                *("new", "needs-review-translation", "translated")
            }
            for text in unit[:2]:
                for g in text.iter(f"{name}g"):
                    assert set(g.attrib) == {"id", "ctype"}
                    assert g.get("ctype") in {"bold", "italic", "link"}


def test_a_file_says_again_what_was_written():
    assert xliff.read(xliff.write([EXAMPLE])) == [EXAMPLE]


def test_what_tools_add_is_read_past():
    """Sentence marks, their own elements, an approval and another prefix change nothing."""
    data = b"""<?xml version="1.0"?>
    <x:xliff version="1.2" xmlns:x="urn:oasis:names:tc:xliff:document:1.2" xmlns:t="urn:tool">
    <x:file original="pages.page:1" source-language="nb" target-language="en"><t:info/><x:body>
    <x:group id="g"><x:trans-unit id="a" approved="yes"><x:source>Hei. Du.</x:source>
    <x:seg-source><x:mrk mtype="seg" mid="0">Hei.</x:mrk> <x:mrk mtype="seg" mid="1">Du.</x:mrk>
    </x:seg-source><x:target><x:mrk mtype="seg" mid="0">Hi.</x:mrk> <x:mrk mtype="seg"
    mid="1">You.</x:mrk></x:target></x:trans-unit></x:group></x:body></x:file></x:xliff>"""
    (file,) = xliff.read(data)
    (unit,) = file.units
    assert (unit.target, unit.state) == (("Hi. You.",), "translated")


def _with_target(target: str) -> bytes:
    data = xliff.write([EXAMPLE]).decode()
    return re.sub("(<target[^>]*>)Ein dag", rf"\g<1>{target}", data).encode()


def test_a_strange_element_in_a_target_is_not_taken_for_a_mark_of_ours():
    (file,) = xliff.read(_with_target('Ein <x id="1"/><g id="1" ctype="bold">feit</g> dag'))
    assert passages.marks_of(file.units[1].target) == {0: 1, 1: 1}


BOMB = b"""<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;">]>
<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">&lol2;</xliff>"""
THIEF = BOMB.replace(b'"lol"', b'SYSTEM "file:///etc/passwd"')


@pytest.mark.parametrize("data", [BOMB, THIEF, BOMB.decode().encode("utf-16")])
def test_declarations_that_explode_or_steal_are_refused(data):
    with pytest.raises(xliff.UnreadableError, match="dokumenttype"):
        xliff.read(data)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"x" * (xliff.MAX_SIZE + 1), "5 MB"),
        (b"<xliff>\n<file>\n</xliff>", "linje 3, kolonne 3"),
        (b"", "linje 1"),
        (b"PK\x03\x04", "linje 1"),
        (b'<?xml version="1.0" encoding="klingon"?><a/>', "."),
        (b"<a/>", "XLIFF 1.2"),
        (xliff.write([]).replace(b'version="1.2"', b'version="2.0"'), "XLIFF 1.2"),
        (_with_target('<g id="1">' * 60 + "</g>" * 60), "nøstet"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_reason(data, says):
    with pytest.raises(xliff.UnreadableError, match=says):
        xliff.read(data)


@given(st.binary(max_size=200))
def test_no_file_breaks_the_reader(data):
    with pytest.raises(xliff.UnreadableError):
        xliff.read(data)
