"""A title set in a box: as large as it fits, broken between words, never cut. Knows no models."""

import itertools
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import fontpkg_vollkorn
from PIL import ImageFont

FACE = str(Path(fontpkg_vollkorn.ROOT) / "files" / "Vollkorn[wght].ttf")
WEIGHT = 620
LEADING = 1.1
# How many lines a title may have in letters of a size; one line is worth smaller letters.
SIZES = [
    *((size, 1) for size in range(76, 60, -4)),
    *((size, 2) for size in range(76, 54, -4)),
    *((size, 3) for size in range(54, 38, -2)),
    *((size, 4) for size in range(38, 11, -2)),
]
# From here on, a word that is too wide is broken rather than set in smaller letters.
BREAKS_WORDS = 44
# What every line has room for above and below, so that a line's place is not its letters' doing.
_TALLEST = "ÅŊgjpy"
_LEAST_PART = 3
_VOWELS = frozenset("aeiouyæøåáéèêóòôäöüï")


@dataclass(frozen=True)
class Lettering:
    """Lines in letters of a size; `height` is from the top of the first to the bottom of the last."""

    lines: tuple[str, ...]
    font: ImageFont.FreeTypeFont
    ascent: int
    leading: int
    height: int

    def placed(self) -> Iterator[tuple[int, int, str]]:
        """Yield each line with where its baseline begins, from the box's upper left corner."""
        for number, line in enumerate(self.lines):
            overhang = min(0, int(self.font.getbbox(line, anchor="ls")[0]))
            yield -overhang, self.ascent + number * self.leading, line


def face(size: int, weight: int = WEIGHT) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(FACE, size)
    font.set_variation_by_axes([weight])
    return font


def fit(title: str, width: int, height: int) -> Lettering:
    """Return `title` in the largest letters in which all of it fits into the box."""
    words = plain(title).split()
    for size, most in SIZES:
        setting = _set(words, face(size), width, most, breaks=size <= BREAKS_WORDS)
        if setting and setting.height <= height:
            return setting
    raise ValueError(f"No room for {len(title)} letters in {width} × {height} pixels")


def plain(title: str) -> str:
    """Return `title` in signs that stand by themselves.

    Accents are drawn as one with their letters; one that no letter goes with could be heaped up to any
    height, and signs that steer or say nothing have no shape.
    """
    composed = unicodedata.normalize("NFC", re.sub(r"\s+", " ", title))
    shown = (sign for sign in composed if unicodedata.category(sign)[0] not in "CM")
    return "".join(shown).strip()


def _set(
    words: list[str], font: ImageFont.FreeTypeFont, width: int, most: int, breaks: bool
) -> Lettering | None:
    if font.getlength("".join(words)) > width * most:
        return None
    lines = _lines(words, font, width, breaks)
    if lines is None or len(lines) > most:
        return None
    lines = _even(lines, words, font, width)
    fits = all(_ink_width(font, line) <= width for line in lines)
    return _measured(lines, font) if fits else None


def _even(
    lines: list[str], words: list[str], font: ImageFont.FreeTypeFont, width: int
) -> list[str]:
    """Return the words in as many lines, as even as they go: no last line of a single short word."""

    def is_enough(narrower: int) -> bool:
        found = _lines(words, font, narrower, breaks=False)
        return found is not None and len(found) <= len(lines)

    widths = range(width // max(1, len(lines)), width, 8)
    narrowest = widths[bisect_left(widths, True, key=is_enough) :]
    return (_lines(words, font, narrowest[0], breaks=False) if narrowest else None) or lines


def _lines(
    words: list[str], font: ImageFont.FreeTypeFont, width: int, breaks: bool
) -> list[str] | None:
    """Return the words in lines no wider than `width`; None where a word is, and may not be broken."""
    lines: list[str] = []
    waiting = list(reversed(words))
    line = ""
    while waiting:
        word = waiting.pop()
        longer = f"{line} {word}" if line else word
        if font.getlength(longer) <= width:
            line = longer
        elif line:
            waiting.append(word)
            line, left = _without_little_word(line)
            waiting += left
            lines.append(line)
            line = ""
        elif breaks and len(word) > 1:
            first, rest = _broken(word, font, width)
            lines.append(first)
            waiting.append(rest)
        else:
            return None
    return [*lines, line] if line else lines


def _without_little_word(line: str) -> tuple[str, list[str]]:
    """Return a line without the «i» or «å» at its end, which goes with the next word, and that."""
    rest, _space, last = line.rpartition(" ")
    return (rest, [last]) if rest and len(last) == 1 else (line, [])


def _broken(word: str, font: ImageFont.FreeTypeFont, width: int) -> tuple[str, str]:
    """Return the word in two, the first part with its hyphen: one consonant goes to the next line."""
    ends = range(1, len(word))
    fitting = list(itertools.takewhile(lambda end: font.getlength(word[:end] + "-") <= width, ends))
    good = [end for end in fitting if _is_good(word, end)]
    end = (good or fitting or [1])[-1]
    return word[:end] + "-", word[end:]


def _is_good(word: str, end: int) -> bool:
    before, after = word[:end], word[end:]
    if min(len(before), len(after)) < _LEAST_PART:
        return False
    return after[0].isalpha() and after[0] not in _VOWELS and after[1] in _VOWELS


def _measured(lines: list[str], font: ImageFont.FreeTypeFont) -> Lettering:
    boxes = [font.getbbox(line, anchor="ls") for line in [_TALLEST, *lines]]
    ascent = int(-min(box[1] for box in boxes))
    descent = int(max(box[3] for box in boxes))
    leading = max(round(font.size * LEADING), ascent + descent if len(lines) > 1 else 0)
    height = ascent + descent + leading * max(0, len(lines) - 1)
    return Lettering(tuple(lines), font, ascent, leading, height)


def _ink_width(font: ImageFont.FreeTypeFont, line: str) -> float:
    left, _top, right, _bottom = font.getbbox(line, anchor="ls")
    return max(right, 0) - min(left, 0)
