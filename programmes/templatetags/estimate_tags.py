"""Estimates in templates: amounts, lines in words, and where rates are from."""

from django import template
from django.utils.text import capfirst
from django.utils.translation import gettext

from programmes.models import Rate, RateSet, Source
from programmes.models.rates import DistanceBand
from programmes.tariffs import amount_of
from programmes.tools.estimator import wording
from programmes.tools.estimator.forms import KIND_NAMES

register = template.Library()

register.filter("euros", wording.euros)
register.filter("number", wording.number)
register.filter("what", wording.what)


@register.simple_tag
def reckoned(line, activity):
    return wording.reckoned(line, activity)


@register.filter
def rate_name(rate: Rate) -> str:
    """What a rate is for, and whom or which country group."""
    name = capfirst(rate.get_category_display())
    if rate.category in (Rate.Category.STAFF_DAY, Rate.Category.PUPIL_DAY):
        group = gettext("group %(number)s") % {"number": rate.key}
        return f"{name}, {group}"
    if rate.category == Rate.Category.ORGANISATION:
        others = {"teacher-in-training": gettext("Receiving student teachers")}
        return f"{name}: {KIND_NAMES.get(rate.key) or others.get(rate.key, rate.key)}"
    return f"{name}, {rate.key}" if rate.key else name


@register.filter
def rate_amount(rate: Rate) -> str:
    return wording.euros(amount_of(rate))


@register.filter
def row_name(row: Rate | DistanceBand) -> str:
    """What a rate or a band is called."""
    if isinstance(row, Rate):
        return rate_name(row)
    end = "" if row.end is None else wording.number(row.end)
    return gettext("Travel, %(start)s–%(end)s km") % {
        "start": wording.number(row.start),
        "end": end,
    }


@register.filter
def row_amount(row: Rate | DistanceBand) -> str:
    """What it is worth, in euro; of a band, both the ordinary way and the green one."""
    if isinstance(row, Rate):
        return rate_amount(row)
    standard = wording.number(row.standard)
    if row.green is None:
        return standard
    return gettext("%(standard)s, green %(green)s") % {
        "standard": standard,
        "green": wording.number(row.green),
    }


@register.filter
def year_before(row: Rate | DistanceBand) -> int:
    return row.rate_set.year - 1


@register.filter
def has_uncertain(entries) -> bool:
    return any(entry.now.is_uncertain for entry in entries)


register.filter("column", wording.column)


@register.simple_tag
def planned(part) -> str:
    return wording.planned(part.people, part.place, part.activity)


@register.filter
def have_norways_own(sets: list[RateSet]) -> bool:
    """Whether what HK-dir has set is entered too."""
    return any(rate_set.agency == RateSet.Agency.NATIONAL for rate_set in sets)


@register.filter
def sources_of(sets: list[RateSet]) -> list[Source]:
    """The sources of all rates of some sets, each once, in the order of their names."""
    found = {rate_set.source for rate_set in sets}
    for rate_set in sets:
        found |= {rate.source for rate in rate_set.rates.all() if rate.source}
        found |= {band.source for band in rate_set.bands.all() if band.source}
    return sorted(found, key=str)
