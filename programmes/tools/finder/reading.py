"""What the finder knows: today's measures, and the answers to its questions."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet, Value

from programmes.models import Audience, Experience, Measure, Purpose
from programmes.tools.finder.matching import BEFORE, QUESTIONS, WHAT, WHO, Candidate

# Measures that are read at most; no programme has a fifth of that.
MOST = 200
# What a question's answers are, and a measure's relation to them.
FACETS = {
    WHO: (Audience, Measure.audiences.through, "audience_id"),
    WHAT: (Purpose, Measure.purposes.through, "purpose_id"),
    BEFORE: (Experience, Measure.experiences.through, "experience_id"),
}
_WAY_IN = "way in"


@dataclass(frozen=True)
class Known:
    """`measures` and `candidates` are in one order; `options` are each question's titles by their keys."""

    measures: list[Measure]
    candidates: list[Candidate]
    options: dict[str, dict[str, str]]


def known() -> Known:
    """Read all in three queries, however many measures there are."""
    measures = list(Measure.objects.today().with_next_deadline()[:MOST])
    rows = sorted(_options(), key=lambda row: row[-1])
    keys = {(question, pk): code or str(pk) for question, pk, code, _title, _position in rows}
    options: dict[str, dict[str, str]] = {question: {} for question in QUESTIONS}
    for question, pk, _code, title, _position in rows:
        if title:
            options[question][keys[question, pk]] = title
    return Known(measures, _candidates(measures, keys), options)


def _options() -> QuerySet:
    first, *others = (
        facet._default_manager.order_by()
        .annotate(question=Value(question))
        .values_list("question", "pk", "code", "title", "position")
        for question, (facet, _links, _column) in FACETS.items()
    )
    return first.union(*others, all=True)


def _candidates(measures: list[Measure], keys: dict[tuple[str, int], str]) -> list[Candidate]:
    named = {measure.pk: measure.key for measure in measures}
    takes: dict[int, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    ways: dict[int, set[str]] = defaultdict(set)
    for question, measure, to in _links(list(named)):
        if question == _WAY_IN:
            ways[measure] |= {named[to]} if to in named else set()
        else:
            takes[measure][question].add(keys[question, to])
    return [
        Candidate(
            key,
            {question: frozenset(found) for question, found in takes[pk].items()},
            frozenset(ways[pk]),
        )
        for pk, key in named.items()
    ]


def _links(measures: list[int]) -> QuerySet:
    """All that leads from a measure to an answer or to a way in: a row each of kind, from and to."""
    ways: Any = Measure.ways_in.through
    first = ways.objects.filter(from_measure__in=measures).annotate(
        kind=Value(_WAY_IN), source=F("from_measure_id"), target=F("to_measure_id")
    )
    others = (
        links._default_manager.filter(measure__in=measures).annotate(
            kind=Value(question), source=F("measure_id"), target=F(column)
        )
        for question, (_facet, links, column) in FACETS.items()
    )
    shown = ("kind", "source", "target")
    return first.values_list(*shown).union(*(rows.values_list(*shown) for rows in others), all=True)
