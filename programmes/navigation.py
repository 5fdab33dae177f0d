"""The actions in the menu, and the way down to an action or a measure."""

from pages.navigation import Crumb, crumb_of, crumbs_of_route, home_crumb
from programmes.models import Action

OVERVIEW = "programmes:overview"


def menu_actions(request) -> list[Action]:
    """Return the published actions in the active language, read once per request."""
    if not hasattr(request, "menu_actions"):
        request.menu_actions = list(Action.objects.for_menu())
    return request.menu_actions


def crumbs_below_overview(request, *items) -> list[Crumb]:
    return [home_crumb(), *crumbs_of_route(request, OVERVIEW), *map(crumb_of, items)]
