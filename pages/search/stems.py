"""One word of its forms: lærer, læreren, lærerne and nynorsk's lærar; skole and skule. Pure.

Snowball's Norwegian leaves those apart, so it is repeated until nothing more comes off, after the
table of pairs and before the few endings that it does not know. Bokmål and nynorsk have the same stems,
so that either finds the other.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from threading import Lock
from typing import NamedTuple

import snowballstemmer

from pages.search.lexicon import ENGLISH_STEMS, PARTS, RESPELT, STOP

LONGEST = 40
WRITTEN = re.compile(r"[^\W_]+(?:[-\u2010\u2011][^\W_]+)*")
_PART = re.compile(r"[^-\u2010\u2011]+")
_LETTERS = str.maketrans("äöéèêëàáâòóôùúüíìîñç", "æøeeeeaaaooouuuiiinc")

_ANALYSES = {"nb": "norwegian", "nn": "norwegian", "en": "english"}
_SNOWBALL = {name: snowballstemmer.stemmer(name) for name in ("norwegian", "english")}
# A stemmer keeps the word that it works on: two threads would mix theirs.
_alone = Lock()

# What Snowball leaves of agents, verbs and nouns made of verbs.
_ENDING = re.compile(
    "(?:els(?:e|en|er|ene)?|n?ing(?:s|a|en|ane|ene|ar|er)?|aren|arar|arane|eren|erene|erne|ere|ern|er|ar|ert|um)$"
)
_LEAST = 3
# Between two stems that stand side by side: no word has it.
_BESIDE = "_"
# A part of a compound that is in no table must be this long to be one.
_LEAST_REST = 5
# The same of one before a part that is known.
_LEAST_HEAD = 4
# No Norwegian word begins so: the s binds it to the word before.
_BOUND = frozenset(f"s{letter}" for letter in "bdfghrs")


class Word(NamedTuple):
    """A word where it stands in a text: `form` in small letters and without accents."""

    form: str
    start: int
    end: int


def words(text: str) -> Iterator[Word]:
    """Yield the words of `text`; one with hyphens as a whole, then its parts."""
    for found in WRITTEN.finditer(text):
        start, end = found.span()
        yield Word(folded(found[0]), start, end)
        if not found[0].isalnum():
            for place, part in parts_of_hyphenated(found[0]):
                yield Word(folded(part), start + place, start + place + len(part))


def parts_of_hyphenated(written: str) -> list[tuple[int, str]]:
    """Return the parts of a word with hyphens, each with where it begins in it."""
    return [(part.start(), part[0]) for part in _PART.finditer(written)]


@lru_cache(maxsize=50_000)
def folded(form: str) -> str:
    """Return a word in small letters, without accents, as long as it is looked at."""
    small = unicodedata.normalize("NFKC", form).casefold().translate(_LETTERS)
    return "".join(letter for letter in small if letter.isalnum())[:LONGEST]


def is_weightless(form: str, language: str) -> bool:
    """Whether a word says nothing of what a text is about."""
    return len(form) < 2 or form in STOP.get(_ANALYSES.get(language, ""), ())


@lru_cache(maxsize=50_000)
def stem(form: str, language: str) -> str:
    """Return what all forms of a word have in common; the word itself in a language without rules."""
    analysis = _ANALYSES.get(language)
    if analysis is None or form.isdigit():
        return form
    return _norwegian(form) if analysis == "norwegian" else _english(form)


@lru_cache(maxsize=50_000)
def stem_and_parts(written: str, language: str) -> tuple[str, tuple[str, ...]]:
    """Return the stem of a word as it is written, and those of the words that it is made of."""
    form = folded(written)
    return stem(form, language), parts(form, language)


def pair(first: str, second: str) -> str:
    """Return what stands for two stems side by side, which say more than each of them alone."""
    return f"{first}{_BESIDE}{second}"


def pairs(found: Sequence[str]) -> tuple[str, ...]:
    """Return what stands for these stems in a row: itself for one."""
    beside = tuple(pair(first, second) for first, second in pairwise(found))
    return beside or tuple(found)


def singles(stem: str) -> list[str]:
    """Return the stem, or the two that stand side by side."""
    return stem.split(_BESIDE)


@lru_cache(maxsize=50_000)
def parts(form: str, language: str) -> tuple[str, ...]:
    """Return the stems of the words that a Norwegian compound is made of, none for any other word."""
    if _ANALYSES.get(language) != "norwegian":
        return ()
    return _parts(_respelt(form), language)


def _parts(form: str, language: str) -> tuple[str, ...]:
    if _norwegian(form) in _known_stems():
        return ()
    for length in range(len(form) - _LEAST, _LEAST - 1, -1):
        if form[:length] in PARTS and (rest := _rest(form[length:])):
            return (stem(form[:length], language), *(_parts(rest, language) or (_norwegian(rest),)))
    for place in range(_LEAST_HEAD, len(form) - _LEAST_HEAD + 1):
        if _norwegian(form[place:]) in _known_stems():
            return (_norwegian(form[:place].removesuffix("s")), _norwegian(form[place:]))
    return ()


def _rest(rest: str) -> str:
    """Return the second half of a compound, empty where what is left of it is no word."""
    unbound = rest.removeprefix("s")
    for possible in (rest, unbound):
        if len(possible) >= _LEAST and _norwegian(possible) in _known_stems():
            return possible
    possible = unbound if rest[:2] in _BOUND else rest
    return possible if len(possible) >= _LEAST_REST else ""


@lru_cache(maxsize=1)
def _known_stems() -> frozenset[str]:
    return frozenset(_norwegian(part) for part in PARTS)


def _respelt(form: str) -> str:
    for written, common in RESPELT:
        form = written.sub(common, form)
    return form


def _norwegian(form: str) -> str:
    found = _settled(_respelt(form))
    for _time in range(2):
        ending = _ENDING.search(found)
        if ending and ending.start() >= _LEAST:
            found = found[: ending.start()]
    if len(found) > _LEAST and found[-1] == "t" and found[-2] in "ksp":
        found = found[:-1]
    if len(found) > _LEAST and found[-1] == found[-2]:
        found = found[:-1]
    return found


def _settled(form: str) -> str:
    while (shorter := _snowball("norwegian", form)) != form:
        form = shorter
    return form


def _snowball(analysis: str, form: str) -> str:
    with _alone:
        return _SNOWBALL[analysis].stemWord(form)


def _english(form: str) -> str:
    british = re.sub("iz(?=e|ing|ation)", "is", form)
    found = _snowball("english", british)
    return ENGLISH_STEMS.get(found, found)
