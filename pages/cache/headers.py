"""What a cache between the site and its visitors may do with an answer. docs/scaling.md explains it."""

from django.conf import settings

# How long a cache may show what it has while the site cannot be reached, in seconds.
SURVIVES = 7 * 24 * 60 * 60
PRIVATE = "private, no-cache"
# An address that leads nowhere today may lead somewhere after the next save.
UNSETTLED = "no-cache"


def public_headers(seconds_left: float | None = None) -> list[tuple[str, str]]:
    """Return the headers of a page that is the same for every visitor.

    `seconds_left` is how long it holds at most, None when nothing is planned. A cache asks each time
    whether the page has changed, unless CDN_SECONDS allows it to wait; never beyond `seconds_left`.
    """
    left = settings.CDN_SECONDS * 2 if seconds_left is None else max(0, int(seconds_left))
    kept = min(settings.CDN_SECONDS, left)
    if not kept:
        # nginx stores nothing with an age of nought, but does store what it is told first has expired.
        return [
            ("X-Accel-Expires", "@1"),
            ("Cache-Control", f"public, max-age=0, stale-if-error={SURVIVES}"),
        ]
    while_asking = min(settings.CDN_SECONDS, left - kept)
    allowed = [
        *("public", "max-age=0", f"s-maxage={kept}"),
        *(f"stale-while-revalidate={while_asking}", f"stale-if-error={SURVIVES}"),
    ]
    return [("Cache-Control", ", ".join(allowed))]


def is_public(headers: list[tuple[str, str]]) -> bool:
    """Whether an answer says that every visitor gets the same."""
    named = {name.lower(): value for name, value in headers}
    return "set-cookie" not in named and named.get("cache-control", "").startswith("public")
