"""What is said of a deadline, in three languages."""

from datetime import date, datetime, time

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from programmes.tools.deadlines.dates import ZONE, When
from programmes.tools.deadlines.wording import days_words, told

FEBRUARY = When(date(2026, 2, 19))
EXPECTED = When(first_day=date(2027, 2, 16), last_day=date(2027, 2, 28))


def said(when, now, language="nb"):
    with translation.override(language):
        found = told(when, datetime.fromisoformat(now).replace(tzinfo=ZONE))
    return found.day.replace("\xa0", " "), found.left.replace("\xa0", " ")


@pytest.mark.parametrize(
    ("language", "day", "left"),
    [
        ("nb", "19. februar 2026 kl. 12.00", "om 12 dager"),
        ("nn", "19. februar 2026 kl. 12.00", "om 12 dagar"),
        ("en", "19 February 2026 at 12:00", "in 12 days"),
    ],
)
def test_the_day_and_what_is_left(language, day, left):
    assert said(FEBRUARY, "2026-02-07 09:00", language) == (day, left)


@pytest.mark.parametrize(
    ("now", "left"),
    [
        ("2026-02-19 08:00", "i dag kl. 12.00"),
        ("2026-02-18 08:00", "i morgen kl. 12.00"),
        ("2026-02-17 08:00", "om 2 dager"),
        ("2026-01-10 08:00", "om 5 uker"),
        ("2026-02-19 12:00", "har gått ut"),
    ],
)
def test_the_last_days_in_words(now, left):
    assert said(FEBRUARY, now)[1] == left


def test_an_afternoon_deadline_says_its_own_hour():
    when = When(date(2026, 2, 3), time(17))
    assert said(when, "2026-02-02 08:00") == ("3. februar 2026 kl. 17.00", "i morgen kl. 17.00")


@pytest.mark.parametrize(
    ("language", "day", "left"),
    [
        ("nb", "andre halvdel av februar 2027", "tidligst om 11 uker"),
        ("nn", "andre halvdel av februar 2027", "tidlegast om 11 veker"),
        ("en", "the second half of February 2027", "in 11 weeks at the earliest"),
    ],
)
def test_what_is_expected_has_no_day_in_words(language, day, left):
    assert said(EXPECTED, "2026-11-25 09:00", language) == (day, left)


def test_what_is_expected_now_or_has_not_come():
    assert said(EXPECTED, "2027-02-20 09:00")[1] == "kan komme når som helst"
    assert said(EXPECTED, "2027-03-01 09:00")[1] == "var ventet før nå; vi kjenner ikke dagen"


def test_no_line_ends_between_a_figure_and_its_word():
    with translation.override("nb"):
        found = told(FEBRUARY, datetime(2026, 2, 7, tzinfo=ZONE))
    assert found.left == "om 12\xa0dager"
    assert found.day == "19.\xa0februar\xa02026 kl.\xa012.00"


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ((2026, 11, 16), (2026, 11, 20), "16.–20. november 2026"),
        ((2026, 11, 30), (2026, 12, 4), "30. november 2026 – 4. desember 2026"),
        ((2026, 11, 16), (2026, 11, 16), "16. november 2026"),
    ],
)
def test_some_days(first, last, words):
    with translation.override("nb"):
        assert days_words(date(*first), date(*last)).replace("\xa0", " ") == words


@given(
    st.one_of(
        st.builds(When, st.dates(date(2015, 1, 1), date(2090, 1, 1))),
        st.builds(
            lambda day, more: When(
                first_day=day, last_day=date.fromordinal(day.toordinal() + more)
            ),
            st.dates(date(2015, 1, 1), date(2090, 1, 1)),
            st.integers(0, 92),
        ),
    ),
    st.datetimes(datetime(2015, 1, 1), datetime(2090, 1, 1), timezones=st.just(ZONE)),
    st.sampled_from(["nb", "nn", "en"]),
)
def test_something_is_always_said_and_no_placeholder_is_left(when, now, language):
    with translation.override(language):
        found = told(when, now)
    assert found.day and found.left
    assert "%" not in found.day + found.left
