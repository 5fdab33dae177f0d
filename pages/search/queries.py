"""What is asked: the words of a question, with what means the same. Pure; every size is bounded."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from pages.search import stems

# Letters and words that are read of a question; a longer one is answered by its beginning.
LONGEST, MOST_WORDS, MOST_THINGS, MOST_PHRASES = 200, 30, 12, 3
# Ways to say a thing that are looked for, and words in one of them.
MOST_ALTERNATIVES, LONGEST_PHRASE = 12, 6

# How near all parts of a compound come to it, one of them, and what is meant by the last of them; and the
# words of a phrase that do not stand together.
_PARTS, _PART, _LAST, _APART = 0.7, 0.3, 0.7, 0.6

_QUOTED = re.compile('["«“”„»]([^"«“”„»]+)["«“”„»]')
_SPACES = re.compile(r"\s+")

Stems = tuple[str, ...]


@dataclass(frozen=True)
class Alternative:
    """One way to say what is looked for: all of these stems. `factor` is how near it comes, at most 1."""

    stems: Stems
    factor: float = 1.0


@dataclass(frozen=True)
class Group:
    """A thing that is looked for: `written` as it stands in the question, in any of `alternatives`.

    `certainty` is how sure it is that this is what was meant, at most 1.
    """

    written: str
    alternatives: tuple[Alternative, ...]
    certainty: float = 1.0


@dataclass(frozen=True)
class Question:
    """`text` as it is shown again, its words, and what is to stand word for word."""

    text: str
    words: tuple[str, ...]
    phrases: tuple[str, ...]


class Phrase(NamedTuple):
    """What is to stand word for word, and the stems that stand where it does."""

    text: str
    stems: Stems


class Meaning(NamedTuple):
    """Phrases of any language, and what is meant by each of them: also these phrases, which come as near
    as `nearness` says, at most 1."""

    said: Sequence[str]
    meant: Sequence[str]
    nearness: float = 1.0


@dataclass(frozen=True)
class Synonyms:
    """What else is meant by some stems in a row, and every word that any of it is written with."""

    meant: Mapping[Stems, tuple[Alternative, ...]] = field(default_factory=dict)
    forms: frozenset[str] = frozenset()


def read(text: str) -> Question:
    """Return the question that somebody has typed, whatever that is."""
    shown = _SPACES.sub(" ", "".join(c if c.isprintable() else " " for c in text[: LONGEST * 4]))
    shown = shown.strip()[:LONGEST].strip()
    phrases = [plain(found) for found in _QUOTED.findall(shown)]
    named = dict.fromkeys(phrase for phrase in phrases if phrase)
    return Question(shown, tuple(_forms(shown))[:MOST_WORDS], tuple(named)[:MOST_PHRASES])


def phrase(text: str, language: str) -> Phrase:
    """Return a phrase, which must be plain, with the stems that any text with it has."""
    return Phrase(text, stems.pairs(_stems_of(text, language)))


def plain(text: str) -> str:
    """Return the words of `text` with a space between, in which a phrase can be looked for."""
    return " ".join(stems.folded(found[0]) for found in stems.WRITTEN.finditer(text))


def _forms(text: str) -> Iterator[str]:
    for found in stems.WRITTEN.finditer(text):
        parts = [part for _place, part in stems.parts_of_hyphenated(found[0])]
        # «e-post» is one word, «HK-dir» is two.
        written = parts if all(len(part) > 1 for part in parts) else [found[0]]
        yield from filter(None, map(stems.folded, written))


def synonyms_of(meanings: Iterable[Meaning], language: str) -> Synonyms:
    """Return what is meant by the stems of each phrase, the nearest first."""
    found: dict[Stems, dict[Stems, float]] = {}
    forms: set[str] = set()
    for said, meant, nearness in meanings:
        forms.update(form for phrase in said for form in _weighty(_forms(phrase), language))
        others = dict.fromkeys(filter(None, (_stems_of(phrase, language) for phrase in meant)))
        for one in (key for phrase in said for key in _keys(tuple(_forms(phrase)), language)):
            known = found.setdefault(one, {})
            known |= {other: max(nearness, known.get(other, 0)) for other in others if other != one}
    return Synonyms(
        {
            one: tuple(
                Alternative(stems.pairs(other), nearness)
                for other, nearness in sorted(others.items(), key=lambda pair: (-pair[1], pair[0]))
            )
            for one, others in found.items()
        },
        frozenset(forms),
    )


def _weighty(forms: Iterable[str], language: str) -> list[str]:
    """Return those of the words that say something of what a text is about."""
    return [form for form in forms if not stems.is_weightless(form, language)]


def _stems_of(phrase: str, language: str) -> Stems:
    forms = _weighty(_forms(phrase), language)[:LONGEST_PHRASE]
    return tuple(stems.stem(form, language) for form in forms)


def _keys(forms: Sequence[str], language: str) -> list[Stems]:
    """Return by what a phrase is known: all its stems in a row, and those with weight if they are several.

    «aldri søkt» is more than «søkt», but «søke om penger» is «søke penger». A word without weight at the
    end belongs to what follows: «rektor vil se hvordan» is «rektor» and «se hvordan».
    """
    whole = tuple(stems.stem(form, language) for form in forms)
    weighty = tuple(stems.stem(form, language) for form in _weighty(forms, language))
    ends_well = bool(forms) and not stems.is_weightless(forms[-1], language)
    return list(dict.fromkeys([whole, weighty] if len(weighty) > 1 and ends_well else [whole]))


def groups_of(words: Sequence[str], language: str, synonyms: Synonyms) -> list[Group]:
    """Return the things that are looked for; the longest phrase that has synonyms is one of them."""
    found: dict[str, Group] = {}
    place = 0
    while place < len(words) and len(found) < MOST_THINGS:
        length, others = _longest_known(words[place:], language, synonyms)
        written = tuple(words[place : place + length])
        weighty = tuple(_weighty(written, language))
        if weighty or others:
            group = _group(written, weighty, others, language, synonyms)
            found.setdefault(group.written, group)
        place += length
    return list(found.values())


def _longest_known(
    words: Sequence[str], language: str, synonyms: Synonyms
) -> tuple[int, Sequence[Alternative]]:
    """Return how many words from the first on mean something else together, and what; one, if none do.

    A word without weight means nothing by itself, though its stem be that of one that does.
    """
    for length in range(min(LONGEST_PHRASE, len(words)), 0, -1):
        if length == 1 and stems.is_weightless(words[0], language):
            break
        for key in _keys(words[:length], language):
            if key in synonyms.meant:
                return length, synonyms.meant[key]
    return 1, ()


def _group(
    written: Stems,
    weighty: Stems,
    others: Sequence[Alternative],
    language: str,
    synonyms: Synonyms,
) -> Group:
    asked = tuple(stems.stem(form, language) for form in weighty)
    own = [Alternative(stems.pairs(asked))] if asked else []
    if len(asked) > 1:
        own.append(Alternative(asked, _APART))
    parts = stems.parts(weighty[0], language) if len(written) == 1 else ()
    if parts:
        own.append(Alternative(parts, _PARTS))
        own += [Alternative((part,), _PART) for part in parts]
    others = others or list(_meant_by_the_last(parts, synonyms))
    return merged(Group(" ".join(written), (*own, *others)))


def _meant_by_the_last(parts: Stems, synonyms: Synonyms) -> Iterable[Alternative]:
    """Return what is meant by the last part of a compound: a skoleklasse is a klasse."""
    meant = synonyms.meant.get(parts[-1:], ()) if parts else ()
    return (replace(one, factor=one.factor * _LAST) for one in meant)


def merged(group: Group) -> Group:
    """Return the group with each alternative once, the nearest of them first."""
    best: dict[Stems, float] = {}
    for alternative in group.alternatives:
        key = tuple(dict.fromkeys(alternative.stems))
        best[key] = max(alternative.factor, best.get(key, 0))
    kept = [Alternative(key, factor) for key, factor in best.items()][:MOST_ALTERNATIVES]
    return replace(group, alternatives=tuple(kept))
