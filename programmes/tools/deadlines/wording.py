"""Deadlines in words, in the active language: the day, how long it is until then, what was changed.

Every figure in a sentence goes through here, so that a page, a feed and a calendar say the same.
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from programmes.tools.deadlines.dates import Kind, Span, Standing, When, span_of, standing

# Between a figure and what it belongs to, so that no line ends between them.
HARD = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True)
class Told:
    """A deadline in words: `day` is when it is, `left` how long until then, empty where the day says it all."""

    day: str
    left: str
    standing: Standing
    when: When

    @property
    def is_expected(self) -> bool:
        return self.when.is_expected

    @property
    def is_passed(self) -> bool:
        return self.standing.kind in (Kind.PASSED, Kind.OVERDUE)

    @property
    def is_near(self) -> bool:
        """Whether it is so soon that it is to stand out."""
        return self.standing.kind in (Kind.TODAY, Kind.TOMORROW) or (
            self.standing.kind is Kind.DAYS and self.standing.number <= 7
        )


def told(when: When, now: datetime | None = None) -> Told:
    """Say when the deadline is and how long it is until then, at `now` or at this moment."""
    where = standing(when, now or timezone.now())
    return Told(day_of(when), left_of(where, when), where, when)


def day_of(when: When) -> str:
    """Say when it is, as in «19. februar 2026 kl. 12.00» or «andre halvdel av februar 2027»."""
    if when.day is not None:
        return _("%(day)s at %(time)s") % {
            "day": day_words(when.day),
            "time": time_words(when.time),
        }
    if when.first_day is None or when.last_day is None:
        return _("not known")
    return span_words(when.first_day, when.last_day)


def left_of(where: Standing, when: When) -> str:
    number = where.number
    counted = {
        Kind.DAYS: ngettext("in %(number)s day", "in %(number)s days", number),
        Kind.WEEKS: ngettext("in %(number)s week", "in %(number)s weeks", number),
        Kind.EARLIEST_DAYS: ngettext(
            "in %(number)s day at the earliest", "in %(number)s days at the earliest", number
        ),
        Kind.EARLIEST_WEEKS: ngettext(
            "in %(number)s week at the earliest", "in %(number)s weeks at the earliest", number
        ),
    }
    if where.kind in counted:
        return (counted[where.kind] % {"number": number}).replace(f"{number} ", f"{number}{HARD}")
    said = {
        Kind.TODAY: _("today at %(time)s"),
        Kind.TOMORROW: _("tomorrow at %(time)s"),
        Kind.PASSED: _("passed"),
        Kind.ANY_DAY: _("can be any day now"),
        Kind.OVERDUE: _("was expected by now; we don’t know the day"),
        Kind.CANCELLED: _("cancelled"),
    }
    return said[where.kind] % {"time": time_words(when.time)}


def day_words(day: date) -> str:
    """Say a day, as in «5. mars 2026»."""
    return _hard(date_format(day, _("j F Y")))


def weekday_words(day: date) -> str:
    """Say a day with its day of the week, as in «torsdag 5. mars 2026»."""
    return _hard(date_format(day, _("l j F Y"))).replace(HARD, " ", 1)


def days_words(first: date, last: date) -> str:
    """Say some days, as in «16.–20. november 2026»."""
    if first == last:
        return day_words(first)
    if (first.year, first.month) == (last.year, last.month):
        return _("%(first)s–%(last)s") % {
            "first": date_format(first, _("j")),
            "last": day_words(last),
        }
    return f"{day_words(first)} – {day_words(last)}"


def from_words(day: date) -> str:
    """Say since when, where nobody knows until when."""
    return _("from %(day)s; the end is not known") % {"day": day_words(day)}


def month_words(number: int) -> str:
    return date_format(date(2000, number, 1), "F")


def time_words(at: time) -> str:
    """Say a time, as in «kl. 12.00»."""
    return _hard(date_format(datetime.combine(date.min, at), _("H:i")))


def span_words(first: date, last: date) -> str:
    """Say a window of days as people do, as in «første uke i mars 2027»."""
    words = {
        Span.WEEK: _("the first week of %(month)s"),
        Span.FIRST_HALF: _("the first half of %(month)s"),
        Span.SECOND_HALF: _("the second half of %(month)s"),
        Span.MONTH: "%(month)s",
        Span.MONTHS: _("%(bare_month)s or %(last_month)s"),
        Span.OTHER: _("between %(first)s and %(last)s"),
    }[span_of(first, last)]
    return words % {
        "month": _hard(date_format(first, "F Y")),
        "bare_month": date_format(first, "F"),
        "last_month": _hard(date_format(last, "F Y")),
        "first": _hard(date_format(first, _("j F")))
        if first.year == last.year
        else day_words(first),
        "last": day_words(last),
    }


def change_words(change: Any) -> str:
    """Say what was changed, as in «Flyttet fra 21. mars 2019 kl. 12.00 til 26. mars 2019 kl. 12.00»."""
    words = {
        "moved": _("Moved from %(old)s to %(new)s"),
        "confirmed": _("The day is set: %(new)s"),
        "cancelled": _("Cancelled: %(old)s"),
        "revived": _("Holds after all: %(new)s"),
    }[change.kind]
    return words % {"old": day_of(change.old), "new": day_of(change.new)}


def _hard(text: str) -> str:
    """Keep the day of the month with the month, and the month with the year."""
    return text.replace(" ", HARD)
