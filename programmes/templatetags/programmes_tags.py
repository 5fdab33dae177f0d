"""What the site's frame shows of the programme."""

from django import template

from programmes import navigation

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
