"""Telling search engines which pages are new, changed or gone, by IndexNow. Off until there is a key.

Nothing here runs while an editor saves: `manage.py indexnow` compares what is public with what was
told before. So a change by any door is seen, a moment that has passed too, and nobody waits.
"""

import ipaddress
import json
import urllib.request
from collections.abc import Iterator
from datetime import datetime
from http import HTTPStatus
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from pages.fetching import cause
from pages.languages import absolute, versions
from pages.models import Announced, Publishable

# The most that the protocol takes at once, and how long an answer may take, in seconds.
BATCH = 10_000
TIMEOUT = 20.0
_TAKEN = (HTTPStatus.OK, HTTPStatus.ACCEPTED)
_REASONS: dict[int, str] = {
    HTTPStatus.FORBIDDEN: "it did not find the key on this site",
    HTTPStatus.UNPROCESSABLE_ENTITY: "it holds the addresses not to be this site's",
    HTTPStatus.TOO_MANY_REQUESTS: "it has been told too much of late",
}
# Names that lead nowhere on the open internet (RFC 2606, 6761, 6762, 8375), and one in use within houses.
_WITHIN_HOUSES = (
    *(".localhost", ".local", ".internal", ".home.arpa", ".lan"),
    *(".test", ".example", ".invalid", ".onion"),
)

# Addresses and since when their pages look as they do; None for those that are gone.
News = dict[str, datetime | None]


class NotTakenError(Exception):
    """What was told was not taken; the text says why."""


@require_safe
def key_file(request, key: str):
    """The key, which proves that who tells search engines of this site may do so."""
    if key != settings.INDEXNOW_KEY:
        raise Http404
    return HttpResponse(key, content_type="text/plain; charset=utf-8")


def is_public_origin(origin: str) -> bool:
    """Whether everybody on the internet can reach `origin`, as far as its spelling tells, and by TLS."""
    parts = urlsplit(origin)
    host = parts.hostname or ""
    if parts.scheme != "https":
        return False
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        return "." in host and not host.endswith(_WITHIN_HOUSES)


def news() -> News:
    """Return what search engines have not been told yet, what is gone included."""
    public = dict(_public())
    known = Announced.objects.filter(url__startswith=absolute("/"))
    told = dict(known.values_list("url", "seen_since"))
    changed = {url: moment for url, moment in public.items() if told.get(url) != moment}
    return {**changed, **dict.fromkeys(told.keys() - public.keys())}


def tell(fresh: News) -> None:
    """Tell `fresh` in parts, and remember each part that was taken. Raise NotTakenError otherwise."""
    addresses = sorted(fresh)
    for start in range(0, len(addresses), BATCH):
        part = addresses[start : start + BATCH]
        _send(part)
        _remember({url: fresh[url] for url in part})


def _public() -> Iterator[tuple[str, datetime]]:
    """Yield each address that visitors can use, in each language, and since when its page looks so."""
    for model in apps.get_models():
        if issubclass(model, Publishable):
            manager: Any = model._default_manager
            rows = manager.published().for_address().with_changed_at()
            for record in rows.iterator():
                for version in versions(record):
                    yield version.absolute_url, record.changed_at


def _remember(part: News) -> None:
    Announced.objects.bulk_create(
        [Announced(url=url, seen_since=moment) for url, moment in part.items() if moment],
        update_conflicts=True,
        unique_fields=["url"],
        update_fields=["seen_since"],
    )
    gone = [url for url, moment in part.items() if moment is None]
    for start in range(0, len(gone), 500):
        Announced.objects.filter(url__in=gone[start : start + 500]).delete()


# --- The question itself --------------------------------------------------------------------


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """What is sent on elsewhere would be asked for and not told, and the answer mean nothing."""

    def redirect_request(self, *args):
        return None


# Through the proxy of the environment, if there is one: the address is the operator's own choice.
_opener = urllib.request.build_opener(_NoRedirects())


def _send(addresses: list[str]) -> None:
    told = {
        "host": urlsplit(settings.SITE_URL).netloc,
        "key": settings.INDEXNOW_KEY,
        "keyLocation": absolute(f"/{settings.INDEXNOW_KEY}.txt"),
        "urlList": addresses,
    }
    request = urllib.request.Request(  # noqa: S310 - the settings take nothing but http and https
        settings.INDEXNOW_ENDPOINT,
        json.dumps(told).encode(),
        {
            "Content-Type": "application/json; charset=utf-8",
            "User-Agent": f"indexnow/1.0 (+{absolute('/')})",
        },
    )
    status = _status_of(request)
    if status not in _TAKEN:
        reason = f": {_REASONS[status]}" if status in _REASONS else ""
        raise NotTakenError(f"{settings.INDEXNOW_ENDPOINT} answered {status}{reason}.")


def _status_of(request: urllib.request.Request) -> int:
    try:
        with _opener.open(request, timeout=TIMEOUT) as answer:
            return answer.status
    except HTTPError as error:
        with error:
            return error.code
    except (OSError, HTTPException) as error:
        message = f"{settings.INDEXNOW_ENDPOINT} could not be asked: {cause(error)}."
        raise NotTakenError(message) from error
