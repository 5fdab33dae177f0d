"""Where a deadline stands: the days must be counted as people count them, and words stay true while they show."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programmes.tools.deadlines.dates import (
    DAYS_TOLD,
    ZONE,
    Kind,
    Span,
    When,
    span_of,
    standing,
    when_of,
)

DAY = date(2026, 2, 19)
DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))
TIMES = st.sampled_from([time(12), time(17), time(23, 59), time(0)])
NOWS = st.datetimes(datetime(2020, 1, 1), datetime(2035, 12, 31), timezones=st.just(UTC))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@st.composite
def whens(draw) -> When:
    if draw(st.booleans()):
        return When(draw(DAYS), draw(TIMES))
    first = draw(DAYS)
    last = first + timedelta(days=draw(st.integers(0, 80)))
    return When(first_day=first, last_day=last)


@pytest.mark.parametrize(
    ("now", "kind", "number"),
    [
        ("2026-02-19 12:00", Kind.PASSED, 0),
        ("2026-02-19 11:59:59", Kind.TODAY, 0),
        ("2026-02-19 00:00", Kind.TODAY, 0),
        ("2026-02-18 23:59:59", Kind.TOMORROW, 0),
        ("2026-02-18 00:00", Kind.TOMORROW, 0),
        ("2026-02-17 23:59", Kind.DAYS, 2),
        ("2026-02-07 08:00", Kind.DAYS, 12),
        ("2026-01-23 08:00", Kind.DAYS, 27),
        ("2026-01-22 23:59", Kind.WEEKS, 4),
        ("2026-01-15 00:00", Kind.WEEKS, 5),
        ("2026-01-16 00:00", Kind.WEEKS, 4),
    ],
)
def test_a_known_day_is_counted_down_to(now, kind, number):
    found = standing(When(DAY), at(now))
    assert (found.kind, found.number) == (kind, number)


@pytest.mark.parametrize(
    ("now", "kind", "number"),
    [
        ("2026-11-25 10:00", Kind.EARLIEST_WEEKS, 11),
        ("2027-02-10 10:00", Kind.EARLIEST_DAYS, 6),
        ("2027-02-15 23:59", Kind.EARLIEST_DAYS, 1),
        ("2027-02-16 00:00", Kind.ANY_DAY, 0),
        ("2027-02-28 23:59", Kind.ANY_DAY, 0),
        ("2027-03-01 00:00", Kind.OVERDUE, 0),
    ],
)
def test_an_expected_one_is_never_counted_down_to_as_if_it_were_known(now, kind, number):
    when = When(first_day=date(2027, 2, 16), last_day=date(2027, 2, 28))
    found = standing(when, at(now))
    assert (found.kind, found.number) == (kind, number)


def test_the_hour_is_brussels_hour_in_summer_and_winter():
    """In Norway it is the same; a server in UTC must not close an hour late or early."""
    assert When(date(2026, 2, 19)).moment == datetime(2026, 2, 19, 11, tzinfo=UTC)
    assert When(date(2026, 9, 29)).moment == datetime(2026, 9, 29, 10, tzinfo=UTC)


@given(DAYS, TIMES)
def test_brussels_and_norwegian_time_are_the_same(day, hour):
    """The site says so beside every hour."""
    moment = datetime.combine(day, hour)
    assert moment.replace(tzinfo=ZONE) == moment.replace(tzinfo=ZoneInfo("Europe/Oslo"))


@given(whens(), NOWS)
def test_words_hold_until_the_moment_that_is_told_and_no_longer(when, now):
    """A page kept too long would count a day too many; one dropped too early is rendered for nothing."""
    found = standing(when, now)
    if found.until is None:
        later = now + timedelta(days=3650)
        assert standing(when, later).kind is found.kind
        return
    assert found.until > now
    just_before = found.until - timedelta(microseconds=1)
    for moment in (now + (found.until - now) / 2, just_before):
        same = standing(when, moment)
        assert (same.kind, same.number) == (found.kind, found.number)
    after = standing(when, found.until)
    assert (after.kind, after.number) != (found.kind, found.number)


@given(whens(), NOWS, st.timedeltas(timedelta(0), timedelta(days=60)))
def test_what_is_left_only_grows_less(when, now, later):
    def left(moment):
        found = standing(when, moment)
        weeks = found.kind in (Kind.WEEKS, Kind.EARLIEST_WEEKS)
        days = found.kind in (Kind.DAYS, Kind.EARLIEST_DAYS)
        return found.number * 7 if weeks else found.number if days else 0

    assert left(now + later) <= left(now)


@given(DAYS, TIMES, NOWS)
def test_days_are_counted_by_the_calendar_whatever_the_clocks_do(day, hour, now):
    """The night when the clocks change has 23 or 25 hours, and is one night all the same."""
    found = standing(When(day, hour), now)
    left = (day - now.astimezone(ZONE).date()).days
    if found.kind is Kind.DAYS:
        assert found.number == left <= DAYS_TOLD
    if found.kind is Kind.WEEKS:
        assert found.number == left // 7 and left > DAYS_TOLD


@given(whens(), NOWS)
def test_a_cancelled_one_says_nothing_else(when, now):
    cancelled = When(when.day, when.time, when.first_day, when.last_day, is_cancelled=True)
    assert standing(cancelled, now).kind is Kind.CANCELLED


@pytest.mark.parametrize(
    ("first", "last", "span"),
    [
        ("2027-02-16", "2027-02-28", Span.SECOND_HALF),
        ("2028-02-16", "2028-02-29", Span.SECOND_HALF),
        ("2027-03-01", "2027-03-07", Span.WEEK),
        ("2027-03-01", "2027-03-15", Span.FIRST_HALF),
        ("2027-03-01", "2027-03-31", Span.MONTH),
        ("2027-09-01", "2027-10-31", Span.MONTHS),
        ("2027-09-16", "2027-10-31", Span.OTHER),
        ("2026-12-01", "2027-01-31", Span.OTHER),
        ("2027-02-17", "2027-02-28", Span.OTHER),
        ("2027-02-10", "2027-02-10", Span.OTHER),
    ],
)
def test_a_window_is_called_what_people_call_it(first, last, span):
    assert span_of(date.fromisoformat(first), date.fromisoformat(last)) is span


@given(whens())
def test_what_is_read_along_with_a_measure_is_the_same_deadline(when):
    told = {
        name: value.isoformat() if value else None
        for name in ("day", "time", "first_day", "last_day")
        if (value := getattr(when, name)) or True
    }
    assert when_of(told) == when
