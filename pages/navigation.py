"""Menu, footer and breadcrumb."""

from dataclasses import dataclass

from django.db import models
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from pages.models import Page


@dataclass(frozen=True)
class Crumb:
    """A step of the breadcrumb; `url` is a path from the root."""

    title: str
    url: str


def site_pages(request) -> list[Page]:
    """Return the pages of menu, footer and URL table in the active language, read once per request."""
    if not hasattr(request, "site_pages"):
        pages = Page.objects.published().in_language().in_navigation()
        request.site_pages = list(pages)
    return request.site_pages


def home_crumb() -> Crumb:
    return Crumb(_("Home"), reverse("home"))


def crumb_of(item) -> Crumb:
    return Crumb(item.title, item.get_absolute_url())


def crumbs_of_route(request, route: str) -> list[Crumb]:
    """Return the crumb of the page with that route, or none while it is not published."""
    return [crumb_of(page) for page in site_pages(request) if page.route == route]


def crumbs_of_page(page: Page) -> list[Crumb]:
    """Return home, the published ancestors and the page itself."""
    steps = page.path.split("/") if page.path else []
    paths = ["/".join(steps[:depth]) for depth in range(1, len(steps))]
    above = (
        Page.objects.published().filter(path__in=paths).only("title", "path", "route")
        if paths
        else []
    )
    by_depth = sorted(above, key=lambda ancestor: len(ancestor.path))
    return [home_crumb(), *map(crumb_of, by_depth), crumb_of(page)]


def change_url(record: models.Model) -> str:
    """Return the address of the record's form, empty where it has none."""
    try:
        return reverse(
            f"admin:{record._meta.app_label}_{record._meta.model_name}_change", args=[record.pk]
        )
    except NoReverseMatch:
        return ""
