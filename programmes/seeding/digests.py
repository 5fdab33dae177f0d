"""Telling an editor's work from the seed's: values reduced to what tells one from another."""

import hashlib
import json
from typing import Any

from django.core.files.base import ContentFile
from django.db import models

from pages.models import Image

EMPTY = ""


def is_many(instance: models.Model, name: str) -> bool:
    return isinstance(instance._meta.get_field(name), models.ManyToManyField)


def current(instance: models.Model, name: str) -> Any:
    value = getattr(instance, name)
    if is_many(instance, name):
        return comparable(list(value.all()))
    if isinstance(instance, Image) and name == "original":
        return instance.content_key
    return comparable(value)


def comparable(value: Any) -> Any:
    """Reduce a value to what tells it from another, the same before and after the database."""
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, list):
        return sorted(comparable(item) for item in value)
    if isinstance(value, ContentFile):
        value.seek(0)
        return Image.key_of(value.read())
    return EMPTY if value is None else value


def digest_of(value: Any) -> str:
    text = json.dumps(value, default=str, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
