"""The place in a text that answers, with the words that were found marked. Pure.

What comes out is text in pieces and no markup: whoever shows it escapes each piece and marks the hits.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pages.search import stems

LENGTH = 190
# Letters of a record that are read for a snippet.
_READ = 12_000
# Letters between two words that count as side by side.
_BESIDE = 12
# What a hit in the heading is worth beside one in the text, and each further one of the same word.
_IN_HEADING, _EACH = 0.6, 0.02


class Words(dict[str, tuple[float, ...]]):
    """What each word, as it is written, is worth: nothing, its own worth, or that of each of its parts that
    has any, where they are joined by hyphens. Every word is asked for once, however many texts it is in.

    `worth` tells what a word by itself is worth: 0 for nothing, below 0 where only beside another.
    """

    def __init__(self, worth: Callable[[str], float]) -> None:
        super().__init__()
        self.worth = worth

    def __missing__(self, written: str) -> tuple[float, ...]:
        if value := self.worth(written):
            told: tuple[float, ...] = (value,)
        elif written.isalnum():
            told = ()
        else:
            parts = (self.worth(part) for _place, part in stems.parts_of_hyphenated(written))
            told = tuple(filter(None, parts))
        self[written] = told
        return told


class Passage(NamedTuple):
    """A part of a record's text. `anchor` is what a link to it ends in; the lead has neither."""

    text: str
    heading: str = ""
    anchor: str = ""


class Piece(NamedTuple):
    text: str
    is_hit: bool = False


@dataclass(frozen=True)
class Snippet:
    pieces: tuple[Piece, ...] = ()
    heading: str = ""
    anchor: str = ""


class _Hit(NamedTuple):
    start: int
    end: int
    value: float


def marked(text: str, words: Words) -> tuple[Piece, ...]:
    """Return the whole of `text` with its hits."""
    return _pieces(text, _hits(text, words), 0, len(text))


def snippet(passages: Sequence[Passage], words: Words) -> Snippet:
    """Return the stretch with the most of what was looked for; the beginning where there is none of it."""
    best: tuple[float, int, Passage, list[_Hit], int] | None = None
    for most, number, passage in sorted(_by_promise(passages, words), key=lambda p: (-p[0], p[1])):
        if best is not None and most < best[0]:
            break
        hits = _hits(passage.text, words)
        in_heading = sum({h.value for h in _hits(passage.heading, words)})
        value, first = _densest(hits)
        if best is None or (value + in_heading * _IN_HEADING, -number) > best[:2]:
            best = (value + in_heading * _IN_HEADING, -number, passage, hits, first)
    if best is None:
        return Snippet()
    _value, _number, passage, hits, first = best
    start = _beginning(passage.text, hits[first].start if hits else 0)
    end = _ending(passage.text, start)
    pieces = _pieces(passage.text, hits, start, end)
    return Snippet(pieces, passage.heading, passage.anchor)


def _by_promise(passages: Sequence[Passage], words: Words) -> Iterator[tuple[float, int, Passage]]:
    """Yield the passages that are read, each with its place and the most that it can be worth.

    Where each hit stands is asked only of those that may be the best: it is most of a snippet's work.
    """
    read = 0
    for number, passage in enumerate(passages):
        if read > _READ or not passage.text:
            continue
        text = passage.text[: _READ - read + 1]
        read += len(text)
        in_text, hits = _worth_of_words(text, words)
        in_heading, _hits_there = _worth_of_words(passage.heading, words)
        most = in_text + _EACH * hits + in_heading * _IN_HEADING
        yield most, number, passage._replace(text=text)


def _worth_of_words(text: str, words: Words) -> tuple[float, int]:
    """Return what the different words of a text are worth together, and how many there are."""
    told = [*filter(None, map(words.__getitem__, stems.WRITTEN.findall(text)))]
    return sum({abs(value) for one in told for value in one}), sum(map(len, told))


def _hits(text: str, words: Words) -> list[_Hit]:
    """Return where the words stand that are worth something."""
    hits = _words_found(text, words)
    beside = [
        one.value > 0 or any(other and _is_beside(one, other) for other in (before, after))
        for before, one, after in zip([None, *hits], hits, [*hits[1:], None], strict=False)
    ]
    return [h._replace(value=abs(h.value)) for h, kept in zip(hits, beside, strict=True) if kept]


def _is_beside(one: _Hit, other: _Hit) -> bool:
    return max(one.start, other.start) - min(one.end, other.end) <= _BESIDE


def _words_found(text: str, words: Words) -> list[_Hit]:
    hits: list[_Hit] = []
    for match in stems.WRITTEN.finditer(text):
        if not words[match[0]]:
            continue
        if value := words.worth(match[0]):
            hits.append(_Hit(match.start(), match.end(), value))
        else:
            hits += [
                _Hit(match.start() + place, match.start() + place + len(part), value)
                for place, part in stems.parts_of_hyphenated(match[0])
                if (value := words.worth(part))
            ]
    return hits


def _densest(hits: Sequence[_Hit]) -> tuple[float, int]:
    """Return the value of the best stretch and the place of its first hit: each word counts once in it."""
    best, first, begin = 0.0, 0, 0
    for place, hit in enumerate(hits):
        while hit.end - hits[begin].start > LENGTH - 30:
            begin += 1
        within = hits[begin : place + 1]
        value = sum({h.value for h in within}) + _EACH * len(within)
        if value > best:
            best, first = value, begin
    return best, first


def _beginning(text: str, hit: int) -> int:
    """Return where to begin so that the hit is seen: at a sentence if one begins near, else at a word."""
    if hit < LENGTH // 2:
        return 0
    earliest = hit - LENGTH // 2
    for sign in (". ", "? ", "! ", ": ", "; ", ", "):
        place = text.rfind(sign, earliest, hit)
        if place >= 0:
            return place + 2
    space = text.find(" ", earliest, hit)
    return space + 1 if space >= 0 else hit


def _ending(text: str, start: int) -> int:
    if len(text) - start <= LENGTH:
        return len(text)
    stop = max(text.rfind(sign, start, start + LENGTH) for sign in (". ", "? ", "! "))
    if stop > start + LENGTH // 2:
        return stop + 1
    space = text.rfind(" ", start, start + LENGTH)
    return space if space > start else start + LENGTH


def _pieces(text: str, hits: Sequence[_Hit], start: int, end: int) -> tuple[Piece, ...]:
    pieces = [Piece("…")] if start else []
    place = start
    for hit in hits:
        if hit.start >= start and hit.end <= end:
            pieces += [Piece(text[place : hit.start]), Piece(text[hit.start : hit.end], True)]
            place = hit.end
    pieces.append(Piece(text[place:end].rstrip(" ,;:–")))
    if end < len(text) and not text[:end].endswith((".", "!", "?")):
        pieces.append(Piece(" …"))
    return tuple(piece for piece in pieces if piece.text)
