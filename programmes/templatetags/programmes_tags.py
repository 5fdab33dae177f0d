"""What the site's frame shows of the programme."""

from datetime import date

from django import template

from pages.cache.moments import hold
from programmes import navigation
from programmes.tools.comparison import choosing
from programmes.tools.deadlines import wording
from programmes.tools.deadlines.dates import When
from programmes.tools.eligibility.addresses import ROUTE, address_for, address_from

register = template.Library()


@register.simple_tag(takes_context=True)
def menu_actions(context):
    return navigation.menu_actions(context["request"])


@register.simple_tag(takes_context=True)
def tool(context, route: str):
    """The page of one tool, if it is there."""
    return navigation.tool(context["request"], route)


@register.simple_tag(takes_context=True)
def tools(context):
    """The pages of the teachers' tools."""
    return navigation.tools(context["request"])


@register.simple_tag(takes_context=True)
def tool_groups(context):
    """The pages of the teachers' tools, by what they help with."""
    return navigation.tool_groups(context["request"])


@register.simple_tag(takes_context=True)
def comparison_of(context, measures, measure=None):
    """Where to compare `measures`, and `measure` with them: a list of their action's where they are many.

    Empty where there are not two, or no comparison.
    """
    page = navigation.tool(context["request"], "tools:comparison")
    compared = [*([measure] if measure else []), *measures]
    if page is None or len(compared) < choosing.FEWEST:
        return ""
    if measure is None and len(compared) > choosing.MOST:
        return f"{page.get_absolute_url()}#{compared[0].action.code or ''}"
    keys = [each.key for each in compared[: choosing.MOST]]
    return page.get_absolute_url() + choosing.query_of(keys)


@register.simple_tag(takes_context=True)
def told(context, when: When) -> wording.Told:
    """A deadline in words. The page is asked for anew when they are no longer true."""
    found = wording.told(when)
    hold(context["request"], found.standing.until)
    return found


@register.simple_tag
def changed(change) -> str:
    """What was changed of a deadline, in words."""
    return wording.change_words(change)


@register.simple_tag
def days(first: date, last: date | None) -> str:
    """Some days in words; those whose end is not known begin only."""
    return wording.days_words(first, last) if last else wording.from_words(first)


@register.simple_tag
def month_name(number: int) -> str:
    """The name of a month, counted from 1."""
    return wording.month_words(number)


@register.simple_tag(takes_context=True)
def eligibility_address(context, measure) -> str:
    """Where one finds out whether one can apply for this measure; empty where nobody can any more."""
    is_there = navigation.tool(context["request"], ROUTE) is not None
    return address_for(measure) if is_there and not measure.period.is_past else ""


@register.simple_tag(takes_context=True)
def eligibility_from(context, answers) -> str:
    """Where one finds out whether one can apply, with what has been answered in the finder."""
    return address_from(answers) if navigation.tool(context["request"], ROUTE) else ""
