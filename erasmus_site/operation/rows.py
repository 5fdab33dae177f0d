"""Rows of any table, read and written so that neither SQLite nor PostgreSQL changes a value.

Columns are read past the models' own rules (cleaning, languages, `auto_now`), and JSON as the text that
it is: None and JSON's `null` are two things. A table's sum is the same on every engine exactly when each
of its rows is: it does not depend on their order, since engines sort text differently.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from decimal import Context, Decimal
from typing import Any, NamedTuple
from uuid import UUID

from django.apps import apps
from django.db import connections, models
from django.db.models.functions import Cast

CHUNK = 500
_SUM_BITS = 256

Row = tuple[Any, ...]


class Tally(NamedTuple):
    """How many rows, and what they say together."""

    number: int
    sum: str


class Counter:
    """Makes a tally of the rows that pass through it."""

    def __init__(self, model: type[models.Model]):
        self._kinds = [_is_json(field) for field in columns(model)]
        self._count = self._sum = 0

    def counted(self, rows: Iterable[Row]) -> Iterator[Row]:
        for row in rows:
            said = repr([_said(v, json_) for v, json_ in zip(row, self._kinds, strict=True)])
            digest = hashlib.sha256(said.encode("utf-8", "surrogatepass")).digest()
            self._sum = (self._sum + int.from_bytes(digest, "big")) % 2**_SUM_BITS
            self._count += 1
            yield row

    @property
    def tally(self) -> Tally:
        return Tally(self._count, f"{self._sum:0{_SUM_BITS // 4}x}")


def tables() -> list[type[models.Model]]:
    """Return the models of all tables, those of many-to-many relations included.

    But for what each database makes by its own triggers, as the generation of the content.
    """
    found = apps.get_models(include_auto_created=True)
    return [m for m in found if m._meta.managed and not m._meta.proxy and _is_copied(m)]


def _is_copied(model: type[models.Model]) -> bool:
    return getattr(model, "IS_COPIED", True)


def columns(model: type[models.Model]) -> list[models.Field]:
    return [field for field in model._meta.local_concrete_fields if not field.generated]


def read(model: type[models.Model], using: str) -> Iterator[Row]:
    """Give every row, in the order of `columns`."""
    fields = columns(model)
    # Cast where the column is JSON; plain names elsewhere. Not the model's manager, which may have rules.
    asked = {
        f"json_{n}": Cast(f.name, models.TextField()) for n, f in enumerate(fields) if _is_json(f)
    }
    names = [f"json_{n}" if _is_json(f) else f.name for n, f in enumerate(fields)]
    rows = models.QuerySet(model, using=using).annotate(**asked).order_by("pk")
    for row in rows.values_list(*names).iterator(CHUNK):
        yield tuple(_told(field, value) for field, value in zip(fields, row, strict=True))


def _told(field: models.Field, value: Any) -> Any:
    if isinstance(field, models.GenericIPAddressField):
        # PostgreSQL writes some of IPv6 in another way than it was given.
        return field.to_python(value)
    return bytes(value) if isinstance(value, memoryview) else value


def tally(model: type[models.Model], using: str) -> Tally:
    counter = Counter(model)
    for _row in counter.counted(read(model, using)):
        pass
    return counter.tally


def write(model: type[models.Model], using: str, rows: Iterable[Row]) -> None:
    """Insert rows as `read` gives them."""
    connection = connections[using]
    fields = columns(model)
    quote = connection.ops.quote_name
    into = ", ".join(quote(str(field.column)) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    statement = f"INSERT INTO {quote(model._meta.db_table)} ({into}) VALUES ({places})"  # noqa: S608
    with connection.cursor() as cursor:
        for chunk in _chunks(rows):
            cursor.executemany(
                statement,
                [
                    [_stored(f, v, connection) for f, v in zip(fields, row, strict=True)]
                    for row in chunk
                ],
            )


def clear(using: str) -> None:
    """Delete every row of every table. Keys go on from where they were: see `set_last_keys`."""
    connection = connections[using]
    names = [model._meta.db_table for model in tables()]
    statements = (
        [f"TRUNCATE {', '.join(map(connection.ops.quote_name, names))}"]
        if connection.vendor == "postgresql"
        else [f"DELETE FROM {connection.ops.quote_name(name)}" for name in names]  # noqa: S608
    )
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def last_keys(using: str) -> dict[str, int]:
    """Return the last key that each table has given, also where its row is gone.

    Old addresses and versions name rows by their keys, so that none may be given a second time.
    """
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, seq FROM sqlite_sequence")
            return dict(cursor.fetchall())
        found = {}
        for table, sequence in _sequences(using):
            cursor.execute(f"SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {sequence}")  # noqa: S608
            found[table] = cursor.fetchone()[0]
        return found


def set_last_keys(using: str, keys: dict[str, int]) -> None:
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DELETE FROM sqlite_sequence")
            cursor.executemany(
                "INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", list(keys.items())
            )
            return
        for table, sequence in _sequences(using):
            last = keys.get(table, 0)
            cursor.execute("SELECT setval(%s, %s, %s)", [sequence, max(last, 1), last > 0])


def _sequences(using: str) -> Iterator[tuple[str, str]]:
    """Give the tables of a PostgreSQL whose keys are counted up, each with its sequence."""
    quote = connections[using].ops.quote_name
    with connections[using].cursor() as cursor:
        for model in tables():
            key, table = model._meta.pk, model._meta.db_table
            if isinstance(key, models.AutoField | models.BigAutoField | models.SmallAutoField):
                cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [quote(table), key.column])
                yield table, cursor.fetchone()[0]


def _is_json(field: models.Field) -> bool:
    return field.get_internal_type() == "JSONField"


def _stored(field: models.Field, value: Any, connection) -> Any:
    """Return what the engine takes. Text goes as it is: a field's own cleaning must not change it."""
    if value is None or isinstance(value, str):
        return value
    return field.get_db_prep_save(value, connection)


def _chunks(rows: Iterable[Row]) -> Iterator[list[Row]]:
    chunk: list[Row] = []
    for row in rows:
        chunk.append(row)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


# --- What a value says, whatever engine it comes from ---------------------------------------


def _said(value: Any, is_json: bool) -> Any:
    match value:
        case str() if is_json:
            return "json", _tree(json.loads(value, parse_float=_number, parse_int=_number))
        case None | bool() | int() | str() | bytes():
            return value
        case float():
            # -0.0 is 0.0 to PostgreSQL's comparison, and SQLite may store either as an integer.
            return "float", repr(value + 0.0)
        case datetime():
            return "moment", value.astimezone(UTC).isoformat(timespec="microseconds")
        case date() | time():
            return type(value).__name__, value.isoformat()
        case timedelta():
            return "span", value // timedelta(microseconds=1)
        case Decimal():
            return "decimal", _number(str(value))
        case UUID():
            return "uuid", value.hex
    raise TypeError(f"no form for {type(value).__name__}")


def _tree(value: Any) -> Any:
    """PostgreSQL sorts the names in an object; they mean the same in any order."""
    match value:
        case dict():
            return {name: _tree(value[name]) for name in sorted(value)}
        case list():
            return [_tree(item) for item in value]
    return value


def _number(text: str) -> tuple[str, str]:
    """The same for 1e2, 100 and 100.0. JSON's numbers have no kinds, and PostgreSQL keeps none."""
    plain = Decimal(text).normalize(Context(prec=len(text)))
    return "number", str(plain or Decimal(0))
