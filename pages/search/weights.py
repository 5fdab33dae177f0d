"""What a text is about: its stems, each with a whole number that says how much of it. Pure.

The numbers are made when a record is indexed and not by the database when one searches, so that every
engine puts the same answers in the same order. They follow BM25F: a word counts more in a title than in a
text, less in a long text than in a short one, and the tenth time hardly more than the third.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from pages.search import stems

WHOLE = 1000


class Field(NamedTuple):
    """How much a word counts there; the usual number of words; how much a longer one takes from each."""

    weight: float
    usual: int
    by_length: float


FIELDS = {
    "title": Field(14.0, 3, 0.6),
    "names": Field(7.0, 3, 0.0),
    "about": Field(3.0, 20, 0.3),
    "lead": Field(3.0, 16, 0.5),
    "headings": Field(2.5, 12, 0.6),
    "text": Field(0.7, 220, 0.4),
}
# Half of the whole is reached at this sum.
_HALF = 6.0
# What a part of a compound counts, to a word by itself.
_PART = 0.4


@dataclass(frozen=True)
class Weighed:
    """`weights` from 1 to WHOLE by stem; the stems of the title; every form that stands in the text."""

    weights: dict[str, int]
    title: tuple[str, ...]
    forms: frozenset[str]


def weigh(texts: Mapping[str, str], language: str) -> Weighed:
    """Weigh the words of `texts`, which are named as in FIELDS."""
    sums: dict[str, float] = {}
    forms: set[str] = set()
    title: dict[str, None] = {}
    for name, text in texts.items():
        field = FIELDS[name]
        counts, number = _counted(text, language, forms)
        if name == "title":
            title = dict.fromkeys(
                found
                for found, times in counts.items()
                if times >= 1 and len(stems.singles(found)) == 1
            )
        length = 1 - field.by_length + field.by_length * number / field.usual
        for found, times in counts.items():
            sums[found] = sums.get(found, 0.0) + field.weight * times / length
    weights = {found: max(1, round(WHOLE * s / (_HALF + s))) for found, s in sums.items()}
    return Weighed(weights, tuple(title), frozenset(forms))


def _counted(text: str, language: str, forms: set[str]) -> tuple[dict[str, float], int]:
    """Return how often each stem stands in `text`, and the number of words; note every form."""
    counts: dict[str, float] = {}
    number = 0
    before: tuple[str, int] | None = None
    for form, _start, end in stems.words(text):
        if stems.is_weightless(form, language):
            continue
        number += 1
        forms.add(form)
        found = stems.stem(form, language)
        counts[found] = counts.get(found, 0.0) + 1
        for part in stems.parts(form, language):
            counts[part] = counts.get(part, 0.0) + _PART
        if before and end > before[1]:
            pair = stems.pair(before[0], found)
            counts[pair] = counts.get(pair, 0.0) + 1
        before = (found, end)
    return counts, number
