"""The actions in the menu, and the way down to an action or a measure."""

from pages.models import Page
from pages.navigation import Crumb, crumb_of, crumbs_of_route, home_crumb, site_pages
from programmes.models import Action

OVERVIEW = "programmes:overview"
# The teachers' tools by the names of their addresses, in the order they are shown.
TOOLS = (
    "tools:finder",
    "tools:eligibility",
    "tools:estimator",
    "tools:rates",
    "tools:distances",
    "tools:deadlines",
    "tools:planner",
    "tools:comparison",
    "tools:glossary",
    "tools:then_and_now",
)


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


def tools(request) -> list[Page]:
    """Return the published pages of the tools in the active language, in order."""
    by_route = {page.route: page for page in site_pages(request)}
    return [by_route[route] for route in TOOLS if route in by_route]
