"""A rate set as values: what each thing is worth in one programme year.

A rate that nobody has entered is not there, and is never guessed: `estimate` then says that it is missing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from programmes.tools.estimator.amounts import Amount

STAFF, PUPIL = "staff", "pupil"


@dataclass(frozen=True)
class Band:
    """A distance band: from `start` to `end` kilometres, both included; `end` None: and all beyond."""

    start: int
    end: int | None
    standard: Amount
    green: Amount

    def holds(self, kilometres: int) -> bool:
        return self.start <= kilometres and (self.end is None or kilometres <= self.end)

    def amount(self, is_green: bool) -> Amount:
        return self.green if is_green else self.standard


@dataclass(frozen=True)
class Tariff:
    """The rates of a year, in euro.

    `groups` gives each country's group by its ISO code. `per_day` is by traveller (STAFF, PUPIL) and group,
    `organisational` by kind of activity and per participant, `lump_sums` by action. `course_fee` is per
    participant and day, and `course_fee_most` the most for one participant.
    """

    year: int
    bands: tuple[Band, ...] = ()
    groups: Mapping[str, str] = field(default_factory=dict)
    per_day: Mapping[tuple[str, str], Amount] = field(default_factory=dict)
    organisational: Mapping[str, Amount] = field(default_factory=dict)
    lump_sums: Mapping[str, tuple[Amount, ...]] = field(default_factory=dict)
    course_fee: Amount | None = None
    course_fee_most: Decimal | None = None
    inclusion: Amount | None = None
    language: Amount | None = None
    language_long: Amount | None = None
    preparatory_visit: Amount | None = None

    def band(self, kilometres: int) -> Band | None:
        return next((band for band in self.bands if band.holds(kilometres)), None)


# From this day on the daily amount is a part of it, rounded to whole euro: Programme Guide, individual support.
REDUCED_FROM_DAY = 15
REDUCED = Decimal("0.7")


def for_days(per_day: Amount, days: int) -> Amount:
    """Return what a stay of so many days gives one traveller."""
    full = min(days, REDUCED_FROM_DAY - 1)
    return per_day * full + per_day.part(REDUCED) * (days - full)
