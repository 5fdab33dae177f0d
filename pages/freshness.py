"""When a text must be read anew."""

from datetime import date, timedelta

# What is due within this is told beforehand.
SOON = timedelta(days=30)


def in_a_year(day: date) -> date:
    """Return the same day next year; a leap day has none, and becomes the day before."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)
