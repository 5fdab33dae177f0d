"""Records as translators' files. What the files look like is told by `pages.xliff`, the way back by `pages.importing`."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.text import capfirst

from pages import passages, publishing, xliff
from pages.models import Translated
from pages.models.translated import STALE
from pages.passages import Content, Prose
from pages.prose import ProseField, clean_prose

_BROKEN_LINE = re.compile(" *[\t\n][ \t\n]*")


def translations() -> list[str]:
    """Return the codes of the languages that are translated into."""
    return [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]


@dataclass(frozen=True)
class Text:
    """One text of a record, or of a part of it, in all languages."""

    row: Translated
    name: str
    is_in_part: bool = False

    @property
    def id(self) -> str:
        return f"{key_of(self.row)}:{self.name}"

    def unit_id(self, number: int) -> str:
        """Return the name of a passage, counted from 1."""
        return f"{self.id}:{number}" if self.is_prose else self.id

    @property
    def field(self) -> models.Field:
        found: Any = self.row._meta.get_field(self.name)
        return found

    @property
    def is_prose(self) -> bool:
        return isinstance(self.field, ProseField)

    @property
    def label(self) -> str:
        """What editors call it; in a part, after the kind of part it stands in."""
        name = capfirst(str(self.field.verbose_name))
        part = capfirst(str(self.row._meta.verbose_name))
        return f"{part} «{self.row}» – {name}" if self.is_in_part else name

    def column(self, language: str) -> Any:
        return self.row._meta.get_field(f"{self.name}_{language}")

    def value(self, language: str = settings.LANGUAGE_CODE) -> str:
        return self.row.translated(self.name, language)

    def prose(self, language: str = settings.LANGUAGE_CODE) -> Prose:
        return self.split(self.value(language))

    def split(self, value: str) -> Prose:
        return passages.split(value) if self.is_prose else passages.plain(value)

    def digest(self, language: str = settings.LANGUAGE_CODE) -> str:
        return digest_of(self.value(language))

    def is_stale(self, language: str) -> bool:
        return self.row.state_of(self.name, language) == STALE

    def is_lacking(self, language: str) -> bool:
        return not self.value(language) or self.is_stale(language)

    def aligned(self, language: str) -> Prose:
        """Return the translation in the passages of the source."""
        made_from = self.row.outdated.get(language, {}).get(self.name)
        before = self.split(made_from) if made_from else None
        return passages.aligned(self.prose(), self.prose(language), before)

    def woven(self, language: str, targets: list[Content]) -> str:
        """Return the value that the field gets from the targets of its passages."""
        if self.is_prose:
            return clean_prose(self.aligned(language).joined(targets))
        text = "".join(map(passages.text_of, targets))
        if isinstance(self.field, models.TextField):
            return text
        # A tool may have broken a line; other spaces are meant, such as one that does not break.
        return _BROKEN_LINE.sub(" ", text).strip()


def digest_of(value: str) -> str:
    return hashlib.sha256(value.encode()).hexdigest()[:16]


def texts_of(record: Translated) -> list[Text]:
    """Return the texts of `record` and its parts that have words in the source language."""
    rows = [record, *record.parts()]
    texts = [Text(row, name, row is not record) for row in rows for name in row.tracked_fields()]
    return [text for text in texts if text.prose().passages]


def key_of(row: models.Model) -> str:
    return f"{row._meta.label_lower}:{row.pk}"


def bring_in_draft(record: models.Model) -> None:
    """Make of the rows the working copy, until the transaction is rolled back."""
    if draft := publishing.draft_of(record):
        publishing.apply_draft(draft, record)


def export(records: Iterable[Translated], language: str, only_lacking: bool = False) -> bytes:
    """Return a file with the texts of `records`, as their drafts have them, to translate to `language`."""
    files = (_file(record, language, only_lacking) for record in records)
    return xliff.write(file for file in files if file.units)


def _file(record: Translated, language: str, only_lacking: bool) -> xliff.File:
    with publishing.rolled_back():
        bring_in_draft(record)
        units = tuple(
            unit
            for text in texts_of(record)
            if text.is_lacking(language) or not only_lacking
            for unit in _units(text, language)
        )
    return xliff.File(key_of(record), settings.LANGUAGE_CODE, language, units)


def _units(text: Text, language: str) -> Iterator[xliff.Unit]:
    present = text.aligned(language)
    for number, passage in enumerate(text.prose().passages, 1):
        target = present.passages[number - 1].content
        stale = xliff.NEEDS_REVIEW if text.is_stale(language) else xliff.TRANSLATED
        yield xliff.Unit(
            id=text.unit_id(number),
            source=passage.content,
            target=target,
            state=stale if target else xliff.NEW,
            digest=text.digest(),
            note=text.label,
            target_digest=text.digest(language),
        )
