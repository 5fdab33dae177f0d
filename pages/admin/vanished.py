"""Rows of a record that another editor deleted while somebody was writing in them."""

from collections.abc import Mapping
from typing import Any

from django.db import models

from pages import snapshots
from pages.keys import key_in

# Beyond this Django reads no rows of a form.
_MOST_ROWS = 1000


def bring_back_parts(record: models.Model, posted: Mapping[str, str]) -> list[models.Model]:
    """Make empty rows anew for those that `posted`, an answered form, holds and nobody else has now.

    A form finds its rows by their keys, and would refuse all that was written in one that is gone. The
    row is filled and saved with the form, or rolled back with it; that it was deleted is shown as any
    other conflict is.
    """
    made: list[models.Model] = []
    for relation in getattr(record, "PARTS", ()):
        model = snapshots.related_model(record, relation)
        owner = getattr(record, relation).field.name
        for number, key in _keys(posted, relation).items():
            if model._base_manager.filter(pk=key).exists():
                continue
            needed = _needed(model, owner, posted, f"{relation}-{number}-")
            if needed is not None:
                row = model(pk=key, **{owner: record}, **needed)
                made += model._base_manager.bulk_create([row])
    return made


def _keys(posted: Mapping[str, str], relation: str) -> dict[int, int]:
    """Return the key of each row of the form, by its number."""
    total = key_in(posted.get(f"{relation}-TOTAL_FORMS", "")) or 0
    keys = {n: key_in(posted.get(f"{relation}-{n}-id", "")) for n in range(min(total, _MOST_ROWS))}
    return {number: key for number, key in keys.items() if key is not None}


def _needed(
    model: Any, owner: str, posted: Mapping[str, str], prefix: str
) -> dict[str, int] | None:
    """Return what a row cannot be without: the records that it points to. None where one is gone."""
    needed = {}
    for field in model._meta.concrete_fields:
        if not field.remote_field or field.null or field.name == owner:
            continue
        key = key_in(posted.get(prefix + field.name, ""))
        if key is None or not field.related_model._base_manager.filter(pk=key).exists():
            return None
        needed[field.attname] = key
    return needed
