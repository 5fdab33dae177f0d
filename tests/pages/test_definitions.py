"""The first use of a word is found, in the forms it takes, and nothing else of the page changes."""

import re
from html import escape
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pages.definitions import MOST, Definition, Definitions, mark
from pages.prose import clean_prose

OID = Definition("oid", "organisasjons-ID", "Et nummer.", "/o/#oid", ("OID",), ("PIC", "PIC-kode"))
SHADOWING = Definition(
    "shadowing", "jobbskygging", "Å følge.", "/o/#s", (), ("hospitering",), "app.measure/7"
)
VISIT = Definition("visit", "forberedende besøk", "En kort reise.", "/o/#v")
REGIONAL = Definition("regional", "regionalt partnerskap", "Samarbeid.", "/o/#r")
LOGIN = Definition("login", "EU Login", "En konto.", "/o/#l", ("EU Login-konto",))
KNOWN = Definitions([OID, SHADOWING, VISIT, REGIONAL, LOGIN], "nb")

MARK = re.compile(
    r'<label class="term">(.*?)<button popovertarget="def-[\w-]+"></button></label>'
    r'<span id="def-[\w-]+" popover hidden>.*?</span>',
    re.DOTALL,
)


def made(definition: Definition, words: str) -> str:
    return (
        f'<label class="term">{words}<button popovertarget="{definition.anchor}"></button></label>'
        f'<span id="{definition.anchor}" popover hidden>{escape(definition.text)}</span>'
    )


def marked(html: str, known: Definitions = KNOWN, about: str = "") -> list[str]:
    """Return the words that are marked in a text, as they stand there."""
    return MARK.findall(mark(f'<div class="prose">{html}</div>', known, made, about))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Dere trenger en OID.", ["OID"]),
        ("OID-en deres", ["OID-en"]),
        ("Jobbskyggingen varer lenge", ["Jobbskyggingen"]),
        ("flere forberedende besøkene", ["forberedende besøkene"]),
        ("regionale partnerskaper", ["regionale partnerskaper"]),
        ("en EU&nbsp;Login og en EU Login-konto til", ["EU&nbsp;Login"]),
        ("hospitering, og siden jobbskygging", ["hospitering"]),
        ("PIC-koden og OID", ["PIC-koden"]),
        ("Organisasjons-ID er et nummer", ["Organisasjons-ID"]),
        ("<p>Et <strong>forberedende besøk</strong></p>", ["forberedende besøk"]),
    ],
)
def test_a_word_is_known_in_the_forms_it_takes(text, words):
    assert marked(text) == words


@pytest.mark.parametrize(
    "text",
    [
        "pic og oid med små bokstaver er noe annet",
        "jobbskyggingskurs og jobb-skygging",
        "PIC2",
        "forberedende, besøk",
        "forberedende. Besøk oss",
        "OIDA",
        "&OID; er intet ord",
        '<a href="/OID/">OID</a>',
        "<h3>Jobbskygging</h3>",
        "<code>OID</code> <button>OID</button> <dl><dd>OID</dd></dl>",
        '<p title="en OID > to">ingenting</p>',
        "<!-- OID -->",
    ],
)
def test_what_is_no_use_of_the_word_is_left_alone(text):
    assert marked(text) == []


def test_only_the_first_use_is_explained_whatever_the_word_is_called():
    assert marked("<p>OID og PIC</p><ul><li>organisasjons-ID</li></ul><p>besøk</p>") == ["OID"]


def test_the_longest_name_counts():
    other = Definition("visit", "besøk", "Et besøk.", "/")
    assert marked("et forberedende besøk", Definitions([other, VISIT], "nb")) == [
        "forberedende besøk"
    ]


def test_a_name_that_is_broken_off_leaves_the_shorter_one():
    short = Definition("short", "forberedende", "Noe.", "/")
    assert marked("forberedende; besøk", Definitions([VISIT, short], "nb")) == ["forberedende"]


def test_a_title_comes_before_another_words_old_name():
    old = Definition("old", "noe annet", "Noe.", "/", (), ("jobbskygging",))
    html = mark('<p class="lead">jobbskygging</p>', Definitions([old, SHADOWING], "nb"), made)
    assert "def-shadowing" in html and "def-old" not in html


def test_a_page_about_the_thing_itself_needs_no_explanation_of_it():
    assert marked("Jobbskygging med OID", about="app.measure/7") == ["OID"]


def test_only_running_text_is_marked():
    html = '<article><p>OID</p><p class="lead">EU Login</p><div class="facts">OID</div></article>'
    assert MARK.findall(mark(html, KNOWN, made)) == ["EU Login"]


def test_no_page_is_strewn_with_marks():
    words = [f"ord{letter}" for letter in "abcdefghijklmnop"]
    known = Definitions([Definition(word, word, "Et ord.", "/") for word in words], "nb")
    assert marked(" ".join(words), known) == words[:MOST]


@pytest.mark.parametrize(
    ("language", "title", "text"),
    [
        ("nn", "utlysing", "utlysingane"),
        ("nn", "akkreditering", "Akkrediteringa"),
        ("nb", "konsortium", "konsortiet"),
        ("nb", "konsortium", "konsortiene"),
        ("nb", "program", "programmene"),
        ("nb", "reisestøtte", "reisestøtten"),
        ("nb", "koordinator", "koordinatorens"),
        ("nb", "partner", "partnerne"),
        ("nb", "blandet mobilitet", "blandede mobiliteter"),
        ("en", "job shadowing", "Job shadowing"),
        ("en", "travel day", "travel days"),
        ("en", "priority", "priorities"),
        ("en", "key action", "Key Action"),
    ],
)
def test_each_language_bends_its_words(language, title, text):
    known = Definitions([Definition("a", title, "Noe.", "/")], language)
    assert marked(text, known) == [text]


def test_an_ending_makes_no_other_word():
    """«satse» is to invest in, and «søk» stands in «søker»: such words are no use of «sats»."""
    known = Definitions([Definition("a", "sats", "Noe.", "/")], "nb")
    assert marked("å satse, satsing, oppsats", known) == []


FRAGMENTS = st.lists(
    st.sampled_from(
        [
            *("OID", "PIC", "EU Login", "forberedende besøk", "Hospiteringen", "regionale", "en"),
            *(" ", ", ", ". ", "&nbsp;", "&amp;", "&lt;", "<p>", "</p>", "<strong>", "</strong>"),
            *("<h3>", "</h3>", '<a href="/OID/?a=1&amp;b">', "</a>", "<ul><li>", "</li></ul>"),
            *("<em>", "</em>", "<", ">", '"', "æøå", "<br>", "</div>", "\n"),
        ]
    ),
    max_size=40,
).map("".join)


@settings(max_examples=150, deadline=None)
@given(FRAGMENTS)
def test_without_its_marks_the_page_is_as_it_was(text):
    """A visitor would lose words, or a browser mend broken elements."""
    page = f'<div class="prose">{clean_prose(text)}</div>'
    once = mark(page, KNOWN, made)
    assert MARK.sub(r"\1", once) == page
    assert mark(once, KNOWN, made) == once
    codes = re.findall(r'id="def-([\w-]+)"', once)
    assert len(codes) == len(set(codes)) <= MOST
    assert not re.search(r"<(h3|a)\b[^>]*>(?:(?!</\1>).)*<label", once, re.DOTALL)


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="<>/\"' =aOID&;#-!", max_size=60))
def test_what_is_no_html_is_given_back_as_it_is(text):
    assert MARK.sub(r"\1", mark(text, KNOWN, made)) == text


def test_many_words_cost_a_long_page_little(record_property):
    """What is asked for seldom is rendered while somebody waits."""
    found = [
        Definition(f"w{n}", f"fagord{n} skole{n}", "Noe.", "/", (f"ord{n}",)) for n in range(300)
    ]
    begun = perf_counter()
    known = Definitions(found, "nb")
    made_ready = perf_counter() - begun
    page = '<div class="prose">' + "<p>Skolen søker om penger til fagord og reise.</p>" * 1_000
    begun = perf_counter()
    assert mark(page, known, made) == page
    marking = perf_counter() - begun
    figure = f"300 words made ready in {made_ready * 1000:.0f} ms, 9,000 words of text in {marking * 1000:.0f} ms"
    record_property("figure", figure)
    assert made_ready < 1 and marking < 1


@pytest.mark.parametrize("text", ["<" * 5_000, "<a '" * 1_500, "&" * 20_000, "OID " * 10_000])
def test_hostile_texts_take_no_long_time(text):
    begun = perf_counter()
    mark(f'<p class="lead">{text}', KNOWN, made)
    assert perf_counter() - begun < 2
