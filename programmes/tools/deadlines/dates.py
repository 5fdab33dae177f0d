"""When a deadline is, and where one stands at a moment. Pure: a date and a clock in, values out.

All deadlines of Erasmus+ are in Brussels time. Norway has had the same time since 1980, summer time included,
so a Norwegian reads them as they stand.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Brussels")
NOON = time(12)
# Up to this many days are told as days; more as whole weeks, which are told as fewer rather than more.
DAYS_TOLD = 27


class Kind(Enum):
    """Where a deadline stands."""

    PASSED = "passed"
    TODAY = "today"
    TOMORROW = "tomorrow"
    DAYS = "days"
    WEEKS = "weeks"
    # Of one without a date: how long it is to the first day that it can be, then that it can be any day.
    EARLIEST_DAYS = "earliest days"
    EARLIEST_WEEKS = "earliest weeks"
    ANY_DAY = "any day"
    OVERDUE = "overdue"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class When:
    """A day and a time in Brussels; or, as long as the day is not known, the days between which it is expected."""

    day: date | None = None
    time: time = NOON
    first_day: date | None = None
    last_day: date | None = None
    is_cancelled: bool = False

    @property
    def is_expected(self) -> bool:
        return self.day is None

    @property
    def moment(self) -> datetime | None:
        """When it closes, None as long as the day is not known."""
        return None if self.day is None else datetime.combine(self.day, self.time, ZONE)

    @property
    def earliest(self) -> date | None:
        return self.day or self.first_day

    @property
    def latest(self) -> date | None:
        return self.day or self.last_day

    def is_over(self, now: datetime) -> bool:
        """Whether it has closed at `now`; one without a day is over after the last day that it can be."""
        if self.moment is not None:
            return self.moment <= now
        return self.last_day is None or self.last_day < today(now)


def when_of(told: Mapping[str, str | None]) -> When:
    """Return what the JSON of a row tells: days as 2027-02-16 and a time as 12:00:00, None where there is none."""
    days = {name: told.get(name) for name in ("day", "first_day", "last_day")}
    read = {name: date.fromisoformat(day) if day else None for name, day in days.items()}
    at = time.fromisoformat(told.get("time") or "12:00")
    return When(read["day"], at, read["first_day"], read["last_day"])


@dataclass(frozen=True)
class Standing:
    """Where a deadline stands: `number` of days or weeks. True until `until`, for ever where that is None."""

    kind: Kind
    number: int = 0
    until: datetime | None = None


def today(now: datetime) -> date:
    return now.astimezone(ZONE).date()


def midnight(day: date) -> datetime:
    """Return the moment when `day` begins."""
    return datetime.combine(day, time(), ZONE)


def tomorrow_begins(now: datetime) -> datetime:
    return midnight(today(now) + timedelta(days=1))


def standing(when: When, now: datetime) -> Standing:
    """Tell where the deadline stands at `now`, a moment with a time zone."""
    if when.is_cancelled:
        return Standing(Kind.CANCELLED)
    moment = when.moment
    return _of_window(when, now) if moment is None else _of_moment(moment, now)


def _of_moment(moment: datetime, now: datetime) -> Standing:
    if moment <= now:
        return Standing(Kind.PASSED)
    left = (moment.date() - today(now)).days
    if left == 0:
        return Standing(Kind.TODAY, until=moment)
    if left == 1:
        return Standing(Kind.TOMORROW, until=midnight(moment.date()))
    return _counted(left, moment.date(), Kind.DAYS, Kind.WEEKS)


def _of_window(when: When, now: datetime) -> Standing:
    here = today(now)
    if when.first_day is None or when.last_day is None or when.last_day < here:
        return Standing(Kind.OVERDUE)
    if when.first_day <= here:
        return Standing(Kind.ANY_DAY, until=midnight(when.last_day + timedelta(days=1)))
    left = (when.first_day - here).days
    return _counted(left, when.first_day, Kind.EARLIEST_DAYS, Kind.EARLIEST_WEEKS)


def _counted(left: int, day: date, days: Kind, weeks: Kind) -> Standing:
    """Count down to `day`, which is `left` days away."""
    if left <= DAYS_TOLD:
        return Standing(days, left, midnight(day - timedelta(days=left - 1)))
    number = left // 7
    # The day on which it is a week less, or few enough days to count them.
    fewer = max(number * 7 - 1, DAYS_TOLD)
    return Standing(weeks, number, midnight(day - timedelta(days=fewer)))


class Span(Enum):
    """How a window of days is called."""

    WEEK = "first week"
    FIRST_HALF = "first half"
    SECOND_HALF = "second half"
    MONTH = "month"
    MONTHS = "two months"
    OTHER = "other"


def span_of(first: date, last: date) -> Span:
    """Tell what people call the days from `first` to `last`. Halves of a month meet between the 15th and the 16th."""
    begins_month, ends_month = first.day == 1, (last + timedelta(days=1)).day == 1
    if (first.year, first.month) != (last.year, last.month):
        follows = (first.year * 12 + first.month) + 1 == last.year * 12 + last.month
        same_year = first.year == last.year
        whole = begins_month and ends_month and follows and same_year
        return Span.MONTHS if whole else Span.OTHER
    if begins_month and ends_month:
        return Span.MONTH
    if begins_month and last.day in (7, 15):
        return Span.WEEK if last.day == 7 else Span.FIRST_HALF
    return Span.SECOND_HALF if first.day == 16 and ends_month else Span.OTHER
