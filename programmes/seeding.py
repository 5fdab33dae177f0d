"""The site's first content, read from readable files and written once.

`programmes/seed/*.toml` hold tables named after the models below, keyed by `code`. Seeding again
adds what is new and renews what nobody has touched. What an editor changed stays changed, what one
deleted stays deleted: `Seeded` remembers what the seed wrote last. All of it is one transaction.
"""

import hashlib
import json
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.core.files.base import ContentFile
from django.db import models, transaction
from django.utils import timezone, translation
from modeltranslation.translator import NotRegistered, translator

from pages.models import Collage, CollageImage, Image, Page, Publishable, Section
from pages.prose import ProseField, clean_prose
from pages.slugs import slug_from
from programmes.models import Action, Audience, Measure, Period, Seeded, Source

SEED_DIR = Path(__file__).parent / "seed"


class SeedError(ValueError):
    """A seed file is wrong. The message names the file, the entry and the key."""


@dataclass(frozen=True)
class Entry:
    """One table of a seed file. `languages` are those its title is written in."""

    file: str
    kind: str
    key: str
    data: dict[str, Any]
    languages: tuple[str, ...]

    def error(self, name: str, problem: object) -> SeedError:
        return SeedError(f"{self.file}: {self.kind} «{self.key}», {name}: {problem}")


@dataclass(frozen=True)
class Child:
    """Rows nested in an entry. `key_of` names a row within its parent, whatever its place."""

    model: type[models.Model]
    parent_field: str
    key_of: Callable[[dict[str, Any]], str]


@dataclass(frozen=True)
class Kind:
    model: type[models.Model]
    children: dict[str, Child] = field(default_factory=dict)


# In the order of writing: a table refers only to tables above it.
KINDS = {
    "source": Kind(Source),
    "period": Kind(Period),
    "audience": Kind(Audience),
    "image": Kind(Image),
    "collage": Kind(Collage, {"image": Child(CollageImage, "collage", lambda row: row["image"])}),
    "page": Kind(
        Page, {"section": Child(Section, "page", lambda row: slug_from(row["heading"]["nb"]))}
    ),
    "action": Kind(Action),
    "measure": Kind(Measure),
}


@dataclass
class Report:
    """How many rows a seeding made, renewed, removed and left as they were."""

    created: int = 0
    renewed: int = 0
    removed: int = 0
    untouched: int = 0


# --- Reading --------------------------------------------------------------------------------


def read_entries(folder: Path = SEED_DIR) -> list[Entry]:
    """Return every table of every file in `folder`, in the order of writing. Raises SeedError."""
    entries = [entry for path in sorted(folder.glob("*.toml")) for entry in _read_file(path)]
    seen: set[tuple[str, str]] = set()
    for entry in entries:
        if (entry.kind, entry.key) in seen:
            raise entry.error("code", "is used twice")
        seen.add((entry.kind, entry.key))
    order = list(KINDS)
    return sorted(entries, key=lambda entry: order.index(entry.kind))


def _read_file(path: Path) -> Iterator[Entry]:
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SeedError(f"{path.name}: {error}") from error
    for kind, rows in tables.items():
        if kind not in KINDS:
            raise SeedError(f"{path.name}: {kind}: no such kind; use one of {', '.join(KINDS)}")
        for number, row in enumerate(rows, start=1):
            if "code" not in row:
                raise SeedError(f"{path.name}: {kind} number {number}, code: is missing")
            yield Entry(path.name, kind, row["code"], row, _languages_of(row))


def _languages_of(row: dict[str, Any]) -> tuple[str, ...]:
    title = row.get("title")
    return tuple(title) if isinstance(title, dict) else tuple(settings.REQUIRED_LANGUAGES)


# --- Writing --------------------------------------------------------------------------------


def seed(folder: Path = SEED_DIR, progress: Callable[[str], None] = lambda line: None) -> Report:
    """Write the content of `folder` and return what was done. Raises SeedError with nothing written."""
    entries = read_entries(folder)
    writer = _Writer(folder)
    try:
        with transaction.atomic(), translation.override(settings.LANGUAGE_CODE):
            for entry in entries:
                progress(f"{entry.kind} {entry.key}")
                writer.write(entry)
    except BaseException:
        writer.remove_stored_files()
        raise
    return writer.report


class _Writer:
    def __init__(self, folder: Path):
        self.folder = folder
        self.report = Report()
        self.stored_files: list[models.fields.files.FieldFile] = []

    def remove_stored_files(self) -> None:
        for file in self.stored_files:
            file.storage.delete(str(file.name))

    def write(self, entry: Entry) -> None:
        kind = KINDS[entry.kind]
        own = {name: value for name, value in entry.data.items() if name not in kind.children}
        instance = self._write_row(entry, kind.model, own)
        if instance is None:
            return
        for name, child in kind.children.items():
            self._write_children(entry, name, child, instance)

    def _write_children(self, entry: Entry, name: str, child: Child, parent: models.Model) -> None:
        kept = set()
        for position, row in enumerate(entry.data.get(name, []), start=1):
            try:
                key = f"{entry.key}/{child.key_of(row)}"
            except (KeyError, TypeError) as error:
                raise entry.error(f"{name} number {position}", f"{error} is missing") from error
            nested = Entry(entry.file, f"{entry.kind}.{name}", key, row, entry.languages)
            fixed = {child.parent_field: parent}
            self._write_row(nested, child.model, {**row, "position": position}, fixed)
            kept.add(key)
        self._remove_abandoned(f"{entry.kind}.{name}", entry.key, child.model, kept)

    def _remove_abandoned(
        self, kind: str, parent_key: str, model: type[models.Model], kept: set[str]
    ) -> None:
        """Delete nested rows that the file no longer has, if no editor changed them."""
        marks = Seeded.objects.filter(model=kind, key__startswith=f"{parent_key}/")
        for mark in marks.exclude(key__in=kept):
            row = model._default_manager.filter(pk=mark.object_id).first()
            if row is not None and all(
                _digest(_current(row, name)) == digest for name, digest in mark.digests.items()
            ):
                row.delete()
                self.report.removed += 1
            mark.delete()

    def _write_row(
        self,
        entry: Entry,
        model: type[models.Model],
        data: dict[str, Any],
        fixed: dict[str, models.Model] | None = None,
    ) -> models.Model | None:
        """Create or renew one row; return it, or None when it is an editor's to decide about."""
        values = dict(self._columns(entry, model, data))
        mark = Seeded.objects.filter(model=entry.kind, key=entry.key).first()
        if mark is None:
            return self._create(entry, model, values, fixed or {})
        instance = model._default_manager.filter(pk=mark.object_id).first()
        if instance is not None:
            self._renew(entry, instance, values, mark)
        return instance

    def _create(
        self,
        entry: Entry,
        model: type[models.Model],
        values: dict[str, Any],
        fixed: dict[str, models.Model],
    ) -> models.Model | None:
        if "code" in values and model._default_manager.filter(code=values["code"]).exists():
            self.report.untouched += 1
            return None
        instance = model(**fixed)
        if isinstance(instance, Publishable):
            instance.publish_at = timezone.now().replace(microsecond=0)
        self._store(entry, instance, values)
        digests = {name: _digest(_current(instance, name)) for name in values}
        Seeded.objects.create(
            model=entry.kind, key=entry.key, object_id=instance.pk, digests=digests
        )
        self.report.created += 1
        return instance

    def _renew(
        self, entry: Entry, instance: models.Model, values: dict[str, Any], mark: Seeded
    ) -> None:
        renewed = {
            name: value
            for name, value in values.items()
            if _digest(_comparable(value)) != mark.digests.get(name)
            and _digest(_current(instance, name)) == mark.digests.get(name, _digest(_EMPTY))
        }
        if not renewed:
            self.report.untouched += 1
            return
        self._store(entry, instance, renewed)
        mark.digests |= {name: _digest(_current(instance, name)) for name in renewed}
        mark.save()
        self.report.renewed += 1

    def _store(self, entry: Entry, instance: models.Model, values: dict[str, Any]) -> None:
        many = {name: v for name, v in values.items() if _is_many(instance, name)}
        for name, value in values.items():
            if name not in many:
                setattr(instance, name, value)
        try:
            instance.full_clean()
        except ValidationError as error:
            name, problems = next(iter(error.message_dict.items()))
            raise entry.error(name, " ".join(problems)) from error
        instance.save()
        for name, value in values.items():
            if isinstance(value, ContentFile):
                self.stored_files.append(getattr(instance, name))
        for name, related in many.items():
            getattr(instance, name).set(related)

    # --- From a table's keys to a model's columns -------------------------------------------

    def _columns(
        self, entry: Entry, model: type[models.Model], data: dict[str, Any]
    ) -> Iterator[tuple[str, Any]]:
        translated = _translated_fields(model)
        for name, value in data.items():
            try:
                column = model._meta.get_field(name)
            except FieldDoesNotExist as error:
                raise entry.error(name, "there is no such key") from error
            if name in translated:
                # Cleaned here as it will be when saved, so that seeding again compares like with like.
                clean = clean_prose if isinstance(column, ProseField) else str
                for language, wording in self._wordings(entry, name, value):
                    yield f"{name}_{language}", clean(wording)
            elif isinstance(column, models.ManyToManyField):
                yield name, [self._related(entry, name, column, code) for code in value]
            elif isinstance(column, models.ForeignKey):
                yield name, self._related(entry, name, column, value)
            elif isinstance(column, models.FileField):
                yield name, self._file(entry, name, value)
            else:
                yield name, value

    def _wordings(self, entry: Entry, name: str, value: Any) -> Iterator[tuple[str, str]]:
        if not isinstance(value, dict):
            raise entry.error(name, "needs one wording per language, as in { nb = … }")
        for language in [*entry.languages, *value]:
            if language not in value:
                raise entry.error(f"{name}.{language}", "is missing")
            if language not in dict(settings.LANGUAGES):
                raise entry.error(f"{name}.{language}", "is not a language of this site")
        for language, wording in value.items():
            if not isinstance(wording, str):
                raise entry.error(f"{name}.{language}", "must be text")
            yield language, wording.strip()

    def _related(
        self, entry: Entry, name: str, column: models.ForeignKey | models.ManyToManyField, code: str
    ) -> models.Model:
        related = column.related_model._default_manager.filter(code=code).first()
        if related is None:
            raise entry.error(name, f"there is no «{code}»")
        return related

    def _file(self, entry: Entry, name: str, value: str) -> ContentFile:
        path = self.folder / value
        if not path.is_file():
            raise entry.error(name, f"there is no file {value}")
        return ContentFile(path.read_bytes(), name=path.name)


# --- Telling an editor's work from the seed's -----------------------------------------------

_EMPTY = ""


def _translated_fields(model: type[models.Model]) -> set[str]:
    try:
        return set(translator.get_options_for_model(model).all_fields)
    except NotRegistered:
        return set()


def _is_many(instance: models.Model, name: str) -> bool:
    return isinstance(instance._meta.get_field(name), models.ManyToManyField)


def _current(instance: models.Model, name: str) -> Any:
    value = getattr(instance, name)
    if _is_many(instance, name):
        return _comparable(list(value.all()))
    if isinstance(instance, Image) and name == "original":
        return instance.content_key
    return _comparable(value)


def _comparable(value: Any) -> Any:
    """Reduce a value to what tells it from another, the same before and after the database."""
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, list):
        return sorted(_comparable(item) for item in value)
    if isinstance(value, ContentFile):
        value.seek(0)
        return Image.key_of(value.read())
    return _EMPTY if value is None else value


def _digest(value: Any) -> str:
    text = json.dumps(value, default=str, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
