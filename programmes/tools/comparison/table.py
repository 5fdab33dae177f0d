"""The comparison as a table: a row for each thing that measures differ in, a column for each measure."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import cast

from django.db import models
from django.utils.translation import gettext as _

from programmes.models import Measure, Purpose
from programmes.tools.comparison.choosing import query_of
from programmes.tools.deadlines.dates import When
from programmes.tools.phrasing import listed


@dataclass(frozen=True)
class Link:
    title: str
    url: str


@dataclass(frozen=True)
class Cell:
    """What a measure has to say to a row: words, links, or when something is; nothing where all are empty."""

    text: str = ""
    links: list[Link] = field(default_factory=list)
    when: When | None = None

    def __bool__(self) -> bool:
        return bool(self.text or self.links or self.when)


@dataclass(frozen=True)
class Row:
    label: str
    cells: list[Cell]


@dataclass(frozen=True)
class Column:
    """A measure, and what it says to each row; the page is at `without` when it is taken away."""

    measure: Measure
    without: str
    cells: list[tuple[str, Cell]]


@dataclass(frozen=True)
class Table:
    rows: list[Row]
    columns: list[Column]


def table(measures: list[Measure]) -> Table:
    """Return the table of those rows in which at least one of the measures has something to say."""
    made = (Row(label, [cell(measure) for measure in measures]) for label, cell in _kinds())
    rows = [row for row in made if any(row.cells)]
    keys = [measure.key for measure in measures]
    columns = [
        Column(
            measure,
            query_of(key for key in keys if key != measure.key),
            [(row.label, row.cells[place]) for row in rows],
        )
        for place, measure in enumerate(measures)
    ]
    return Table(rows, columns)


def _kinds() -> list[tuple[str, Callable[[Measure], Cell]]]:
    return [
        (_("For whom?"), lambda measure: _listed(measure.for_whom)),
        _fact("who_can_apply"),
        (_("For what?"), lambda measure: _listed(Purpose.told(measure.purpose_rows))),
        _fact("size"),
        _fact("duration"),
        _fact("grant"),
        _fact("partners"),
        _fact("destinations"),
        (_("How do you apply?"), _how_to_apply),
        (_("Next deadline"), _deadline),
        _fact("workload"),
        _fact("managed_by"),
        (_("Programme period"), _past_period),
    ]


def _fact(name: str) -> tuple[str, Callable[[Measure], Cell]]:
    label = cast(models.Field, Measure._meta.get_field(name)).verbose_name
    return str(label), lambda measure: Cell(getattr(measure, name))


def _listed(facets) -> Cell:
    return Cell(listed(facet.title for facet in facets))


def _deadline(measure: Measure) -> Cell:
    if measure.period.is_past:
        return Cell()
    when = measure.next_deadline
    return Cell(when=when) if when else Cell(_("Not known yet."))


def _past_period(measure: Measure) -> Cell:
    """What holds today goes without saying."""
    return Cell(str(measure.period) if measure.period.is_past else "")


def _how_to_apply(measure: Measure) -> Cell:
    """The code of its form, or what it is applied for through; then the way to the guidance."""
    ways = [Link(way.title, way.get_absolute_url()) for way in measure.ways_in.all()]
    text = _("Through one of these:") if ways and not measure.form_code else measure.form_code
    guidance = Link(_("How to apply, step by step"), f"{measure.get_absolute_url()}#how-to-apply")
    return Cell(text, [*ways, guidance] if measure.how_to_apply else ways)
