"""The estimate: an itemised sum of what planned activities would bring in. Decimal arithmetic throughout."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from programmes.tools.estimator.activities import COURSE, MOST_IN_SHORT_TERM, Activity
from programmes.tools.estimator.amounts import Amount, exactly, total
from programmes.tools.estimator.tariff import PUPIL, STAFF, Tariff, for_days

# What a line is for.
TRAVEL, STAY, ORGANISATION, FEE, INCLUSION, LANGUAGE, VISIT, LUMP = (
    *("travel", "stay", "organisation", "fee"),
    *("inclusion", "language", "visit", "lump"),
)


@dataclass(frozen=True)
class Line:
    """A line of the sum: `each` is what one brings, `number` how many; `amount` None while its rate is missing.

    `traveller` and `days` tell of stays, `is_green` of travels, so that the line can be put in words.
    """

    what: str
    number: int
    each: Amount | None
    traveller: str = ""
    days: int = 0
    is_green: bool = False

    @property
    def amount(self) -> Amount | None:
        return None if self.each is None else self.each * self.number


@dataclass(frozen=True)
class Estimate:
    lines: tuple[Line, ...]

    @property
    def sum(self) -> Amount:
        """What the lines with a rate add up to."""
        return total(line.amount for line in self.lines if line.amount is not None)

    @property
    def missing(self) -> tuple[Line, ...]:
        """The lines whose rate nobody has entered: the sum is without them."""
        return tuple(line for line in self.lines if line.each is None)


def estimate(activity: Activity, tariff: Tariff) -> Estimate:
    """Return what one activity brings. It must hold no problems."""
    if activity.problems:
        raise ValueError(f"Not within the rules: {', '.join(activity.problems)}")
    return Estimate(tuple(line for line in _lines(activity, tariff) if line.number))


def preparatory_visit(people: int, tariff: Tariff) -> Estimate:
    """Return what visiting a partner before a project brings; the rate covers travel and stay."""
    return Estimate((Line(VISIT, people, tariff.preparatory_visit),) if people else ())


def lump_sum(amount: Amount) -> Estimate:
    return Estimate((Line(LUMP, 1, amount),))


def together(estimates: Iterable[Estimate]) -> Amount:
    """Return what several add up to, in whatever order."""
    return total(each.sum for each in estimates)


def _lines(activity: Activity, tariff: Tariff) -> Iterator[Line]:
    kind = activity.kind
    band = tariff.band(activity.kilometres)
    fare = band.amount(activity.is_green) if band else None
    # Nearer than the first band nothing is paid for the way, which is a rate like any other.
    too_near = bool(tariff.bands) and activity.kilometres < tariff.bands[0].start
    yield Line(
        TRAVEL,
        activity.travellers,
        exactly(0) if too_near else fare,
        is_green=activity.is_green,
    )
    yield _stay(activity, tariff, kind.traveller, activity.people)
    yield _stay(activity, tariff, STAFF, activity.accompanying)
    yield Line(ORGANISATION, activity.people, tariff.organisational.get(kind.code))
    if kind.code == COURSE:
        yield Line(FEE, activity.people, _fee(activity, tariff), days=activity.days)
    yield Line(INCLUSION, activity.fewer_opportunities, tariff.inclusion)
    yield Line(LANGUAGE, activity.language, tariff.language)
    if kind.is_long:
        yield Line(LANGUAGE, activity.language, tariff.language_long, traveller=PUPIL)


def _stay(activity: Activity, tariff: Tariff, traveller: str, number: int) -> Line:
    group = tariff.groups.get(activity.country, "")
    per_day = tariff.per_day.get((traveller, group))
    each = per_day and for_days(per_day, activity.paid_days)
    return Line(STAY, number, each, traveller=traveller, days=activity.paid_days)


def _fee(activity: Activity, tariff: Tariff) -> Amount | None:
    if tariff.course_fee is None:
        return None
    fee = tariff.course_fee * activity.days
    return fee if tariff.course_fee_most is None else fee.capped(tariff.course_fee_most)


@dataclass(frozen=True)
class Limit:
    """A limit of a short-term project (KA122): how much of it is used, and how much there is."""

    what: str
    used: Amount
    most: Amount

    @property
    def is_passed(self) -> bool:
        """Whether it is passed for certain: a range is so only when its lower end is."""
        return (self.used.low or 0) > self.most.high


# In short-term projects courses may be at most half of the grant; up to this grant, at most half of it.
COURSES_FREE_UP_TO = 40_000


def short_term_limits(
    activities: Iterable[Activity], estimates: Iterable[Estimate]
) -> tuple[Limit, ...]:
    """Return the limits of a short-term project: participants, and courses as a part of the grant.

    Courses may be at most half of the grant, or 20 000 euro where the grant is 40 000 or less:
    Programme Guide 2026.
    """
    pairs = list(zip(activities, estimates, strict=True))
    people = exactly(sum(activity.people for activity, _ in pairs))
    courses = total(e.sum for activity, e in pairs if activity.kind.code == COURSE)
    whole = together(e for _, e in pairs)
    half = exactly(max(whole.high, Decimal(COURSES_FREE_UP_TO)) // 2)
    return (
        Limit("people", people, exactly(MOST_IN_SHORT_TERM)),
        Limit("courses", courses, half),
    )
