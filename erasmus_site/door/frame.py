"""The frame around the account pages, which is the admin's."""

from django.conf import settings
from django.contrib import admin
from django.urls import reverse

from erasmus_site.door.sessions import has_shown_factor


def is_desk(request) -> bool:
    """Whether a page is the editors': the admin, or one of the account pages below it."""
    return request.path.startswith(reverse("admin:index"))


def is_account_page(request) -> bool:
    return request.path.startswith(reverse("mfa_index"))


def frame(request) -> dict:
    """Give every page of the editors what the frame prints. The admin's own pages say more themselves."""
    if not is_desk(request):
        return {}
    return {
        "site_header": admin.site.site_header,
        "site_title": admin.site.site_title,
        "site_url": reverse("home"),
        "editor_languages": settings.LANGUAGES,
        "is_factor_required": settings.REQUIRE_SECOND_FACTOR,
        "is_through": not settings.REQUIRE_SECOND_FACTOR or has_shown_factor(request),
    }
