"""When pages will show something else without anything being changed.

A model tells with `MOMENTS`, the names of its fields that hold such moments.
"""

from datetime import datetime

from django.apps import apps
from django.conf import settings

# The last answer, and the generation of the content that it was true of.
_known: tuple[str, datetime | None] = ("", None)


def next_moment(generation: str, now: datetime) -> datetime | None:
    """Return the first moment after `now`, asking the database once for each generation."""
    global _known
    of_generation, moment = _known
    if of_generation != generation or (moment is not None and moment <= now):
        moment = min(_coming(now), default=None)
        _known = (generation, moment)
    return moment


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


def seconds(moment: datetime | None) -> float | None:
    """Return a moment in seconds since 1970."""
    return None if moment is None else moment.timestamp()
