"""The first mention of a figure opens to its source, and nothing else of the page changes."""

import re
from datetime import date
from html import unescape
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pages.prose import clean_prose
from pages.sourced import mark
from programmes.figures import figures_in
from programmes.models import Source
from programmes.sourcing import Origins

MARK = re.compile(r'<label>(.*?)<button></button></label><i id="fig-\d+" popover>.*?</i>')


def source(figures: str, year: int = 2026, confidence: str = "V") -> Source:
    checked_on = date(2026, 11, 29)
    return Source(
        title=figures, figures=figures, year=year, checked_on=checked_on, confidence=confidence
    )


GUIDE = source(
    "Beløp 400, 30 000 eller 60 000 euro. Reise 309 euro. 5 prosent. 19. februar 2026. Slutt 2027."
)


def made(words: str, sources: list[Source], anchor: str) -> str:
    titles = " ".join(one.title for one in sources)
    return f'<label>{words}<button></button></label><i id="{anchor}" popover>{titles}</i>'


def opening(page: str, sources: tuple[Source, ...] = (GUIDE,), language: str = "nb") -> str:
    return mark(page, Origins(sources, language).first_mentions, made)


def opened(html: str, sources: tuple[Source, ...] = (GUIDE,), language: str = "nb") -> list[str]:
    """Return what can be opened in a text, as it stands there."""
    return MARK.findall(opening(f'<div class="prose">{html}</div>', sources, language))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<p>Dere får 400 euro.</p>", ["400 euro"]),
        ("<li><strong>30&nbsp;000&nbsp;euro</strong></li>", ["30\xa0000\xa0euro"]),
        ("30\u202f000 euro", ["30\u202f000 euro"]),
        ("Velg 30 000 eller 60 000 euro.", ["30 000 eller 60 000 euro"]),
        ("Dere får 4 × 309 = 1&nbsp;236 euro til reise.", ["4 × 309 = 1\xa0236 euro"]),
        ("Fristen var 19. februar kl. 12.00.", ["19. februar"]),
        ("400 euro, 5 prosent og igjen 400 euro", ["400 euro", "5 prosent"]),
        ("19. februar 2026, altså i februar 2026 eller 19. februar", ["19. februar 2026"]),
        ("<p>A &amp; B får 400 euro &lt; 5 %</p>", ["400 euro", "5 %"]),
    ],
)
def test_the_first_mention_can_be_opened(text, words):
    assert opened(text) == words


@pytest.mark.parametrize(
    "text",
    [
        "1&nbsp;400 euro, 1\u202f400 euro og 1 400 euro",
        "75 prosent, 1,5 prosent og 2.5 %",
        "400 kroner",
        "400 eller 500 euro, der 500 ikke står noe sted",
        "29. februar 2026 og 19. februar 2025",
        "Fristen for 2027 har vi ikke funnet.",
        '<a href="/400/">400 euro</a> <h3>400 euro</h3> <dl><dt>400 euro</dt></dl>',
        "<details><summary>400 euro</summary></details> <button>400 euro</button>",
        "<table><caption>400 euro</caption><tr><th>400 euro</th></tr></table>",
        '<p title="400 euro">ingenting</p> <!-- 400 euro -->',
    ],
)
def test_what_no_source_names_or_no_button_fits_in_is_left_alone(text):
    assert opened(text) == []


def test_running_text_and_facts_are_read_and_nothing_around_them():
    page = '<p>400 euro</p><p class="lead">5 %</p><dl class="facts"><dd class="fact">309 euro</dd></dl>'
    assert MARK.findall(opening(page)) == ["5 %", "309 euro"]


def test_each_language_reads_its_own_months():
    assert opened("by 19 February at noon", language="en") == ["19 February"]
    assert opened("by 19 February at noon", language="nb") == []


def test_all_sources_that_name_it_are_told_the_newest_first():
    old, new, other = source("309 euro", 2024), source("309 euro.", 2026, "S"), source("5 %")
    [(_start, _stop, found)] = Origins([old, other, new], "nb").first_mentions("Reise: 309 euro.")
    assert found == [new, old]


def test_sources_that_name_a_part_each_are_no_source_of_the_whole():
    assert opened("48 eller 85 euro", (source("48 euro"), source("85 euro"))) == []


TEXTS = st.lists(
    st.sampled_from(
        [
            *("400 euro", "5 %", "30&nbsp;000 euro", "19. februar", "1 ", "4", "og ", "75 prosent"),
            *("1 &amp; ", "<p>", "</p>", "<strong>", "</strong>", "<h3>", "</h3>", "<ul><li>"),
            *('<a href="/400/">', "</a>", "</li></ul>", "<", '"', " ", "× 309 = ", "309 euro", ","),
        ]
    ),
    max_size=40,
).map("".join)


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_without_its_marks_the_page_is_as_it_was(text):
    """A visitor would lose words, or a figure would be given the source of a part of it."""
    page = f'<div class="prose">{clean_prose(text)}</div>'
    once = opening(page)
    plain = page.replace("&nbsp;", "\xa0")
    assert MARK.sub(r"\1", once).replace("&nbsp;", "\xa0") == plain
    assert opening(once) == once
    assert not re.search(r"<(h3|a)\b[^>]*>(?:(?!</\1>).)*<label", once, re.DOTALL)
    told: set = set()
    for said in MARK.findall(once):
        stated = figures_in(said)
        assert stated and not all(figure.is_named_by(told) for figure in stated)
        told |= stated
    assert all(figure.is_named_by(figures_in(GUIDE.figures)) for figure in told)
    runs = [unescape(run) for run in re.split("<[^>]*>", page)]
    assert told <= {figure for run in runs for figure in figures_in(run)}


@pytest.mark.parametrize(
    "text", ["×" * 20_000, "1 " * 5_000, "400 euro " * 5_000, "1,111, " * 1_000]
)
def test_hostile_texts_take_no_long_time(text):
    begun = perf_counter()
    opening(f'<p class="lead">{text}')
    assert perf_counter() - begun < 2
