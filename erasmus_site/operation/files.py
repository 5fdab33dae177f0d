"""Stores of files: what one holds, and copying it to another."""

import hashlib
from collections.abc import Iterable, Iterator
from typing import IO, NamedTuple

from django.core.files import File
from django.core.files.storage import Storage
from django.db import connections, models

from erasmus_site.operation import rows

_CHUNK = 1024 * 1024


class Sum(NamedTuple):
    """A file's content, as far as comparing goes."""

    size: int
    sha256: str


class Reader:
    """Reads a file and makes its sum on the way."""

    def __init__(self, file: IO[bytes]):
        self._file = file
        self._digest = hashlib.sha256()
        self._size = 0

    def chunks(self) -> Iterator[bytes]:
        while chunk := self._file.read(_CHUNK):
            self._digest.update(chunk)
            self._size += len(chunk)
            yield chunk

    @property
    def sum(self) -> Sum:
        return Sum(self._size, self._digest.hexdigest())


def sum_of(file: IO[bytes]) -> Sum:
    reader = Reader(file)
    for _chunk in reader.chunks():
        pass
    return reader.sum


def names(store: Storage, folder: str = "") -> Iterator[str]:
    """Give the name of every file of a store, in order."""
    try:
        folders, files = store.listdir(folder)
    except FileNotFoundError:
        # A folder that nothing has been put into yet.
        return
    prefix = f"{folder}/" if folder else ""
    yield from (f"{prefix}{name}" for name in sorted(files))
    for name in sorted(folders):
        yield from names(store, f"{prefix}{name}")


def stored_sum(store: Storage, name: str) -> Sum | None:
    """Return the sum of a stored file, or None where there is none of the name."""
    try:
        with store.open(name) as file:
            return sum_of(file)
    except FileNotFoundError:
        return None


def put(store: Storage, name: str, file: IO[bytes]) -> None:
    """Store a file under just this name, in place of what was there."""
    store.delete(name)
    stored = store.save(name, File(file))
    if stored != name:
        store.delete(stored)
        raise OSError(f"{name} was stored as {stored}")


def named_by(using: str) -> set[str]:
    """Return the names of all files that the rows of a database name; it may be of an earlier release."""
    connection = connections[using]
    found: set[str] = set()
    with connection.cursor() as cursor:
        present = set(connection.introspection.table_names(cursor))
        for model in rows.tables():
            table = model._meta.db_table
            fields = [f for f in rows.columns(model) if isinstance(f, models.FileField)]
            if not fields or table not in present:
                continue
            there = {c.name for c in connection.introspection.get_table_description(cursor, table)}
            for field in (field for field in fields if field.column in there):
                plain: models.QuerySet = models.QuerySet(model, using=using)
                found.update(filter(None, plain.values_list(field.name, flat=True)))
    return found


def missing(store: Storage, wanted: Iterable[str]) -> list[str]:
    return [name for name in sorted(wanted) if not store.exists(name)]
