"""The figures that a text states: amounts, shares, points and dates, the same in every language.

What a source names is written in bokmål in the same way, so that one reading compares both.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from math import prod
from typing import NamedTuple

_NORWEGIAN = "januar februar mars april mai juni juli august september oktober november desember"
_ENGLISH = "january february march april may june july august september october november december"
# Of a language that is not here amounts and years are read, and no days.
MONTHS = {"nb": _NORWEGIAN.split(), "nn": _NORWEGIAN.split(), "en": _ENGLISH.split()}
# An earlier year tells when a rule held; this one and later ones tell what is to come.
FIRST_YEAR_TO_COME = 2027
# No news: everything of today is part of it.
PERIODS = re.compile(r"\b20\d\d[–-]20\d\d\b")

_DIGIT = re.compile(r"\d")
# Read in one way only: a list of numbers that could each be read in two would be tried in every combination.
_NUMBER = r"(?>\d{1,3}(?:[ ,]\d{3})+(?!\d)|\d+(?:[.,]\d+)?)"
_BETWEEN = r"(?:, | (?:og|eller|til|and|or|to|av|of|out of) |–|-)"
_REASONED = re.compile(rf"(?P<factors>(?:\d+ × )+{_NUMBER}) = (?P<result>{_NUMBER})")
# What stands in place of a calculation, up to its rate.
_WORKING = "×"
_UNITS = {
    "euro": r"euros?\b",
    "kroner": r"kroner\b",
    "%": r"prosent\b|per ?cent\b|%",
    "points": r"poeng\b|points?\b",
}
_AMOUNTS = {
    unit: re.compile(
        rf"(?<![\w{_WORKING}]){_WORKING}*(?P<several>{_NUMBER}(?:{_BETWEEN}{_NUMBER})*+)(?P<million> mill\w*\.?)?[ -]?"
        # «56 euro, mot 28 ellers»: the unit is said once.
        rf"(?:{name})(?:,? (?:mot|against) (?P<other>{_NUMBER}))?",
        re.I,
    )
    for unit, name in _UNITS.items()
}


@dataclass(frozen=True)
class Figure:
    """`unit` is one of euro, kroner, %, points, date. A date's value is (day, month, year); 0: not said."""

    unit: str
    value: tuple[float, ...]
    text: str = field(compare=False)

    @property
    def is_year(self) -> bool:
        return self.unit == "date" and self.value[:2] == (0, 0)

    def is_named_by(self, others: Iterable["Figure"]) -> bool:
        """Whether one of `others` says the same; what this one leaves out of a date may stand there."""
        return any(
            self.unit == other.unit
            and all(own in (theirs, 0) for own, theirs in zip(self.value, other.value, strict=True))
            for other in others
        )


class Mention(NamedTuple):
    """The figures that a text states in one breath, and where: «30 000 eller 60 000 euro»."""

    start: int
    stop: int
    figures: tuple[Figure, ...]


def figures_in(text: str, language: str = "nb") -> set[Figure]:
    """Return the figures that a plain text states in a language.

    Of what is worked out in the text, as in «4 × 309 = 1 236 euro», the rate is stated, not the result.
    """
    text = " ".join(text.split())
    return {figure for mention in mentions(text, language) for figure in mention.figures}


def mentions(text: str, language: str = "nb") -> list[Mention]:
    """Return in order where a plain text states figures. Two may overlap where it is read in two ways."""
    if not _DIGIT.search(text):
        return []
    # Each change keeps the length, so that places are those of the text that was given.
    text = re.sub(r"\s", " ", text)
    rated = _REASONED.sub(_rate, text)
    undated = _dates_of(language).sub(_blank, rated)
    found = [*_amounts(undated, text), *_dates(rated, language), *_years(undated)]
    return sorted(found, key=lambda mention: mention.start)


def _rate(match: re.Match) -> str:
    factors = [_value(number) for number in match["factors"].split(" × ")]
    is_right = prod(factors) == _value(match["result"])
    return f"{factors[-1]:.0f}".rjust(len(match[0]), _WORKING) if is_right else match[0]


def _amounts(rated: str, text: str) -> Iterator[Mention]:
    for unit, pattern in _AMOUNTS.items():
        for match in pattern.finditer(rated):
            times = 1_000_000 if match["million"] else 1
            numbers = re.findall(_NUMBER, match["several"]) + [match["other"]] * bool(
                match["other"]
            )
            said = text[match.start() : match.end()]
            values = [(_value(number) * times,) for number in numbers]
            figures = tuple(Figure(unit, value, said) for value in values)
            yield Mention(match.start(), match.end(), figures)


def _value(number: str) -> float:
    if re.fullmatch(r"\d{1,3}([ ,]\d{3})+", number):
        return float(re.sub("[ ,]", "", number))
    return float(number.replace(",", "."))


@cache
def _dates_of(language: str) -> re.Pattern:
    """Return what finds dates: a month begins with a capital or, in Norwegian, with a small letter too."""
    capitals = [name.capitalize() for name in MONTHS.get(language, ())]
    small = [] if language == "en" else MONTHS.get(language, ())
    named = "|".join([*capitals, *small]) or "(?!)"
    day = r"\b\d{1,2}(?!\d)"
    return re.compile(
        rf"(?:(?P<days>{day}(?:\.?(?: og | til | and | to |–|-){day})*+)\.? )?"
        rf"\b(?P<month>{named})\b(?: (?P<year>20\d\d))?"
    )


def _dates(text: str, language: str) -> Iterator[Mention]:
    """Yield «19. februar 2026», «19 February», «november 2025»; several days may share a month."""
    for match in _dates_of(language).finditer(text):
        if match["days"] or match["year"]:
            month = MONTHS[language].index(match["month"].lower()) + 1
            year = int(match["year"] or 0)
            days = map(int, re.findall(r"\d+", match["days"] or "0"))
            figures = tuple(Figure("date", (day, month, year), match[0]) for day in days)
            yield Mention(match.start(), match.end(), figures)


def _years(undated: str) -> Iterator[Mention]:
    """Yield the years to come, of what stands in no date."""
    for said in re.finditer(r"\b20\d\d\b", PERIODS.sub(_blank, undated)):
        if int(said[0]) >= FIRST_YEAR_TO_COME:
            figure = Figure("date", (0, 0, int(said[0])), said[0])
            yield Mention(said.start(), said.end(), (figure,))


def _blank(match: re.Match) -> str:
    return " " * len(match[0])
