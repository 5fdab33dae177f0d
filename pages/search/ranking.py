"""The order of the answers. Pure, and the same whatever database they come from."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pages.search import stems
from pages.search.queries import Group
from pages.search.weights import WHOLE

# How much what is not found takes away: the share of the question that is found, to this power.
_COVERAGE = 0.7
# A word that is found with this much of the whole is found wholly; one that is only mentioned is so in part.
_WHOLLY = 0.3
# What a title that says just what was asked for adds.
_TITLE = 0.5
# What is less than this share of the best answer is no answer.
_LEAST = 0.12


@dataclass(frozen=True)
class Candidate:
    """What may be an answer: weights of those of its stems that are looked for; its title's, with a space
    between; and what it is worth in per cent."""

    key: int
    weights: Mapping[str, int]
    title: str
    worth: int


@dataclass(frozen=True)
class Asked:
    """A thing that is looked for, and how much finding it tells."""

    group: Group
    rarity: float


def rarity(texts: int, all_texts: int) -> float:
    """Return how much a word tells that stands in `texts` of `all_texts`."""
    return math.log(1 + (all_texts + 1) / (texts + 1))


def stems_of(asked: Iterable[Asked]) -> set[str]:
    """Return every stem that is looked for."""
    return {s for one in asked for a in one.group.alternatives for s in a.stems}


def ranked(asked: Sequence[Asked], candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return what answers, best first. Of two as good the one with the lower key comes first."""
    whole = sum(one.rarity for one in asked)
    scored = [(round(_score(asked, whole, c), 6), c) for c in candidates]
    best = max((value for value, _candidate in scored), default=0.0)
    kept = [pair for pair in scored if pair[0] > best * _LEAST]
    return [c for _value, c in sorted(kept, key=lambda pair: (-pair[0], pair[1].key))]


def _score(asked: Sequence[Asked], whole: float, candidate: Candidate) -> float:
    found = told = 0.0
    matched: list[str] = []
    for one in asked:
        value, by = _best(one.group, candidate)
        if value:
            found += one.rarity * value
            told += one.rarity * min(1.0, value / _WHOLLY)
            matched += by
    if not found:
        return 0.0
    title = set(candidate.title.split())
    in_title = title.intersection(single for stem in matched for single in stems.singles(stem))
    share = len(in_title) / len(title) if title else 0.0
    coverage = (told / whole) ** _COVERAGE
    return found * coverage * (1 + _TITLE * share * share) * candidate.worth / 100


def _best(group: Group, candidate: Candidate) -> tuple[float, tuple[str, ...]]:
    best: float = 0.0
    matched: tuple[str, ...] = ()
    weight_of = candidate.weights.get
    for alternative in group.alternatives:
        wanted = alternative.stems
        # Most are one word, few of them are found, and this is done for each of hundreds of candidates.
        weight = weight_of(wanted[0])
        if weight is None:
            continue
        if len(wanted) > 1:
            weight = min(weight_of(stem, 0) for stem in wanted)
        value = alternative.factor * weight / WHOLE
        if value > best:
            best, matched = value, wanted
    return best, matched
