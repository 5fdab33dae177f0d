"""Addresses: where the admin lies, and where somebody comes from."""

from collections.abc import Iterable, Iterator

from allauth.core.internal.httpkit import clean_client_ip
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils import translation


def refuse_to_shadow(admin_path: str, others: Iterable) -> None:
    """Stop the start where the admin would lie in front of an address that the site has itself.

    `others` are the URL patterns of all but the admin.
    """
    name = admin_path.rstrip("/")
    taken = {settings.STATIC_URL.strip("/"), settings.MEDIA_URL.strip("/")}
    for language, _label in settings.LANGUAGES:
        with translation.override(language):
            taken |= set(_beginnings(others))
    if name in taken:
        raise ImproperlyConfigured(
            f"ADMIN_PATH is {admin_path!r}, which is an address of the site itself; choose another."
        )


def _beginnings(patterns: Iterable) -> Iterator[str]:
    """The first parts of the addresses that `patterns` match, in the language that is active."""
    for pattern in patterns:
        route = str(pattern.pattern).lstrip("^")
        if route:
            yield route.partition("/")[0]
        else:
            yield from _beginnings(getattr(pattern, "url_patterns", ()))


def client_address(request) -> str:
    """Return the address that a request comes from, as far as it can be believed.

    Each proxy adds to the end of X-Forwarded-For whom it heard from: counted from the end, as many as
    there are proxies of ours are true, and the visitor can have written all before them.
    """
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.PROXY_COUNT else ""
    heard_from = [address.strip() for address in forwarded.split(",") if address.strip()]
    heard_from.append(request.META.get("REMOTE_ADDR") or "")
    found = heard_from[-min(len(heard_from), settings.PROXY_COUNT + 1)]
    # Without a port, which some proxies write too: each connection has another.
    return clean_client_ip(found) or "unknown"
