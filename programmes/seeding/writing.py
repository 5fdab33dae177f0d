"""Writing: rows made, renewed or left alone, all in one transaction."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.core.files.base import ContentFile
from django.db import DatabaseError, models, transaction
from django.utils import timezone, translation
from modeltranslation.translator import NotRegistered, translator

from pages.discovery import sharing
from pages.links import paths
from pages.models import Ordered, Publishable, Translated
from pages.models.references import refer
from pages.prose import ProseField, clean_prose
from programmes.models import Seeded
from programmes.seeding.addresses import seed_addresses
from programmes.seeding.digests import EMPTY, comparable, current, digest_of, is_many
from programmes.seeding.files import (
    KINDS,
    SEED_DIR,
    Child,
    Entry,
    RefusedError,
    SeedError,
    read_entries,
)


@dataclass
class Report:
    """How many rows a seeding made, renewed, removed and left as they were."""

    created: int = 0
    renewed: int = 0
    removed: int = 0
    untouched: int = 0
    refused: list[str] = field(default_factory=list)


def seed(folder: Path = SEED_DIR, progress: Callable[[str], None] = lambda line: None) -> Report:
    """Write the content of `folder` and return what was done. Raises SeedError with nothing written."""
    entries = read_entries(folder)
    writer = _Writer(folder)
    try:
        # Pictures have no files yet: what follows from both is made when all is there.
        with (
            sharing.postponed(),
            transaction.atomic(),
            translation.override(settings.LANGUAGE_CODE),
        ):
            writer.read_marks()
            for entry in entries:
                progress(f"{entry.kind} {entry.key}")
                writer.write(entry)
            writer.refer_to_later_rows(entries)
            for kind in KINDS.values():
                if issubclass(kind.model, Ordered):
                    kind.model.settle()
            seed_addresses(folder)
    except BaseException:
        writer.remove_stored_files()
        raise
    return writer.report


class _Writer:
    def __init__(self, folder: Path):
        self.folder = folder
        self.report = Report()
        self.stored_files: list[models.fields.files.FieldFile] = []
        self.marks: dict[tuple[str, str], Seeded] = {}
        self.named: dict[tuple[type[models.Model], str], models.Model] = {}
        self.is_first = True
        self.all_rows_exist = False

    def read_marks(self) -> None:
        """Read what was seeded before, at once: most rows are asked for several times, and seldom changed."""
        self.marks = {(mark.model, mark.key): mark for mark in Seeded.objects.all()}
        # On an empty site whatever is refused is the seed's own fault; later it may be an editor's right.
        self.is_first = not self.marks

    def remove_stored_files(self) -> None:
        for file in self.stored_files:
            if file.name:
                file.storage.delete(file.name)

    def refer_to_later_rows(self, entries: list[Entry]) -> None:
        """Write those once more that link to rows, or name rows, which may have been seeded after them."""
        report = replace(self.report, refused=[*self.report.refused])
        self.all_rows_exist = True
        for entry in entries:
            links = any(paths(text, settings.SITE_URL) for text in _texts(entry.data))
            if links or _names_its_own_kind(entry):
                self.write(entry)
        self.report = report

    def write(self, entry: Entry) -> None:
        kind = KINDS[entry.kind]
        own = {name: value for name, value in entry.data.items() if name not in kind.children}
        instance = self._write_row(entry, kind.model, own)
        if instance is None:
            return
        for name, child in kind.children.items():
            self._write_children(entry, name, child, instance)

    def _write_children(self, entry: Entry, name: str, child: Child, parent: models.Model) -> None:
        rows = entry.data.get(name, [])
        kept: set[str] = set()
        for position, row in enumerate(rows if isinstance(rows, list) else [rows], start=1):
            if not isinstance(row, dict) or not isinstance(row.get(child.key), str):
                raise entry.error(f"{name} number {position}", f"{child.key} is missing")
            key = f"{entry.key}/{row[child.key]}"
            if key in kept:
                raise entry.error(f"{name} number {position}", f"{child.key} is used twice")
            kept.add(key)
            nested = Entry(entry.file, f"{entry.kind}.{name}", key, row, entry.languages)
            # A nested row's code is its name in the files only.
            data = {name: value for name, value in row.items() if name != "code"}
            if _column(child.model, "position") is not None:
                data["position"] = position
            self._write_row(nested, child.model, data, {child.parent_field: parent})
        self._remove_abandoned(f"{entry.kind}.{name}", entry.key, child.model, kept)

    def _remove_abandoned(
        self, kind: str, parent_key: str, model: type[models.Model], kept: set[str]
    ) -> None:
        """Delete nested rows that the file no longer has, if no editor changed them."""
        marks = [
            mark
            for (model_name, key), mark in self.marks.items()
            if model_name == kind and key.startswith(f"{parent_key}/") and key not in kept
        ]
        for mark in marks:
            row = model._default_manager.filter(pk=mark.object_id).first()
            if row is not None and all(
                digest_of(current(row, name)) == digest for name, digest in mark.digests.items()
            ):
                row.delete()
                mark.delete()
                del self.marks[mark.model, mark.key]
                self.report.removed += 1

    def _write_row(
        self,
        entry: Entry,
        model: type[models.Model],
        data: dict[str, Any],
        fixed: dict[str, models.Model] | None = None,
    ) -> models.Model | None:
        """Create or renew one row; return it, or None when it is an editor's to decide about."""
        try:
            return self._write_values(entry, model, dict(self._columns(entry, model, data)), fixed)
        except _RowGoneError:
            return None
        except RefusedError as refusal:
            if self.is_first:
                raise
            self.report.refused.append(str(refusal))
            return None
        except (TypeError, ValueError, AttributeError, DatabaseError) as error:
            if isinstance(error, SeedError):
                raise
            raise entry.error("some value", error) from error

    def _write_values(
        self,
        entry: Entry,
        model: type[models.Model],
        values: dict[str, Any],
        fixed: dict[str, models.Model] | None,
    ) -> models.Model | None:
        mark = self.marks.get((entry.kind, entry.key))
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
        digests = {name: digest_of(current(instance, name)) for name in values}
        self.marks[entry.kind, entry.key] = Seeded.objects.create(
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
            if digest_of(comparable(value)) != mark.digests.get(name)
            and digest_of(current(instance, name))
            == mark.digests.get(name, _unwritten(instance, name))
        }
        if not renewed:
            self.report.untouched += 1
            return
        _confirm_what_is_the_seeds(instance, renewed, mark)
        self._store(entry, instance, renewed)
        mark.digests |= {name: digest_of(current(instance, name)) for name in renewed}
        mark.save()
        self.report.renewed += 1

    def _store(self, entry: Entry, instance: models.Model, values: dict[str, Any]) -> None:
        many = {name: v for name, v in values.items() if is_many(instance, name)}
        for name, value in values.items():
            if name not in many:
                setattr(instance, name, value)
        try:
            instance.full_clean()
        except ValidationError as error:
            name, problems = next(iter(error.message_dict.items()))
            raise entry.error(name, " ".join(problems), RefusedError) from error
        for name, value in values.items():
            if isinstance(value, ContentFile) and not getattr(instance, name)._committed:
                self.stored_files.append(getattr(instance, name))
        if isinstance(instance, Ordered) and instance.pk:
            # Making room would renumber the neighbours, which then would look like an editor's work.
            instance.save(makes_room=False)
        else:
            instance.save()
        for name, related in many.items():
            getattr(instance, name).set(related)
        # Whoever refers to it from now on must see it as it is now.
        self.named.pop((type(instance), getattr(instance, "code", "")), None)

    # --- From a table's keys to a model's columns -------------------------------------------

    def _columns(
        self, entry: Entry, model: type[models.Model], data: dict[str, Any]
    ) -> Iterator[tuple[str, Any]]:
        translated = _translated_fields(model)
        for name, value in data.items():
            column = _column(model, name)
            if column is None:
                raise entry.error(name, "there is no such key")
            if name in translated:
                # As it will be when saved, so that seeding again compares like with like.
                clean = _as_saved if isinstance(column, ProseField) else str
                for language, wording in self._wordings(entry, name, value):
                    yield f"{name}_{language}", clean(wording)
            elif _is_to_own_kind(column) and not self.all_rows_exist:
                continue
            elif isinstance(column, models.ManyToManyField):
                found = [self._related(entry, name, column, code) for code in value]
                yield name, [row for row in found if row is not None]
            elif isinstance(column, models.ForeignKey):
                related = self._related(entry, name, column, value)
                if related is None and not column.null:
                    raise _RowGoneError
                yield name, related
            elif isinstance(column, models.FileField):
                yield name, self._file(entry, name, value)
            else:
                yield name, self._plain(entry, name, column, value)

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
    ) -> models.Model | None:
        """Return the row that `code` names, or None when an editor has deleted it."""
        model = column.related_model
        if row := self.named.get((model, code)):
            return row
        related = model._default_manager.filter(code=code).first()
        if related is not None:
            self.named[model, code] = related
        elif (model._meta.model_name, code) not in self.marks:
            raise entry.error(name, f"there is no «{code}»")
        return related

    def _plain(self, entry: Entry, name: str, column: models.Field, value: Any) -> Any:
        try:
            return column.to_python(value)
        except ValidationError as error:
            raise entry.error(name, " ".join(error.messages)) from error

    def _file(self, entry: Entry, name: str, value: str) -> ContentFile:
        path = self.folder / value
        if not path.is_file():
            raise entry.error(name, f"there is no file {value}")
        return ContentFile(path.read_bytes(), name=path.name)


def _unwritten(instance: models.Model, name: str) -> str:
    """Return the digest of a value that neither seed nor editor has given."""
    return digest_of([] if is_many(instance, name) else EMPTY)


def _confirm_what_is_the_seeds(
    instance: models.Model, renewed: dict[str, Any], mark: Seeded
) -> None:
    """The seed is written in all languages at once: a translation that it leaves as it was is right."""
    if not isinstance(instance, Translated):
        return
    for name in instance.tracked_fields():
        for code, _language in settings.LANGUAGES:
            column = f"{name}_{code}"
            is_the_seeds = mark.digests.get(column) == digest_of(current(instance, column))
            if is_the_seeds and f"{name}_{settings.LANGUAGE_CODE}" in renewed:
                instance.confirm(name, code)


class _RowGoneError(Exception):
    """What a row cannot be without was deleted by an editor: the row goes with it."""


def _column(model: type[models.Model], name: str) -> Any:
    """Return the column that the key `name` of a seed file fills, if there is one."""
    try:
        column = model._meta.get_field(name)
    except FieldDoesNotExist:
        return None
    is_own = isinstance(column, models.Field) and not column.auto_created
    return column if is_own and (column.editable or name in ("code", "route")) else None


def _is_to_own_kind(column: Any) -> bool:
    return isinstance(column, models.ManyToManyField) and column.related_model is column.model


def _names_its_own_kind(entry: Entry) -> bool:
    model = KINDS[entry.kind].model
    return any(_is_to_own_kind(_column(model, name)) for name in entry.data)


def _as_saved(text: str) -> str:
    return refer({"": clean_prose(text)})[""]


def _texts(data: Any) -> Iterator[str]:
    """Yield every text in an entry, however deep."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict | list):
        for value in data.values() if isinstance(data, dict) else data:
            yield from _texts(value)


def _translated_fields(model: type[models.Model]) -> set[str]:
    try:
        return set(translator.get_options_for_model(model).all_fields)
    except NotRegistered:
        return set()
