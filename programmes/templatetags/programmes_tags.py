"""What the site's frame shows of the programme."""

from datetime import date

from django import template

from pages.cache.moments import hold
from programmes import navigation
from programmes.tools.deadlines import wording
from programmes.tools.deadlines.dates import When

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
