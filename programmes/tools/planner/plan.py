"""A plan backwards from a deadline. Pure: a day, steps and holidays in, days out.

A step that would fall on a day when nobody is at school is moved forward in time, to the last day before it
when somebody is: never towards the deadline.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import Any

from programmes.tools.planner.holidays import (
    PublicHoliday,
    SchoolBreak,
    public_holidays,
    school_year_of,
)

# No row of holidays is longer; beyond that the data is wrong, and the plan goes no further back.
_FURTHEST = 200


class Why(Enum):
    """Why nobody works on a day, besides holidays with names of their own."""

    WEEKEND = "weekend"
    JULY = "July"


Reason = Why | PublicHoliday | SchoolBreak


@dataclass(frozen=True)
class Step:
    """What is to be done `days_before` the deadline at the latest; `row` is what it was made from."""

    days_before: int
    row: Any = None


@dataclass(frozen=True)
class Planned:
    """A step and its day. `moved_for` is what lay on the day that it should have had, None where nothing did."""

    step: Step
    day: date
    wanted: date
    moved_for: Reason | None

    @property
    def monday(self) -> date:
        """The first day of its week."""
        return self.day - timedelta(days=self.day.weekday())


def plan(deadline: date, steps: Iterable[Step], breaks: Sequence[SchoolBreak]) -> list[Planned]:
    """Return the steps with their days, the first day first."""
    ordered = sorted(steps, key=lambda step: -step.days_before)
    return [_planned(deadline, step, breaks) for step in ordered]


def _planned(deadline: date, step: Step, breaks: Sequence[SchoolBreak]) -> Planned:
    wanted = deadline - timedelta(days=step.days_before)
    day = wanted
    while free_for(day, breaks) and (wanted - day).days < _FURTHEST:
        day -= timedelta(days=1)
    return Planned(step, day, wanted, free_for(wanted, breaks))


def free_for(day: date, breaks: Sequence[SchoolBreak]) -> Reason | None:
    """Return why nobody works on `day`: what says most, and a weekend last. None where somebody does."""
    school_break = next((each for each in breaks if each.holds(day)), None)
    if school_break is not None:
        return school_break
    if holiday := public_holidays(day.year).get(day):
        return holiday
    if day.month == 7:
        return Why.JULY
    return Why.WEEKEND if day.weekday() >= 5 else None


def unknown_years(first: date, last: date, known: Iterable[int]) -> list[int]:
    """Return the school years between two days of which no holiday is known, by the years they begin in."""
    have = set(known)
    years = range(school_year_of(first), school_year_of(last) + 1)
    return [year for year in years if year not in have]
