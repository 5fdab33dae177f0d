"""What is missing and outdated in the translations of all records, the most visited first."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import Q

from pages.models import Publishable, Translated
from pages.models.translated import ABSENT, CURRENT, MISSING, STALE


@dataclass(frozen=True)
class Todo:
    """A record that needs work in a language: `state` is the gravest, `count` of how many texts."""

    record: Translated
    language: str
    state: str
    count: int


def todo(languages: list[str] | None = None) -> list[Todo]:
    """Return what there is to translate, in the order in which it is worth doing.

    Each row has `record`, `language`, `state` (absent, missing or stale) and `count`; the caller adds
    the address of its form. `languages`: only these, as a translator of one would ask. What visitors
    see comes first, then by the records' `worth`. A constant number of queries for each kind of record.

    A record that need not exist in a language is listed as absent there only if the language is one
    of settings.REQUIRED_LANGUAGES.
    """
    wanted = languages or [code for code, _name in settings.LANGUAGES]
    codes = [code for code in wanted if code != settings.LANGUAGE_CODE]
    rows = [row for model in record_models() for row in _unfinished(model, codes)]
    found = [entry for row in rows for code in codes for entry in _entry(row, code)]
    return sorted(found, key=lambda entry: _rank(entry, codes))


def record_models() -> list[type[Translated]]:
    """Return every kind of record that has words in several languages and is no part of another."""
    parts = {
        getattr(model, name).rel.related_model
        for model in apps.get_models()
        for name in getattr(model, "PARTS", ())
    }
    return [m for m in apps.get_models() if issubclass(m, Translated) and m not in parts]


def _unfinished(model: type[Translated], languages: list[str]) -> list[Translated]:
    condition = Q(pk__in=[])
    for code in languages:
        condition |= model.missing_in(code) | model.stale_in(code)
        if code in settings.REQUIRED_LANGUAGES:
            condition |= model.in_state(ABSENT, code)
    rows: Any = model._default_manager.filter(condition)
    if issubclass(model, Publishable):
        rows = rows.with_address()
    return list(rows.prefetch_related(*model.parts_with_words()))


def _entry(record: Translated, language: str) -> Iterator[Todo]:
    state = record.whole_state(language)
    if state == CURRENT or (state == ABSENT and language not in settings.REQUIRED_LANGUAGES):
        return
    if state == ABSENT:
        source = (record.translated(f, settings.LANGUAGE_CODE) for f in record.expected_fields())
        count = sum(map(bool, source))
    else:
        count = sum(record.fields_in_state(each, language) for each in (MISSING, STALE))
    if count:
        yield Todo(record, language, state, count)


def _rank(entry: Todo, languages: list[str]) -> tuple:
    record: Any = entry.record
    is_hidden = isinstance(record, Publishable) and not record.is_published
    position = getattr(record, "position", 0)
    kind = record._meta.label
    return is_hidden, record.worth, kind, position, record.pk, languages.index(entry.language)
