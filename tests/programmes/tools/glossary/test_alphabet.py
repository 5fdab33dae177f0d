"""The order of the glossary, as a reader in each language looks for a word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programmes.tools.glossary.alphabet import anchor_of, by_letter, first_letter, sort_key


def in_order(words: list[str], language: str = "nb") -> list[str]:
    return sorted(words, key=lambda word: sort_key(word, language))


def test_norwegian_ends_with_ae_oe_aa():
    assert in_order(["åpen", "ærlig", "zoo", "øst", "Aasen", "ape"]) == [
        *("ape", "zoo", "ærlig", "øst", "åpen", "Aasen"),
    ]


def test_english_has_no_letters_after_z():
    assert in_order(["zoo", "Ålesund", "apple"], "en") == ["Ålesund", "apple", "zoo"]


def test_signs_spaces_capitals_and_accents_do_not_count():
    assert in_order(["EØS", "e-post", "EU Login", "Erasmus+", "Erasmus-plan", "éta"]) == [
        *("e-post", "Erasmus+", "Erasmus-plan", "éta", "EU Login", "EØS"),
    ]


@pytest.mark.parametrize(
    ("word", "language", "letter"),
    [
        ("«åpen»", "nb", "Å"),
        ("Aasen", "nn", "Å"),
        ("Aasen", "en", "A"),
        ("ändring", "nb", "Æ"),
        ("9A", "nb", "#"),
        ("+", "nb", "#"),
    ],
)
def test_a_word_is_found_under_its_letter(word, language, letter):
    assert first_letter(word, language) == letter


def test_letters_come_in_order_with_anchors_of_plain_letters():
    letters = by_letter([("åre", 1), ("bok", 2), ("7", 3), ("ape", 4), ("bil", 5)], "nb")
    assert [(letter.name, letter.rows) for letter in letters] == [
        *(("#", [3]), ("A", [4]), ("B", [5, 2]), ("Å", [1])),
    ]
    assert anchor_of("Å") == "letter-aa" and anchor_of("B") == "letter-b"


@given(st.lists(st.text(max_size=20)), st.sampled_from(["nb", "nn", "en"]))
def test_every_word_has_a_place(words, language):
    found = by_letter([(word, word) for word in words], language)
    assert sorted(row for letter in found for row in letter.rows) == sorted(words)
    assert len({letter.anchor for letter in found}) == len(found)
