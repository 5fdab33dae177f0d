"""Norwegian public holidays, reckoned. Pure.

By the acts of 1947 (1 and 17 May) and 1995 (the church's holidays): twelve days, half of which follow Easter.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from functools import lru_cache


class PublicHoliday(Enum):
    NEW_YEAR = "New Year’s Day"
    MAUNDY_THURSDAY = "Maundy Thursday"
    GOOD_FRIDAY = "Good Friday"
    EASTER_SUNDAY = "Easter Sunday"
    EASTER_MONDAY = "Easter Monday"
    LABOUR_DAY = "1 May"
    CONSTITUTION_DAY = "17 May"
    ASCENSION = "Ascension Day"
    WHIT_SUNDAY = "Whit Sunday"
    WHIT_MONDAY = "Whit Monday"
    CHRISTMAS_DAY = "Christmas Day"
    BOXING_DAY = "Boxing Day"


# Days after Easter Sunday.
_BY_EASTER = {
    PublicHoliday.MAUNDY_THURSDAY: -3,
    PublicHoliday.GOOD_FRIDAY: -2,
    PublicHoliday.EASTER_SUNDAY: 0,
    PublicHoliday.EASTER_MONDAY: 1,
    PublicHoliday.ASCENSION: 39,
    PublicHoliday.WHIT_SUNDAY: 49,
    PublicHoliday.WHIT_MONDAY: 50,
}
# Month and day.
_FIXED = {
    PublicHoliday.NEW_YEAR: (1, 1),
    PublicHoliday.LABOUR_DAY: (5, 1),
    PublicHoliday.CONSTITUTION_DAY: (5, 17),
    PublicHoliday.CHRISTMAS_DAY: (12, 25),
    PublicHoliday.BOXING_DAY: (12, 26),
}


def easter(year: int) -> date:
    """Return Easter Sunday of the Gregorian calendar, after Meeus, Jones and Butcher."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    f = (b + 8) // 25
    g = (b - f + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


@lru_cache(maxsize=32)
def public_holidays(year: int) -> dict[date, PublicHoliday]:
    """Return the days of `year`. Two may fall on one day, as Whit Monday on 17 May 2027: the last named counts."""
    sunday = easter(year)
    moving = {sunday + timedelta(days=days): holiday for holiday, days in _BY_EASTER.items()}
    fixed = {date(year, month, day): holiday for holiday, (month, day) in _FIXED.items()}
    return {**moving, **fixed}


@dataclass(frozen=True)
class SchoolBreak:
    """Days without school; one whose end is not known lasts through July, which no school is open in."""

    name: str
    first: date
    last: date | None

    @property
    def known_last(self) -> date:
        return self.last or max(self.first, date(self.first.year, 7, 31))

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.known_last


def school_year_of(day: date) -> int:
    """Return the year in which the school year of `day` begins. It goes from August to July."""
    return day.year if day.month >= 8 else day.year - 1
