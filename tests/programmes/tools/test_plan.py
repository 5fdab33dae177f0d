"""The plan's days: in order, before the deadline, and never on a day when nobody is at school."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programmes.tools.planner.holidays import (
    PublicHoliday,
    SchoolBreak,
    easter,
    public_holidays,
    school_year_of,
)
from programmes.tools.planner.plan import Step, Why, free_for, plan, unknown_years

DEADLINES = st.dates(date(2021, 1, 1), date(2040, 12, 31))
STEPS = st.lists(st.builds(Step, st.integers(1, 200)), min_size=1, max_size=12)
WINTER = SchoolBreak("vinterferie", date(2027, 2, 22), date(2027, 2, 26))


@st.composite
def breaks(draw) -> list[SchoolBreak]:
    made = []
    for _each in range(draw(st.integers(0, 6))):
        first = draw(st.dates(date(2020, 8, 1), date(2041, 6, 30)))
        length = draw(st.none() | st.integers(0, 20))
        last = None if length is None else first + timedelta(days=length)
        made.append(SchoolBreak("ferie", first, last))
    return made


@pytest.mark.parametrize(
    ("year", "day"),
    [
        (1961, "1961-04-02"),
        (2000, "2000-04-23"),
        (2019, "2019-04-21"),
        (2024, "2024-03-31"),
        (2025, "2025-04-20"),
        (2026, "2026-04-05"),
        (2027, "2027-03-28"),
        (2038, "2038-04-25"),
        (2285, "2285-03-22"),
    ],
)
def test_easter(year, day):
    assert easter(year) == date.fromisoformat(day)


def test_the_public_holidays_of_a_year():
    found = {day.isoformat(): holiday for day, holiday in public_holidays(2026).items()}
    assert found == {
        "2026-01-01": PublicHoliday.NEW_YEAR,
        "2026-04-02": PublicHoliday.MAUNDY_THURSDAY,
        "2026-04-03": PublicHoliday.GOOD_FRIDAY,
        "2026-04-05": PublicHoliday.EASTER_SUNDAY,
        "2026-04-06": PublicHoliday.EASTER_MONDAY,
        "2026-05-01": PublicHoliday.LABOUR_DAY,
        "2026-05-14": PublicHoliday.ASCENSION,
        "2026-05-17": PublicHoliday.CONSTITUTION_DAY,
        "2026-05-24": PublicHoliday.WHIT_SUNDAY,
        "2026-05-25": PublicHoliday.WHIT_MONDAY,
        "2026-12-25": PublicHoliday.CHRISTMAS_DAY,
        "2026-12-26": PublicHoliday.BOXING_DAY,
    }


@given(st.integers(1900, 2200))
def test_easter_is_a_sunday_between_22_march_and_25_april(year):
    found = easter(year)
    assert found.weekday() == 6
    assert date(year, 3, 22) <= found <= date(year, 4, 25)


@given(DEADLINES, STEPS, breaks())
def test_a_plan_keeps_its_promises(deadline, steps, known):
    made = plan(deadline, steps, known)
    days = [each.day for each in made]
    assert days == sorted(days), "in order"
    assert [each.step.days_before for each in made] == sorted(
        (step.days_before for step in steps), reverse=True
    )
    for each in made:
        assert each.day <= each.wanted < deadline, "never towards the deadline, never after it"
        assert free_for(each.day, known) is None, "never on a day when nobody is at school"
        assert (each.moved_for is None) == (each.day == each.wanted)
        between = (each.wanted - timedelta(days=n) for n in range((each.wanted - each.day).days))
        assert all(free_for(day, known) for day in between), "no further back than need be"


@given(DEADLINES, st.integers(1, 200))
def test_days_are_days_whatever_the_clocks_do(deadline, number):
    (made,) = plan(deadline, [Step(number)], [])
    assert made.wanted.toordinal() == deadline.toordinal() - number


@pytest.mark.parametrize(
    ("deadline", "days", "day", "why"),
    [
        ("2027-03-01", 1, "2027-02-19", "ferie"),
        ("2027-03-04", 1, "2027-03-03", None),
        ("2027-03-29", 1, "2027-03-24", PublicHoliday.EASTER_SUNDAY),
        ("2027-05-18", 1, "2027-05-14", PublicHoliday.CONSTITUTION_DAY),
        ("2027-09-29", 75, "2027-06-30", Why.JULY),
        ("2027-02-08", 1, "2027-02-05", Why.WEEKEND),
    ],
)
def test_what_a_step_is_moved_for(deadline, days, day, why):
    winter = SchoolBreak("ferie", date(2027, 2, 20), date(2027, 2, 28))
    (made,) = plan(date.fromisoformat(deadline), [Step(days)], [winter])
    assert made.day.isoformat() == day
    assert (made.moved_for.name if made.moved_for == winter else made.moved_for) == why


def test_a_break_whose_end_is_not_known_lasts_through_july():
    summer = SchoolBreak("sommerferie", date(2027, 6, 19), None)
    assert summer.holds(date(2027, 7, 31))
    assert not summer.holds(date(2027, 8, 1))
    (made,) = plan(date(2027, 9, 29), [Step(80)], [summer])
    assert made.day == date(2027, 6, 18)


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_a_school_year_goes_from_august_to_july(day):
    year = school_year_of(day)
    assert date(year, 8, 1) <= day <= date(year + 1, 7, 31)


def test_what_is_not_known_is_said():
    first, last = date(2026, 6, 1), date(2027, 9, 29)
    assert unknown_years(first, last, [2026]) == [2025, 2027]
    assert unknown_years(date(2026, 9, 1), date(2027, 2, 1), [2026]) == []
