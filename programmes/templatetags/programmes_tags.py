"""What the site's frame shows of the programme."""

from django import template

from programmes import navigation
from programmes.tools.eligibility.addresses import ROUTE, address_for

register = template.Library()


@register.simple_tag(takes_context=True)
def menu_actions(context):
    return navigation.menu_actions(context["request"])


@register.simple_tag(takes_context=True)
def tools(context):
    """The pages of the teachers' tools."""
    return navigation.tools(context["request"])


@register.simple_tag(takes_context=True)
def eligibility_address(context, measure) -> str:
    """Where one finds out whether one can apply for this measure; empty where nobody can any more."""
    is_there = any(page.route == ROUTE for page in navigation.tools(context["request"]))
    return address_for(measure) if is_there and not measure.period.is_past else ""
