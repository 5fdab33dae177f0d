"""Words with a definition, and finding the first use of each in a finished page. Pure."""

import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pages import marking
from pages.inflections import adjective_forms, noun_forms

# Enough to help with a page; more of them would disturb who reads it.
MOST = 8
# What the id of a definition on a page begins with.
ANCHOR = "def-"
PLACES = marking.Places(frozenset({"prose", "lead"}), marking.SPARED | {"dl"})
# A longer phrase is no word that one looks up.
_LONGEST = 8

# An entity is passed by as a whole: «nbsp» is no word of the text.
_TOKEN = re.compile(r"&#?\w+;|\w+(?:[-+’']+\w+)*\+?")
_SPACE = re.compile(r"(?:\s|&nbsp;|&#160;)+")
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
    `about` a record. Those that are explained already count.
    """
    if not known:
        return html
    words = _Words(known, made, about, set(_OPENED.findall(html)))
    return marking.mark(html, PLACES, words.pieces)


@dataclass
class _Words:
    """What is explained on a page, up to where it has been read."""

    known: Definitions
    made: Callable[[Definition, str], str]
    about: str
    explained: set[str]

    def pieces(self, text: str) -> Iterator[str]:
        """Yield `text` whole, with its marks."""
        if len(self.explained) >= MOST:
            yield text
            return
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
