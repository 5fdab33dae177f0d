"""Words with a definition, and finding the first use of each in a finished page. Pure.

Marked is what stands in elements of the classes `SHOWN`, but not in those of `SPARED`. What is marked
already is left as it is, so that marking twice gives the same as marking once.
"""

import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pages.inflections import adjective_forms, noun_forms

# Enough to help with a page; more of them would disturb who reads it.
MOST = 8
# What the id of a definition on a page begins with.
ANCHOR = "def-"
SHOWN = frozenset({"prose", "lead"})
SPARED = frozenset(
    {
        *("a", "button", "label", "summary", "select", "textarea", "option"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "nav", "aside", "figure", "dl", "th", "caption"),
        *("code", "pre", "kbd", "samp", "abbr", "dfn", "script", "style", "template", "svg"),
    }
)
_VOID = frozenset({"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})
# A longer phrase is no word that one looks up.
_LONGEST = 8

_PIECE = re.compile(
    r"""<!--.*?-->|<(?P<end>/?)(?P<name>[a-z][^\s/>]*)(?P<more>(?:[^"'>]|"[^"]*"|'[^']*')*)>|[^<]+|<""",
    re.IGNORECASE | re.DOTALL,
)
# An entity is passed by as a whole: «nbsp» is no word of the text.
_TOKEN = re.compile(r"&#?\w+;|\w+(?:[-+’']+\w+)*\+?")
_SPACE = re.compile(r"(?:\s|&nbsp;|&#160;)+")
_CLASS = re.compile(r'\sclass="([^"]*)"')
_OPENED = re.compile(rf'\sid="{ANCHOR}([^"]*)"')
_ASIDE = re.compile(r"\s*\([^)]*\)")


@dataclass(frozen=True)
class Definition:
    """What a word means, in one language. `names` are what texts call it, besides its title.

    `former` are names that it had before. `about` tells the record whose page is about the thing itself
    and needs no explanation of it.
    """

    code: str
    title: str
    text: str
    url: str
    names: tuple[str, ...] = ()
    former: tuple[str, ...] = ()
    about: str = ""

    @property
    def anchor(self) -> str:
        return f"{ANCHOR}{self.code}"


class _Phrase(NamedTuple):
    """A name as it may stand in a text: for each of its words the forms that it takes."""

    forms: tuple[frozenset[str], ...]
    definition: Definition


class Definitions:
    """All definitions of a language, ready to be looked up word by word."""

    def __init__(self, found: Iterable[Definition], language: str):
        known = list(found)
        self._by_first: dict[str, list[_Phrase]] = {}
        # A word is explained by what it is the title of, before what else is called so or once was.
        for names in (_titles, _names, _former):
            for definition in known:
                for name in names(definition):
                    self._add(name, definition, language)
        for phrases in self._by_first.values():
            phrases.sort(key=_length)

    def _add(self, name: str, definition: Definition, language: str) -> None:
        *before, last = _words(_ASIDE.sub("", name)) or [""]
        if not last or len(before) >= _LONGEST:
            return
        forms = [adjective_forms(word, language) for word in before] + [noun_forms(last, language)]
        phrase = _Phrase(tuple(map(frozenset, forms)), definition)
        for first in phrase.forms[0]:
            self._by_first.setdefault(first, []).append(phrase)

    def at(self, place: int, words: Sequence[str]) -> Iterator[tuple[Definition, int]]:
        """Yield what may begin at `place`, and of how many of `words` it is, the longest first."""
        word = words[place]
        beginning = self._by_first.get(word, [])
        if word.lower() != word:
            beginning = [*beginning, *self._by_first.get(word.lower(), [])]
            beginning.sort(key=_length)
        for forms, definition in beginning:
            following = words[place : place + len(forms)]
            if len(following) == len(forms) and all(map(_is_form, following, forms)):
                yield definition, len(forms)

    def __bool__(self):
        return bool(self._by_first)


def mark(
    html: str, known: Definitions, made: Callable[[Definition, str], str], about: str = ""
) -> str:
    """Return `html` with the first use of each of the words that it has as `made` makes it.

    `made` gets the definition and the words as they stand in the text, entities and all. The page is
    `about` a record.
    """
    return "".join(_Marking(known, made, about).pieces(html)) if known else html


class _Marking:
    """One way through a page: which elements are open, and what has been explained already."""

    def __init__(self, known: Definitions, made: Callable[[Definition, str], str], about: str):
        self.known, self.made, self.about = known, made, about
        self.open: list[tuple[str, bool, bool]] = []
        self.shown = self.spared = 0
        self.explained: set[str] = set()

    def pieces(self, html: str) -> Iterator[str]:
        # Those that are there already count from the beginning.
        self.explained.update(_OPENED.findall(html))
        for piece in _PIECE.finditer(html):
            if piece["name"]:
                self._pass(piece["name"].lower(), bool(piece["end"]), piece["more"])
            elif self._is_read(piece[0]):
                yield from self._text(piece[0])
                continue
            yield piece[0]

    def _is_read(self, text: str) -> bool:
        is_open = self.shown and not self.spared and len(self.explained) < MOST
        return bool(is_open) and not text.startswith("<")

    def _pass(self, name: str, is_end: bool, more: str) -> None:
        if name in _VOID or more.endswith("/"):
            return
        if not is_end:
            classes = _CLASS.search(more)
            shows = classes is not None and not SHOWN.isdisjoint(classes[1].split())
            self._open(name, shows, name in SPARED or " popover" in more)
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

    def _text(self, text: str) -> Iterator[str]:
        tokens = [token for token in _TOKEN.finditer(text) if not token[0].startswith("&")]
        words = [token[0] for token in tokens]
        place = end = 0
        while place < len(tokens) and len(self.explained) < MOST:
            named = (
                (definition, place + number)
                for definition, number in self.known.at(place, words)
                if _is_joined(text, tokens[place : place + number])
            )
            definition, after = next(named, (None, place + 1))
            if definition is not None and self._is_new(definition):
                self.explained.add(definition.code)
                start, stop = tokens[place].start(), tokens[after - 1].end()
                yield text[end:start]
                yield self.made(definition, text[start:stop])
                end = stop
            place = after
        yield text[end:]

    def _is_new(self, definition: Definition) -> bool:
        is_subject = bool(self.about) and definition.about == self.about
        return not is_subject and definition.code not in self.explained


def _titles(definition: Definition) -> tuple[str, ...]:
    return (definition.title,)


def _names(definition: Definition) -> tuple[str, ...]:
    return definition.names


def _former(definition: Definition) -> tuple[str, ...]:
    return definition.former


def _words(name: str) -> list[str]:
    return [token[0] for token in _TOKEN.finditer(name)]


def _length(phrase: _Phrase) -> int:
    return -len(phrase.forms)


def _is_form(word: str, forms: frozenset[str]) -> bool:
    return word in forms or word.lower() in forms


def _is_joined(text: str, tokens: Sequence[re.Match]) -> bool:
    """Whether nothing but space stands between the words."""
    return all(
        _SPACE.fullmatch(text, one.end(), other.start())
        for one, other in itertools.pairwise(tokens)
    )
