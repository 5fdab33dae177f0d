"""What differs between two snapshots, in words and marked text that an editor can read."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from modeltranslation.fields import TranslationField

from pages.diffing import marked, readable
from pages.prose import ProseField
from pages.snapshots import Change


@dataclass(frozen=True)
class Difference:
    """One value: where it stands, its language if it has one, both texts, and the change marked."""

    label: str
    language: str
    old: str
    new: str
    marked: str


def differences(model: type[models.Model], changes: list[Change]) -> list[Difference]:
    """Return what editors can read of `changes` to a record of `model`, in the order of its fields."""
    shown = [change for change in changes if change.field != "outdated"]
    found = [_difference(model, change) for change in shown]
    return [difference for difference in found if difference.old or difference.new]


def _difference(model: type[models.Model], change: Change) -> Difference:
    owner = getattr(model, change.relation).rel.related_model if change.relation else model
    field: Any = owner._meta.get_field(change.field)
    is_translated = isinstance(field, TranslationField)
    original = field.translated_field if is_translated else field
    old, new = (_readable(field, value) for value in (change.old, change.new))
    is_prose = isinstance(original, ProseField)
    return Difference(
        label=_label(owner, original, change),
        language=dict(settings.LANGUAGES).get(field.language, "") if is_translated else "",
        old=readable(old) if is_prose else old,
        new=new,
        marked=marked(old, new, is_prose=is_prose),
    )


def _label(owner: type[models.Model], field: models.Field, change: Change) -> str:
    name = capfirst(str(field.verbose_name))
    return f"{capfirst(str(owner._meta.verbose_name))} – {name}" if change.relation else name


def _readable(field: Any, value: Any) -> str:
    if value in (None, "", []):
        return ""
    if hasattr(field, "readable"):
        return field.readable(value)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if field.related_model:
        return _names(field.related_model, value if isinstance(value, list) else [value])
    if isinstance(field, models.DateTimeField) and (moment := parse_datetime(str(value))):
        return date_format(timezone.localtime(moment), "DATETIME_FORMAT")
    return str(dict(field.flatchoices).get(value, value))


def _names(model: type[models.Model], keys: list[int]) -> str:
    found = model._default_manager.in_bulk(keys)
    return ", ".join(str(found[key]) if key in found else _("(deleted)") for key in keys)
