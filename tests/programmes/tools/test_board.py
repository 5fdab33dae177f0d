"""The board's order: what comes next first, and what has passed with its next."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from programmes.tools.deadlines.board import board, months
from programmes.tools.deadlines.dates import When

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)


@dataclass(frozen=True)
class One:
    series: str
    when: When


def known(series, day, **values) -> One:
    return One(series, When(date.fromisoformat(day), **values))


def expected(series, first, last) -> One:
    return One(series, When(first_day=date.fromisoformat(first), last_day=date.fromisoformat(last)))


LAST = known("mobility", "2026-02-19")
BEFORE = known("mobility", "2024-02-20")
NEXT = expected("mobility", "2027-02-16", "2027-02-28")
OTHER = known("partnerships", "2027-03-05")
CANCELLED = known("policy", "2027-01-10", is_cancelled=True)


def test_what_comes_first_stands_first():
    shown = board([OTHER, LAST, NEXT, CANCELLED, BEFORE], NOW)
    assert shown.upcoming == [CANCELLED, NEXT, OTHER]
    assert shown.next == NEXT, "a cancelled one is nobody's next"
    assert [row.deadline for row in shown.passed] == [LAST, BEFORE]


def test_the_last_that_passed_tells_the_next():
    rows = board([LAST, BEFORE, NEXT], NOW).passed
    assert [(row.is_last, row.following) for row in rows] == [(True, NEXT), (False, None)]


def test_a_cancelled_one_is_nobodys_next():
    gone = known("mobility", "2027-02-19", is_cancelled=True)
    (row,) = board([LAST, gone], NOW).passed
    assert (row.is_last, row.following) == (True, None)


def test_an_expected_one_is_over_when_its_last_day_is():
    last_minute = datetime(2027, 2, 28, 22, 59, tzinfo=UTC)
    assert board([NEXT], last_minute).upcoming == [NEXT]
    assert board([NEXT], last_minute + timedelta(minutes=1)).upcoming == []


def test_nothing_makes_an_empty_board():
    shown = board([], NOW)
    assert (shown.upcoming, shown.passed, shown.next) == ([], [], None)
    assert months([]) == [[] for _month in range(12)]


def test_the_year_tells_where_each_series_has_fallen():
    found = months(
        [LAST, BEFORE, NEXT, OTHER, CANCELLED, expected("x", "2027-09-16", "2027-10-31")]
    )
    assert [len(month) for month in found] == [0, 1, 1, 0, 0, 0, 0, 0, 1, 1, 0, 0]
    (february,) = found[1]
    assert (february.series, february.years, february.expected) == (
        "mobility",
        (2026, 2024),
        (2027,),
    )


DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))


@given(st.lists(st.tuples(st.sampled_from("abc"), DAYS), max_size=30))
def test_each_stands_once_and_in_order(rows):
    every = [One(series, When(day)) for series, day in rows]
    shown = board(every, NOW)
    told = [*(row.deadline for row in reversed(shown.passed)), *shown.upcoming]
    assert sorted(told, key=lambda one: one.when.day) == told
    assert sorted(map(repr, told)) == sorted(map(repr, every))
    assert all(one.when.moment > NOW for one in shown.upcoming)
