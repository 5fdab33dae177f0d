"""Titles and descriptions in result lists are the first, and often the only, words that a searcher reads."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.excerpts import (
    DESCRIPTION_SHOWN,
    EXCERPT,
    FULL,
    TITLE_SHOWN,
    Block,
    blocks_of_plain,
    blocks_of_prose,
    excerpt,
    shortened,
    verdict_on_description,
    verdict_on_title,
    whole_title,
)
from pages.prose import clean_prose

FIRST = (
    "En skole eller barnehage kan søke om støtte til opphold i andre land for ansatte og elever."
)
LONG = "Dere søker om et prosjekt og ikke om enkeltreiser, og en lærer kan derfor ikke søke alene."

words = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=400)
sentences = st.lists(
    st.text(st.sampled_from("abcæøå kl.!?…»5 \xa0\nEU"), min_size=1, max_size=80), max_size=8
).map(". ".join)
prose = st.lists(st.tuples(st.sampled_from(["p", "h3", "li", "strong"]), words), max_size=6).map(
    lambda parts: clean_prose("".join(f"<{tag}>{text}</{tag}>" for tag, text in parts))
)


# --- From texts to blocks -------------------------------------------------------------------------


def test_paragraphs_do_not_run_together():
    """Without the space a searcher reads «søke.Dere»."""
    assert excerpt([blocks_of_prose("<p>Dere kan søke.</p><p>Dere trenger en plan.</p>")]) == (
        "Dere kan søke. Dere trenger en plan."
    )


def test_headings_are_left_out_and_links_and_entities_are_read():
    html = '<h3>Frister</h3><p>Søk <a href="/en/">R&amp;D</a> &lt; <em>nå</em>.</p>'
    assert blocks_of_prose(html) == [Block("Søk R&D < nå.")]


def test_items_of_a_list_stand_with_commas_and_a_line_without_a_stop_gets_one():
    html = "<p>Støtte til:</p><ul><li><p>reise</p></li><li><p>opphold</p></li></ul><p>Søk nå</p>"
    assert excerpt([blocks_of_prose(html)]) == "Støtte til: reise, opphold. Søk nå"


def test_a_plain_text_is_not_read_as_markup():
    assert blocks_of_plain("Under <18 år & over\n\n  5\tår") == [
        Block("Under <18 år & over"),
        Block("5 år"),
    ]


# --- From blocks to an excerpt --------------------------------------------------------------------


def test_it_ends_with_a_whole_sentence_where_that_says_enough():
    assert excerpt([[Block(f"{FIRST} {LONG}")]]) == FIRST


def test_it_is_cut_between_words_where_no_sentence_ends_in_time():
    cut = excerpt([[Block("Kort. " + "ord " * 60)]])
    assert cut.endswith("ord…") and len(cut) <= EXCERPT


@pytest.mark.parametrize(
    "stop", ["kl. 12", "5. mars", "f.eks. Norge", "bl.a. Norge", "nr. 3", "jf. EU"]
)
def test_an_abbreviation_ends_no_sentence(stop):
    text = f"{'Fristen er satt av Europakommisjonen hvert eneste år og gjelder alle, '}{stop} og så"
    assert excerpt([[Block(text + " videre" * 20)]]).endswith("…")


def test_a_short_lead_goes_on_into_the_text_and_a_long_one_stands_alone():
    """One word as a description tells nothing; two texts where one is enough tell too much."""
    short, body = [Block("Kontakt oss")], [Block(FIRST)]
    assert excerpt([short, body]) == f"Kontakt oss. {FIRST}"
    assert excerpt([[Block(FIRST)], [Block(LONG[:40])]]) == FIRST


def test_later_texts_are_not_read_where_the_first_is_enough():
    def texts():
        yield [Block(FIRST)]
        raise AssertionError("a page's sections are rows in the database")

    assert excerpt(texts()) == FIRST


def test_nothing_comes_of_nothing():
    assert excerpt([]) == excerpt([[], blocks_of_plain(" \n "), blocks_of_prose("")]) == ""


def test_what_a_hard_space_holds_together_is_not_torn():
    text = "a" * 148 + " 30\xa0000\xa0euro er mye"
    assert excerpt([[Block(text)]]) == "a" * 148 + "…"


@given(st.lists(st.one_of(words.map(blocks_of_plain), sentences.map(blocks_of_plain)), max_size=4))
def test_an_excerpt_fits_is_tidy_and_is_the_beginning(texts):
    made = excerpt(texts)
    whole = excerpt(texts, limit=10**6)
    assert len(made) <= EXCERPT
    assert not re.search(r"\s[^\S\xa0]|[^\S\xa0]\s|[^\S \xa0]", made)
    assert made == made.strip()
    assert whole.startswith(made.removesuffix("…"))
    assert made == whole or made.endswith("…") or len(made) >= FULL
    assert bool(made) == any(texts)


@given(prose)
def test_prose_of_any_shape_gives_an_excerpt_that_fits(html):
    made = excerpt([blocks_of_prose(html)])
    assert len(made) <= EXCERPT
    assert "</" not in made or "&lt;" in html


@given(words, st.integers(2, 200))
def test_shortening_fits_and_leaves_what_fits_alone(text, limit):
    made = shortened(text, limit)
    assert len(made) <= limit
    assert made == text if len(text) <= limit else made.endswith("…")


# --- Titles, and what is said of lengths ----------------------------------------------------------


def test_the_sites_name_follows_a_title_that_leaves_room_for_it():
    assert whole_title("Kontakt", "Nettstedet") == "Kontakt – Nettstedet"
    assert whole_title("Alt om Nettstedet", "Nettstedet") == "Alt om Nettstedet"
    assert whole_title("a" * 60, "Nettstedet") == "a" * 60


@given(words, words)
def test_a_whole_title_is_only_as_long_as_what_an_editor_wrote(title, site):
    made = whole_title(title, site)
    assert made.startswith(title)
    assert made == title or len(made) <= TITLE_SHOWN


@pytest.mark.parametrize(
    ("weigh", "length", "verdict"),
    [
        *(
            (verdict_on_title, n, v)
            for n, v in [(9, "short"), (10, "good"), (60, "good"), (61, "cut")]
        ),
        *(
            (verdict_on_description, n, v)
            for n, v in [(109, "short"), (110, "good"), (160, "good"), (161, "cut")]
        ),
    ],
)
def test_lengths_are_weighed_by_what_is_shown(weigh, length, verdict):
    assert weigh("a" * length) == verdict


def test_a_made_description_is_never_cut_in_a_result_list():
    assert EXCERPT < DESCRIPTION_SHOWN
