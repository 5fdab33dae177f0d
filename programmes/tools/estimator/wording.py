"""The estimate in words: amounts as each language writes them, and how each line is reckoned."""

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import get_language, gettext, ngettext

from programmes.tools.estimator.activities import Activity
from programmes.tools.estimator.amounts import Amount
from programmes.tools.estimator.estimate import (
    FEE,
    INCLUSION,
    LANGUAGE,
    LUMP,
    ORGANISATION,
    STAY,
    TRAVEL,
    VISIT,
    Line,
)
from programmes.tools.estimator.tariff import REDUCED_FROM_DAY, STAFF

# Between thousands: a hard space in Norwegian, a comma in English.
_BETWEEN = {"en": ","}


def number(amount: Decimal | int) -> str:
    """Return a number as the active language writes it, in whole or with two decimals."""
    between = _BETWEEN.get(get_language() or "", "\u00a0")
    rounded = Decimal(amount)
    is_whole = rounded == rounded.to_integral_value()
    return f"{rounded:,.{0 if is_whole else 2}f}".replace(",", between)


def euros(amount: Amount) -> str:
    """Return an amount without its unit: exact, a range, or at most."""
    if amount.low is None:
        return gettext("at most %(euro)s") % {"euro": number(amount.high)}
    if amount.is_exact:
        return number(amount.high)
    return f"{number(amount.low)}–{number(amount.high)}"


def what(line: Line) -> str:
    names = {
        TRAVEL: gettext("Travel"),
        STAY: gettext("Stay, staff") if line.traveller == STAFF else gettext("Stay, pupils"),
        ORGANISATION: gettext("Organisational support"),
        FEE: gettext("Course fee"),
        INCLUSION: gettext("Inclusion support"),
        LANGUAGE: gettext("Language support"),
        VISIT: gettext("Preparatory visit"),
        LUMP: gettext("Lump sum for the whole project"),
    }
    return names[line.what]


def column(name: str) -> str:
    """Return what a column of the whole plan is headed, by its name in `matrix.COLUMNS`."""
    return {
        "travel": gettext("Travel"),
        "stay": gettext("Stay"),
        "organisation": gettext("Organising"),
        "fee": gettext("Course"),
        "support": gettext("Inclusion, language"),
        "whole": gettext("Lump sum"),
    }[name]


def planned(people: int | None, place: str, activity: Activity | None) -> str:
    """Return what is planned, as in «4 persons, 5 days and 2 days of travel, Berlin (838 km)»."""
    return ", ".join(_planned(people, place, activity))


def _planned(people: int | None, place: str, activity: Activity | None) -> Iterator[str]:
    if people:
        yield _people(people)
    if activity is None:
        return
    if activity.accompanying:
        yield ngettext(
            "%(number)s accompanying person",
            "%(number)s accompanying persons",
            activity.accompanying,
        ) % {"number": activity.accompanying}
    days = ngettext("%(number)s day", "%(number)s days", activity.days)
    yield gettext("%(days)s and %(travel)s for travel") % {
        "days": days % {"number": activity.days},
        "travel": activity.travel_days,
    }
    way = f"{number(activity.kilometres)}\u00a0km"
    yield f"{place} ({way})" if place else way
    if activity.is_green:
        yield gettext("green journey")


def _people(people: int) -> str:
    return ngettext("%(number)s person", "%(number)s persons", people) % {"number": people}


def reckoned(line: Line, activity: Activity | None) -> str:
    """Return how a line is reckoned, such as «4 persons × 309 euro, there and back (838 km)»."""
    if line.each is None:
        return gettext("The rate is not entered here yet. It stands in the Programme Guide.")
    parts = [
        _people(line.number),
        gettext("%(euro)s euro") % {"euro": euros(line.each)},
    ]
    return " ".join([" × ".join(parts), *_details(line, activity)])


def _details(line: Line, activity: Activity | None) -> Iterator[str]:
    if line.what == TRAVEL and activity:
        way = gettext("green journey") if line.is_green else gettext("ordinary journey")
        yield f"({number(activity.kilometres)}\u00a0km, {way})"
    if line.what == STAY:
        days = ngettext("%(number)s day", "%(number)s days", line.days) % {"number": line.days}
        reduced = gettext("70 per cent from day 15")
        yield f"({days}, {reduced})" if line.days >= REDUCED_FROM_DAY else f"({days})"
    if line.what == FEE:
        days = ngettext("%(number)s course day", "%(number)s course days", line.days)
        yield f"({days % {'number': line.days}})"
