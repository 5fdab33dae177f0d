"""Estimates in templates: amounts, lines in words, and where rates are from."""

from django import forms, template

from programmes.models import RateSet, Source
from programmes.tools.estimator import wording

register = template.Library()

register.filter("euros", wording.euros)
register.filter("number", wording.number)
register.filter("what", wording.what)


@register.simple_tag
def reckoned(line, activity):
    return wording.reckoned(line, activity)


@register.filter
def is_tick(field) -> bool:
    return isinstance(field.field.widget, forms.CheckboxInput)


@register.filter
def sources_of(sets: list[RateSet]) -> list[Source]:
    """The sources of all rates of some sets, each once, in the order of their names."""
    found = {rate_set.source for rate_set in sets}
    for rate_set in sets:
        found |= {rate.source for rate in rate_set.rates.all() if rate.source}
        found |= {band.source for band in rate_set.bands.all() if band.source}
    return sorted(found, key=str)
