"""What source each figure on a page has, and which have none."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models
from modeltranslation.translator import translator

from pages import passages
from pages.models import Publishable, Translated
from pages.prose import ProseField
from programmes.figures import Figure, figures_in, mentions
from programmes.models import Call, Deadline, RateSet, Source

# What these lead to is the whole that a row is read in, whose sources are its own too.
WHOLES = ("page", "call", "deadline", "rate_set")
NOT_READ = {"slug", "path"}
# The fields of rates and distance bands that hold euro.
AMOUNTS = ("amount", "lowest", "standard", "green")


@dataclass(frozen=True)
class Statement:
    """A figure that a record states, and the field where it stands."""

    record: Translated
    field: str
    figure: Figure

    def __str__(self):
        kind = self.record._meta.verbose_name
        return f"{kind} «{self.record}», {self.field}: {self.figure.text}"


def unbacked() -> Iterator[Statement]:
    """Yield each figure that visitors read, in any language, and no source of its page names."""
    for model in apps.get_models():
        if issubclass(model, Translated):
            for record in _seen(model):
                yield from unbacked_of(record)


def unbacked_of(record: Translated) -> Iterator[Statement]:
    """Yield each figure of one record that none of its sources names."""
    stated = list(statements_of(record))
    named = figures_of(sources_of(record)) if stated else set()
    for statement in stated:
        if not statement.figure.is_named_by(named):
            yield statement


def statements_of(record: Translated) -> Iterator[Statement]:
    """Yield the figures that a record states: in its texts, as the day of a deadline, as a rate."""
    for name in translator.get_options_for_model(type(record)).all_fields:
        for code, _language in settings.LANGUAGES if name not in NOT_READ else ():
            for figure in figures_in(_plain(record, name, code), code):
                yield Statement(record, f"{name}_{code}", figure)
    if isinstance(record, Deadline) and record.day:
        yield Statement(record, "day", _figure_of(record.day))
    for name in AMOUNTS:
        if amount := getattr(record, name, None):
            yield Statement(record, name, Figure("euro", (float(amount),), f"{amount} euro"))


def sources_of(record: Any) -> list[Source]:
    """Return the sources that stand where a record is read."""
    found = _own_sources(record)
    if isinstance(record, RateSet):
        found += [row.provenance for rows in (record.rates, record.bands) for row in rows.all()]
    if isinstance(record, Call):
        found += [deadline.source for deadline in record.deadlines.all()]
    for name in WHOLES:
        if whole := getattr(record, name, None):
            # A deadline is not backed by what its call's other deadlines are backed by.
            found += _own_sources(whole) if isinstance(whole, Call) else sources_of(whole)
    return found


def _own_sources(record: Any) -> list[Source]:
    listed = list(record.sources.all()) if hasattr(record, "sources") else []
    return [*listed, *filter(None, [getattr(record, "source", None)])]


def figures_of(sources: Iterable[Source]) -> set[Figure]:
    """Return the figures that sources name, and the days when somebody last read them."""
    named = {figure for source in sources for figure in _named(source.figures)}
    return named | {_figure_of(source.checked_on) for source in sources}


class Origins:
    """Where the figures of a page are from. Reads its texts one after the other, and tells of each figure once.

    Not of a year alone: a text says it of what nobody knows yet, too.
    """

    def __init__(self, sources: Iterable[Source], language: str):
        newest = sorted(sources, key=lambda source: (-source.year, source.is_secondary))
        self._named = [(source, _named(source.figures)) for source in newest]
        self._language = language
        self._told: set[Figure] = set()

    def first_mentions(self, text: str) -> Iterator[tuple[int, int, list[Source]]]:
        """Yield where a text mentions figures that no text before did, and the sources that name them."""
        end = 0
        for start, stop, figures in mentions(text, self._language):
            sources = self._naming(figures) if start >= end and self._is_news(figures) else []
            if sources:
                self._told.update(figures)
                yield start, stop, sources
                end = stop

    def _is_news(self, figures: tuple[Figure, ...]) -> bool:
        is_told = all(figure.is_named_by(self._told) for figure in figures)
        return not is_told and not any(figure.is_year for figure in figures)

    def _naming(self, figures: tuple[Figure, ...]) -> list[Source]:
        """Return the sources that name all of the figures."""
        return [
            source
            for source, named in self._named
            if all(figure.is_named_by(named) for figure in figures)
        ]


@lru_cache(maxsize=1_000)
def _named(figures: str) -> frozenset[Figure]:
    return frozenset(figures_in(figures))


def _figure_of(day: date) -> Figure:
    return Figure("date", (day.day, day.month, day.year), str(day))


def _seen(model: type[models.Model]) -> models.QuerySet:
    rows: Any = model._default_manager
    return rows.published() if issubclass(model, Publishable) else rows.all()


def _plain(record: Translated, name: str, language: str) -> str:
    text = record.translated(name, language)
    if not isinstance(record._meta.get_field(name), ProseField):
        return text
    return " . ".join(passages.split(text).texts)
