"""Marks in the running text of a finished page. Pure: what is marked, and how, others say."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

# Where a mark with a button in it would be no valid HTML, or would disturb.
SPARED = frozenset(
    {
        *("a", "button", "label", "summary", "select", "textarea", "option"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "nav", "aside", "figure", "dt", "th", "caption"),
        *("code", "pre", "kbd", "samp", "abbr", "dfn", "script", "style", "template", "svg"),
    }
)
_VOID = frozenset({"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})

_PIECE = re.compile(
    r"""<!--.*?-->|<(?P<end>/?)(?P<name>[a-z][^\s/>]*)(?P<more>(?:[^"'>]|"[^"]*"|'[^']*')*)>|[^<]+|<""",
    re.IGNORECASE | re.DOTALL,
)
_CLASS = re.compile(r'\sclass="([^"]*)"')
_OPENS = re.compile(r"\spopover(?=[\s=]|$)")


class Places(NamedTuple):
    """Where in a page is marked: in elements of the classes `shown`, but not in the elements `spared`."""

    shown: frozenset[str]
    spared: frozenset[str] = SPARED


def mark(html: str, places: Places, marked: Callable[[str], Iterable[str]]) -> str:
    """Return `html` with each text in `places` as `marked` gives it back, in pieces.

    A text is what stands between two tags, entities and all.
    """
    return "".join(_Walk(places).pieces(html, marked))


class _Walk:
    """One way through a page: which elements are open."""

    def __init__(self, places: Places):
        self.places = places
        self.open: list[tuple[str, bool, bool]] = []
        self.shown = self.spared = 0

    def pieces(self, html: str, marked: Callable[[str], Iterable[str]]) -> Iterator[str]:
        for piece in _PIECE.finditer(html):
            if piece["name"]:
                self._pass(piece["name"].lower(), bool(piece["end"]), piece["more"])
            elif self.shown and not self.spared and not piece[0].startswith("<"):
                yield from marked(piece[0])
                continue
            yield piece[0]

    def _pass(self, name: str, is_end: bool, more: str) -> None:
        if name in _VOID or more.endswith("/"):
            return
        if not is_end:
            classes = _CLASS.search(more)
            shows = classes is not None and not self.places.shown.isdisjoint(classes[1].split())
            self._open(name, shows, name in self.places.spared or bool(_OPENS.search(more)))
        elif any(name == other for other, _shows, _spares in self.open):
            while self._close() != name:
                pass

    def _open(self, name: str, shows: bool, spares: bool) -> None:
        self.open.append((name, shows, spares))
        self.shown += shows
        self.spared += spares

    def _close(self) -> str:
        name, shows, spares = self.open.pop()
        self.shown -= shows
        self.spared -= spares
        return name
