"""Figures in a finished page, the first mention of each with its source beside it. Pure."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import count
from typing import Any

from pages import marking

# What the id of a figure's source on a page begins with.
ANCHOR = "fig-"
PLACES = marking.Places(frozenset({"prose", "lead", "fact"}))

# Finds in plain text where a figure stands that has not been told of, and its sources.
Finder = Callable[[str], Iterable[tuple[int, int, Sequence[Any]]]]
# Makes a mark of the figure as it stands in the text, its sources and its id.
Maker = Callable[[str, Sequence[Any], str], str]


def mark(html: str, found: Finder, made: Maker) -> str:
    """Return `html` with the first mention of each figure as `made` makes it. A page is marked once."""
    if f' id="{ANCHOR}' in html:
        return html
    numbers = count(1)

    def marked(text: str) -> Iterator[str]:
        # As long as in plain text, so that places are the same.
        text, end = text.replace("&nbsp;", "\xa0"), 0
        for start, stop, sources in found(text):
            yield text[end:start]
            yield made(text[start:stop], sources, f"{ANCHOR}{next(numbers)}")
            end = stop
        yield text[end:]

    return marking.mark(html, PLACES, marked)
