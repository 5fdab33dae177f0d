"""Tells a Sentry of faults, where the operator has named one: the code's side of them, nobody's data."""

from importlib import import_module

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from erasmus_site.operation.logs import REQUEST_ID, without_personal
from pages.cache.release import release


def begin() -> None:
    """Start telling. Raises ImproperlyConfigured where it cannot."""
    if not settings.SENTRY_DSN:
        return
    try:
        sentry = import_module("sentry_sdk")
    except ImportError as error:
        raise ImproperlyConfigured(
            "SENTRY_DSN is set, but the package it needs is missing: run `make scale`, "
            "or leave SENTRY_DSN out."
        ) from error
    try:
        sentry.init(
            dsn=settings.SENTRY_DSN,
            send_default_pii=False,
            # A local variable may be what somebody wrote, a breadcrumb a query with its values.
            include_local_variables=False,
            max_breadcrumbs=0,
            max_request_body_size="never",
            auto_session_tracking=False,
            release=release(),
            before_send=_cleaned,
        )
    except ValueError as error:
        raise ImproperlyConfigured(
            "SENTRY_DSN is not an address of a Sentry; copy it from there, as in "
            "https://key@sentry.example.no/1, or leave it out."
        ) from error


def _cleaned(event: dict, hint: dict) -> dict:
    """Take from an event all that may tell of the one who asked; name the request as the log does."""
    for name in ("user", "breadcrumbs", "extra"):
        event.pop(name, None)
    if request := event.get("request"):
        url = without_personal(request.get("url", "").partition("?")[0])
        event["request"] = {"method": request.get("method", ""), "url": url}
    for exception in event.get("exception", {}).get("values", []):
        exception["value"] = without_personal(exception.get("value") or "")
    if "logentry" in event:
        event["logentry"] = {"message": without_personal(_words(event["logentry"]))}
    event["transaction"] = without_personal(event.get("transaction") or "")
    event.setdefault("tags", {})["request"] = REQUEST_ID.get()
    return event


def _words(entry: dict) -> str:
    return entry.get("formatted") or entry.get("message") or ""
