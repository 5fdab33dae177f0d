"""What the pages of all tools have in common."""

from datetime import datetime

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone

from pages.cache.moments import hold
from pages.models import Page, load_rows
from pages.navigation import Crumb, crumb_of, home_crumb


def tool_page(request: HttpRequest, route: str) -> tuple[Page, list[Crumb]]:
    """Return the page of the tool with that route, and the way to it. Raises Http404."""
    pages = Page.objects.visible_to(request.user).in_language().with_content().with_changed_at()
    page = get_object_or_404(pages, route=route)
    load_rows(page.collages)
    return page, [home_crumb(), crumb_of(page)]


def hold_for_this_year(request: HttpRequest) -> None:
    """Say that what lists today's measures holds until a period may be past."""
    next_year = datetime(timezone.localdate().year + 1, 1, 1)
    hold(request, timezone.make_aware(next_year))
