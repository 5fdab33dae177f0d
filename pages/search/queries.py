"""What is asked: the words of a question, with what means the same. Pure; every size is bounded."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pages.search import stems

# Letters and words that are read of a question; a longer one is answered by its beginning.
LONGEST, MOST_WORDS, MOST_PHRASES = 200, 12, 3
# Ways to say a thing that are looked for, and words in one of them.
MOST_ALTERNATIVES, LONGEST_PHRASE = 12, 5

_QUOTED = re.compile("[\"«“”„»]([^\"«“”„»]+)[\"«“”„»]")
_SPACES = re.compile(r"\s+")

Stems = tuple[str, ...]


@dataclass(frozen=True)
class Alternative:
    """One way to say what is looked for: all of these stems. `factor` is how near it comes, at most 1."""

    stems: Stems
    factor: float = 1.0


@dataclass(frozen=True)
class Group:
    """A thing that is looked for: `written` as it stands in the question, in any of `alternatives`."""

    written: str
    alternatives: tuple[Alternative, ...]


@dataclass(frozen=True)
class Question:
    """`text` as it is shown again, its words with weight, and what is to stand word for word."""

    text: str
    words: tuple[str, ...]
    phrases: tuple[str, ...]


Synonyms = Mapping[Stems, tuple[Alternative, ...]]


def read(text: str, language: str) -> Question:
    """Return the question that somebody has typed, whatever that is."""
    shown = _SPACES.sub(" ", "".join(c if c.isprintable() else " " for c in text[: LONGEST * 4]))
    shown = shown.strip()[:LONGEST].strip()
    weighty = _weighty(shown, language)
    phrases = [plain(found) for found in _QUOTED.findall(shown)]
    named = dict.fromkeys(phrase for phrase in phrases if phrase)
    return Question(
        shown, tuple(dict.fromkeys(weighty))[:MOST_WORDS], tuple(named)[:MOST_PHRASES]
    )


def plain(text: str) -> str:
    """Return the words of `text` with a space between, in which a phrase can be looked for."""
    return " ".join(stems.folded(found[0]) for found in stems.WRITTEN.finditer(text))


def _weighty(text: str, language: str) -> list[str]:
    """Return the words of `text` that say something. One with hyphens is the words that it is made of."""
    return [form for form in _forms(text) if not stems.is_weightless(form, language)]


def _forms(text: str) -> Iterator[str]:
    for found in stems.WRITTEN.finditer(text):
        parts = [part for _place, part in stems.parts_of_hyphenated(found[0])]
        # «e-post» is one word, «HK-dir» is two.
        written = parts if all(len(part) > 1 for part in parts) else [found[0]]
        yield from filter(None, map(stems.folded, written))


def synonyms_of(same: Iterable[tuple[Sequence[str], float]], language: str) -> Synonyms:
    """Return for the stems of each phrase those of all that mean the same, and how nearly.

    `same` are phrases of any language that mean the same, each with how nearly they do.
    """
    found: dict[Stems, dict[Stems, float]] = {}
    for phrases, factor in same:
        known = dict.fromkeys(filter(None, (_stems_of(phrase, language) for phrase in phrases)))
        for one in known:
            others = found.setdefault(one, {})
            for other in known:
                if other != one:
                    others[other] = max(factor, others.get(other, 0))
    return {
        one: tuple(
            Alternative(other, factor)
            for other, factor in sorted(others.items(), key=lambda pair: (-pair[1], pair[0]))
        )
        for one, others in found.items()
    }


def _stems_of(phrase: str, language: str) -> Stems:
    forms = _weighty(phrase, language)[:LONGEST_PHRASE]
    return tuple(stems.stem(form, language) for form in forms)


def groups_of(words: Sequence[str], language: str, synonyms: Synonyms) -> list[Group]:
    """Return the things that are looked for; the longest phrase that has synonyms is one of them."""
    found, place = [], 0
    asked = [stems.stem(word, language) for word in words]
    while place < len(words):
        length = _longest_known(asked[place:], synonyms)
        written = tuple(words[place : place + length])
        found.append(_group(written, tuple(asked[place : place + length]), language, synonyms))
        place += length
    return found


def _longest_known(asked: Sequence[str], synonyms: Synonyms) -> int:
    lengths = range(min(LONGEST_PHRASE, len(asked)), 1, -1)
    return next((length for length in lengths if tuple(asked[:length]) in synonyms), 1)


def _group(written: Stems, asked: Stems, language: str, synonyms: Synonyms) -> Group:
    own = [Alternative(asked)]
    parts = stems.parts(written[0], language) if len(written) == 1 else ()
    if parts:
        own.append(Alternative(parts, 0.7))
    others = synonyms.get(asked, ())
    return merged(Group(" ".join(written), (*own, *others)))


def merged(group: Group) -> Group:
    """Return the group with each alternative once, the nearest of them first."""
    best: dict[Stems, float] = {}
    for alternative in group.alternatives:
        key = tuple(dict.fromkeys(alternative.stems))
        best[key] = max(alternative.factor, best.get(key, 0))
    kept = [Alternative(key, factor) for key, factor in best.items()][:MOST_ALTERNATIVES]
    return replace(group, alternatives=tuple(kept))
