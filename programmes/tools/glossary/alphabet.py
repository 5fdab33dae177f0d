"""The order of words in a glossary. Pure.

Norwegian: æ, ø and å stand last, aa is å, ä is æ and ö is ø. English: they stand with a and o. Signs and
spaces do not count.
"""

import unicodedata
from collections.abc import Iterable
from typing import NamedTuple, TypeVar

_PLACES = {sign: place for place, sign in enumerate("0123456789abcdefghijklmnopqrstuvwxyzæøå")}
_SAME = str.maketrans({"ä": "æ", "ö": "ø", "đ": "d"})
_IN_ENGLISH = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "đ": "d"})
# Where words begin that no letter does.
OTHER = "#"

Row = TypeVar("Row")


class Letter(NamedTuple):
    """What begins with a letter: `name` as a heading, `anchor` as the end of an address."""

    name: str
    anchor: str
    rows: list


def sort_key(word: str, language: str) -> tuple[tuple[int, ...], str]:
    """Return what words are sorted by."""
    letters = _letters(word, language)
    return tuple(_PLACES[sign] for sign in letters), word


def first_letter(word: str, language: str) -> str:
    """Return the capital letter that a word is found under."""
    letters = _letters(word, language)
    return letters[0].upper() if letters and letters[0].isalpha() else OTHER


def by_letter(rows: Iterable[tuple[str, Row]], language: str) -> list[Letter]:
    """Return rows, each given with its word, under their letters and in order."""
    found: dict[str, list[Row]] = {}
    for word, row in sorted(rows, key=lambda pair: sort_key(pair[0], language)):
        found.setdefault(first_letter(word, language), []).append(row)
    return [Letter(name, anchor_of(name), of_letter) for name, of_letter in found.items()]


def anchor_of(letter: str) -> str:
    """Return what the address of a letter ends in, without letters that addresses cannot show."""
    ascii_only = {"Æ": "ae", "Ø": "oe", "Å": "aa", OTHER: "0"}
    return f"letter-{ascii_only.get(letter, letter.lower())}"


def _letters(word: str, language: str) -> str:
    """Return the letters and digits that count, each of them one that has a place."""
    word = word.casefold()
    if language == "en":
        word = word.translate(_IN_ENGLISH)
    else:
        word = unicodedata.normalize("NFC", word).translate(_SAME).replace("aa", "å")
    return "".join(filter(None, map(_placed, word)))


def _placed(sign: str) -> str:
    bare = sign if sign in _PLACES else unicodedata.normalize("NFD", sign)[:1]
    return bare if bare in _PLACES else ""
