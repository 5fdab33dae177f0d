"""What a visitor plans for: a deadline, a measure of its call, and a place with school holidays."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Prefetch

from programmes.models import Deadline, Measure, SchoolArea
from programmes.tools.deadlines.board import following

DEADLINE, MEASURE, PLACE = "frist", "tiltak", "sted"
# More are never open at once.
MOST = 60


@dataclass
class Choice:
    """What was asked for, as far as there is such a thing.

    `passed` is a deadline that was asked for and is over, in whose place the next was put. `is_unknown`
    tells that something asked for is not there, `is_misfit` that the measure is not of the call.
    """

    deadlines: list[Deadline]
    areas: list[SchoolArea]
    deadline: Deadline | None = None
    measure: Measure | None = None
    area: SchoolArea | None = None
    passed: Deadline | None = None
    is_unknown: bool = False
    is_misfit: bool = False
    measures: list[Measure] = field(default_factory=list)

    @property
    def query(self) -> dict[str, str]:
        """The parameters of an address that leads to the same plan."""
        chosen = {DEADLINE: self.deadline, MEASURE: self.measure, PLACE: self.area}
        return {name: key_of(row) for name, row in chosen.items() if row is not None}


def choose(asked: dict[str, str], now: datetime) -> Choice:
    """Find what the words of an address stand for."""
    choice = Choice(_open_at(now), list(SchoolArea.objects.all()))
    _find_deadline(choice, asked.get(DEADLINE, ""))
    _find_measure(choice, asked.get(MEASURE, ""))
    choice.area = _named(choice.areas, asked.get(PLACE, ""))
    choice.is_unknown |= bool(asked.get(PLACE) and choice.area is None)
    return choice


def key_of(row) -> str:
    """Return what an address calls a row: its code, and the number of one that has none."""
    is_deadline = isinstance(row, Deadline)
    return str(row.pk) if is_deadline or not row.code else row.code


def _open_at(now: datetime) -> list[Deadline]:
    measures = Measure.objects.published().in_language().for_list().select_related("action")
    shown = Prefetch("call__measures", measures, to_attr="shown_measures")
    return list(Deadline.objects.upcoming(now).with_call().prefetch_related(shown)[:MOST])


def _find_deadline(choice: Choice, asked: str) -> None:
    if not asked:
        return
    choice.deadline = _named(choice.deadlines, asked)
    if choice.deadline is None:
        choice.passed = _stored(asked)
        choice.deadline = choice.passed and following(choice.passed, choice.deadlines)
        choice.is_unknown = choice.passed is None


def _stored(asked: str) -> Deadline | None:
    if not (asked.isascii() and asked.isdigit() and len(asked) < 10):
        return None
    return Deadline.objects.with_call().filter(pk=int(asked)).first()


def _find_measure(choice: Choice, asked: str) -> None:
    every = _each(m for deadline in choice.deadlines for m in deadline.call.shown_measures)
    found = _named(every, asked)
    choice.is_unknown |= bool(asked and found is None)
    if choice.deadline is None and found is not None:
        choice.deadline = next(d for d in choice.deadlines if found in d.call.shown_measures)
    if choice.deadline is None:
        choice.measures = every
        return
    choice.measures = _each(choice.deadline.call.shown_measures)
    choice.measure = found if found in choice.measures else None
    choice.is_misfit = found is not None and choice.measure is None


def _each(rows: Iterable[Measure]) -> list[Measure]:
    found = {row.pk: row for row in rows}
    return sorted(found.values(), key=lambda m: (m.action.position, m.position, m.pk))


def _named(rows: Sequence, asked: str):
    return next((row for row in rows if asked and key_of(row) == asked), None)
