"""Other databases than the site's own: opened for a while, brought to this release, looked into."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import DatabaseError

from erasmus_site import addresses
from erasmus_site.operation import OperationError, rows

# What migrating by itself fills: a database that holds nothing else has nothing to lose.
_FILLED_BY_MIGRATING = {
    "contenttypes.contenttype",
    "auth.permission",
    "auth.group",
    "auth.group_permissions",
    "pages.generation",
}


@contextmanager
def opened(alias: str, config: dict[str, Any]) -> Iterator[str]:
    """Give the name under which Django knows one more database, until the block ends."""
    connections.settings[alias] = config
    connections.configure_settings(connections.settings)
    try:
        yield alias
    finally:
        connections[alias].close()
        del connections[alias], connections.settings[alias]


def file(path: Path) -> dict[str, Any]:
    """Return the configuration of an SQLite file, for `opened`. One file, without a log beside it."""
    config = addresses.database(f"sqlite:///{path}")
    config["OPTIONS"]["init_command"] = "PRAGMA journal_mode=DELETE"
    return config


@contextmanager
def as_of_now(using: str) -> Iterator[None]:
    """Within the block, reading sees the database as it is at the beginning, and nothing is written.

    Others go on writing meanwhile: PostgreSQL keeps the old rows, and so does SQLite's log.
    """
    connection = connections[using]
    with _only_reading(connection), transaction.atomic(using=using):
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            else:
                # An SQLite takes its view at the first reading.
                cursor.execute("SELECT count(*) FROM sqlite_master")
        yield


@contextmanager
def _only_reading(connection) -> Iterator[None]:
    """An SQLite would take the write lock as it begins: see `addresses.database`."""
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    mode, connection.transaction_mode = connection.transaction_mode, None
    connection.connection.execute("PRAGMA query_only = 1")
    try:
        yield
    finally:
        connection.connection.execute("PRAGMA query_only = 0")
        connection.transaction_mode = mode


def migrate(using: str) -> None:
    """Bring the tables to this release. Nobody is asked anything, and rows stay."""
    call_command("migrate", database=using, interactive=False, verbosity=0, skip_checks=True)


def unmigrated(using: str) -> list[str]:
    """Return the names of this release's migrations that the database lacks."""
    executor = MigrationExecutor(connections[using])
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]


def content_of(using: str) -> list[str]:
    """Return the tables that hold anything but what migrating writes, each with its number of rows."""
    connection = connections[using]
    with connection.cursor() as cursor:
        present = set(connection.introspection.table_names(cursor))
    looked_at = [
        model._meta.db_table
        for model in rows.tables()
        if model._meta.label_lower not in _FILLED_BY_MIGRATING
    ]
    return [
        f"{table} ({number})"
        for table in looked_at
        if table in present and (number := count(table, using))
    ]


def count(table: str, using: str) -> int:
    quoted = connections[using].ops.quote_name(table)
    with connections[using].cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {quoted}")  # noqa: S608
        return cursor.fetchone()[0]


def require_answer(using: str, name: str) -> None:
    """Raises OperationError where the database cannot be reached."""
    try:
        connections[using].ensure_connection()
    except DatabaseError as error:
        raise OperationError(f"{name} cannot be opened: {first_line(error)}") from error


def first_line(error: BaseException) -> str:
    """What went wrong, as short as it was told."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
