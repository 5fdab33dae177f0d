"""What the site's frame shows of the programme."""

from django import template

from programmes import navigation
from programmes.tools.comparison import choosing

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
