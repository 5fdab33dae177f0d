"""Many deadlines in order: what comes next, what has passed, what each month has brought. Pure."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, Protocol, TypeVar

from programmes.tools.deadlines.dates import When


class Dated(Protocol):
    """What the board puts in order: it has a `when`, and a `series` that comes back each year."""

    @property
    def when(self) -> When: ...
    @property
    def series(self) -> Hashable: ...


D = TypeVar("D", bound=Dated)


@dataclass(frozen=True)
class Passed(Generic[D]):
    """One that has passed. Of the last of its series, also the next as far as it is known."""

    deadline: D
    is_last: bool
    following: D | None


@dataclass(frozen=True)
class Board(Generic[D]):
    """`upcoming` from the first on, `passed` from the last on."""

    upcoming: list[D]
    passed: list[Passed[D]]

    @property
    def next(self) -> D | None:
        """The first that is not cancelled."""
        return next((one for one in self.upcoming if not one.when.is_cancelled), None)


def board(deadlines: Iterable[D], now: datetime) -> Board[D]:
    """Put deadlines in order at `now`; what is expected stands where its first day does."""
    dated = sorted(deadlines, key=_order)
    upcoming = [one for one in dated if not one.when.is_over(now)]
    passed = [one for one in reversed(dated) if one.when.is_over(now)]
    seen: set[Hashable] = set()
    told = []
    for one in passed:
        is_last = one.series not in seen
        seen.add(one.series)
        told.append(Passed(one, is_last, following(one, upcoming) if is_last else None))
    return Board(upcoming, told)


def following(deadline: D, upcoming: Sequence[D]) -> D | None:
    """Return the first of `upcoming` in the same series that is not cancelled."""
    same = (one for one in upcoming if one.series == deadline.series)
    return next((one for one in same if not one.when.is_cancelled), None)


def _order(deadline: Dated) -> date:
    return deadline.when.earliest or date.max


@dataclass(frozen=True)
class MonthEntry:
    """What a month has brought of a series: the years with a known day, the newest first, and the expected ones."""

    series: Hashable
    years: tuple[int, ...]
    expected: tuple[int, ...]

    @property
    def listed_years(self) -> str:
        return ", ".join(map(str, self.years))

    @property
    def listed_expected(self) -> str:
        return ", ".join(map(str, self.expected))


def months(deadlines: Iterable[D]) -> list[list[MonthEntry]]:
    """Return the yearly pattern: for each of the twelve months, what has fallen or is expected in it."""
    found: list[dict[Hashable, tuple[set[int], set[int]]]] = [{} for _month in range(12)]
    for one in deadlines:
        when = one.when
        if when.is_cancelled:
            continue
        for day in _first_of_months(when):
            known, expected = found[day.month - 1].setdefault(one.series, (set(), set()))
            (expected if when.is_expected else known).add(day.year)
    return [[_entry(series, *years) for series, years in month.items()] for month in found]


def _entry(series: Hashable, known: set[int], expected: set[int]) -> MonthEntry:
    return MonthEntry(series, tuple(sorted(known, reverse=True)), tuple(sorted(expected)))


def _first_of_months(when: When) -> list[date]:
    """Return a day in each month that the deadline lies in, or may."""
    first, last = when.earliest, when.latest
    if first is None or last is None:
        return []
    number = (last.year - first.year) * 12 + last.month - first.month
    return [_month_after(first, months) for months in range(max(number, 0) + 1)]


def _month_after(day: date, number: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + number, 12)
    return date(year, month + 1, 1)
