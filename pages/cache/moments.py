"""When pages will show something else without anything being changed.

A model tells with `MOMENTS`, the names of its fields that hold such moments: then all pages are asked
for anew. What one page alone shows until a moment, such as "in 12 days", it says itself with `hold`.
"""

from datetime import datetime

from django.apps import apps
from django.conf import settings

# The last answer, the generation of the content that it was true of, and when it was found.
_known: tuple[str, datetime, datetime | None] | None = None


def next_moment(generation: str, now: datetime) -> datetime | None:
    """Return the first moment after `now`, asking the database once for each generation.

    And once more where the clock has been set back: a moment that had passed is yet to come.
    """
    global _known
    if _known is None or not _is_true(_known, generation, now):
        _known = (generation, now, min(_coming(now), default=None))
    return _known[2]


def _is_true(known, generation: str, now: datetime) -> bool:
    of_generation, found, moment = known
    return of_generation == generation and found <= now and (moment is None or now < moment)


def _coming(now: datetime) -> list[datetime]:
    found = [
        model._default_manager.filter(**{f"{name}__gt": now})
        .order_by(name)
        .values_list(name, flat=True)
        .first()
        for label in settings.EDITED_APPS
        for model in apps.get_app_config(label).get_models()
        for name in getattr(model, "MOMENTS", ())
    ]
    return [moment for moment in found if moment is not None]


def hold(request, until: datetime | None) -> None:
    """Say that the answer to `request` will not be right any longer from `until` on. The first counts."""
    if until is not None:
        known = held_until(request)
        request.held_until = until if known is None else min(known, until)


def held_until(asked_or_answer) -> datetime | None:
    """Return what was said of a request or of the answer to it; None where that holds by itself."""
    return getattr(asked_or_answer, "held_until", None)


def first_of(*moments: datetime | None) -> datetime | None:
    return min((moment for moment in moments if moment is not None), default=None)


def seconds(moment: datetime | None) -> float | None:
    """Return a moment in seconds since 1970."""
    return None if moment is None else moment.timestamp()
