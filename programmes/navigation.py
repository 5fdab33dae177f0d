"""The actions in the menu, and the way down to an action or a measure."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from pages.models import Page
from pages.navigation import Crumb, crumb_of, crumbs_of_route, home_crumb, site_pages
from programmes.models import Action

OVERVIEW = "programmes:overview"
# The teachers' tools by the names of their addresses, in the order they are shown, under what they help with.
TOOLS = (
    (_("Find what fits"), ("tools:finder", "tools:eligibility", "tools:comparison")),
    (_("Work out the money"), ("tools:estimator", "tools:rates", "tools:distances")),
    (_("Keep the deadline"), ("tools:deadlines", "tools:planner")),
    (_("Understand the words"), ("tools:glossary", "tools:then_and_now")),
)


@dataclass(frozen=True)
class ToolGroup:
    """Tools that help with the same thing, which `title` names."""

    title: str
    pages: list[Page]


def menu_actions(request) -> list[Action]:
    """Return the published actions in the active language, read once per request."""
    if not hasattr(request, "menu_actions"):
        request.menu_actions = list(Action.objects.for_menu())
    return request.menu_actions


def crumbs_below_overview(request, *items) -> list[Crumb]:
    return [home_crumb(), *crumbs_of_route(request, OVERVIEW), *map(crumb_of, items)]


def tool(request, route: str) -> Page | None:
    """Return the page of a tool, None while it is not published in the active language."""
    return next((page for page in site_pages(request) if page.route == route), None)


def tool_groups(request) -> list[ToolGroup]:
    """Return the published pages of the tools in the active language, in order and by what they help with."""
    by_route = {page.route: page for page in site_pages(request)}
    groups = (
        ToolGroup(str(title), [by_route[route] for route in routes if route in by_route])
        for title, routes in TOOLS
    )
    return [group for group in groups if group.pages]


def tools(request) -> list[Page]:
    """Return the published pages of the tools in the active language, in order."""
    return [page for group in tool_groups(request) for page in group.pages]
