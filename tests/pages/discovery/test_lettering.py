"""A title on a card is whole and within its box, whatever an editor has called the page."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from pages.discovery.lettering import face, fit, plain
from pages.discovery.share_card import COLUMN, TALLEST

AROUND = 150
SIGNS = "abcdefghijklmnopqrstuvwxyzæøåABCDEFGHIJKLMNOPQRSTUVWXYZÆØÅ áčđŋšŧžÁČĐŊŠŦŽ «»–-.,:;!?()/0123456789"


def drawn(title: str) -> Image.Image:
    """The title drawn at its place in a box with room on all sides."""
    paper = Image.new("L", (COLUMN + 2 * AROUND, TALLEST + 2 * AROUND))
    lettering = fit(title, COLUMN, TALLEST)
    for x, y, line in lettering.placed():
        place = (AROUND + x, AROUND + y)
        ImageDraw.Draw(paper).text(place, line, font=lettering.font, fill=255, anchor="ls")
    return paper


@settings(max_examples=25, deadline=None)
@given(st.one_of(st.text(SIGNS, max_size=160), st.text(max_size=160)))
@example("W" * 160)
@example("Ÿ" * 160)
@example("å" * 159 + " j")
@example("ﷺ" * 160)
@example("a" + "\u0301" * 159)
def test_any_title_lies_wholly_inside_its_box(title):
    ink = drawn(title).getbbox()
    if ink is not None:
        left, top, right, bottom = ink
        assert left >= AROUND
        assert top >= AROUND
        assert right <= AROUND + COLUMN
        assert bottom <= AROUND + TALLEST


@settings(max_examples=60, deadline=None)
@given(st.text(SIGNS, max_size=160))
def test_no_letter_is_left_out_and_no_word_is_broken_in_vain(title):
    lines = fit(title, COLUMN, TALLEST).lines
    bare = plain(title).replace(" ", "").replace("-", "")
    assert "".join(lines).replace(" ", "").replace("-", "") == bare
    if all(len(word) < 25 for word in title.split()):
        assert " ".join(lines) == plain(title)


@pytest.mark.parametrize(
    ("title", "lines", "at_least"),
    [
        ("Kontakt", 1, 70),
        ("Tilgjengelegheitserklæring", 1, 70),
        ("Arbeidstakarorganisasjonskonferanse for skuleeigarar", 2, 54),
        ("Mobilitet: reis ut, lær og kom hjem med ny kunnskap til barnehagen", 2, 54),
        (
            "Støtte til læring, undervisning og opphold i utlandet for " + "elever og ansatte " * 4,
            3,
            40,
        ),
    ],
)
def test_titles_are_large_and_of_few_lines(title, lines, at_least):
    """On a phone a shared picture is four centimetres wide: small letters would say nothing."""
    lettering = fit(title, COLUMN, TALLEST)
    assert len(lettering.lines) == lines
    assert lettering.font.size >= at_least


def test_no_short_word_is_left_alone_on_the_last_line():
    lines = fit("Hvordan skolen og barnehagen kommer i gang nå", COLUMN, TALLEST).lines
    assert min(map(len, lines)) > max(map(len, lines)) / 2


def test_no_little_word_is_left_behind_at_the_end_of_a_line():
    lines = fit("Mobilitet for ansatte i skoler og barnehager", COLUMN, TALLEST).lines
    assert lines == ("Mobilitet for ansatte", "i skoler og barnehager")


def test_a_word_wider_than_the_column_is_broken_as_norwegian_words_are():
    word = "Tilgjengelegheitserklæringsarbeidstakarorganisasjonskonferansedeltakar"
    first, second = fit(word, COLUMN, TALLEST).lines
    assert first.endswith("-")
    assert first[:-1] + second == word
    assert second[0] not in "aeiouyæøå"
    assert second[1] in "aeiouyæøå"


@pytest.mark.parametrize("letter", "æøåÆØÅáčđŋšŧžÁČĐŊŠŦŽïÏöÖäÄéèêóòôü«»–…’§€")
def test_the_face_has_every_letter_of_norway(letter):
    """A letter that is missing is drawn as a crossed box."""
    face_of_title = face(60)
    missing = face_of_title.getmask("\U000fffff")
    mask = face_of_title.getmask(letter)
    assert (mask.size, bytes(mask)) != (missing.size, bytes(missing))
