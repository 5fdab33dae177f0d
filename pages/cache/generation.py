"""Tells whether the content has changed, in one short query, and rightly.

Triggers in the database change the token of `pages.models.Generation` in the very transaction that
changes a row of content: it moves when that commits and not before, is rolled back with it, cannot be
lost between the two, and no way of saving goes past it, be it a form, a command, a bulk update, a
migration or plain SQL. They are made anew after each migration, from the models as they then are.

A model whose rows no visitor sees says so with `SEEN_BY_VISITORS = False`; all others count.
"""

from collections.abc import Iterable
from uuid import uuid4

from django.apps import apps
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connection, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper

_MOVE = {
    "postgresql": "UPDATE pages_generation SET token = gen_random_uuid()::text",
    "sqlite": "UPDATE pages_generation SET token = lower(hex(randomblob(16)))",
}

_EVENTS = ("insert", "update", "delete")
_SQLITE = """
CREATE TRIGGER {name}_{event} AFTER {event} ON {table}
BEGIN {move}; END
"""

# At the end of the transaction, since a row locked early would have two editors wait for each other;
# and once in it: the row's xmin is the transaction that wrote it last.
_POSTGRESQL = (
    """
CREATE OR REPLACE FUNCTION pages_generation_move() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  {move} WHERE xmin <> pg_current_xact_id()::xid;
  RETURN NULL;
END $$
""",
    """
CREATE CONSTRAINT TRIGGER {name} AFTER INSERT OR UPDATE OR DELETE ON {table}
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION pages_generation_move()
""",
)


def current() -> str:
    """Return the token of the content as it is committed now. One query.

    Past Django's cursor, which would double its cost: it is asked at every request. Where there is no
    row yet, a token that no page can have.
    """
    connection.ensure_connection()
    with connection.wrap_database_errors:
        row = connection.connection.execute("SELECT token FROM pages_generation").fetchone()
    return row[0] if row else uuid4().hex


def watch(using: str = DEFAULT_DB_ALIAS) -> None:
    """Make the triggers of every table of content, and begin a new generation.

    Where migrations are taken back so far that there is nothing to move, only take the triggers away:
    the release of that time could save nothing otherwise.
    """
    database = connections[using]
    with database.cursor() as cursor:
        tables = set(database.introspection.table_names(cursor))
        content = {model._meta.db_table for model in watched_models()} & tables
        for statement in _unwatching(database, content):
            cursor.execute(statement)
        if "pages_generation" not in tables:
            return
        for statement in _watching(database, content):
            cursor.execute(statement)
        cursor.execute("SELECT token FROM pages_generation")
        if cursor.fetchone() is None:
            cursor.execute("INSERT INTO pages_generation (token) VALUES ('')")
    move(using)


def move(using: str = DEFAULT_DB_ALIAS) -> None:
    """Begin a new generation, for a change that no table tells of."""
    with connections[using].cursor() as cursor:
        cursor.execute(_MOVE[connections[using].vendor])


def watched_models() -> list[type[models.Model]]:
    """Return the models of content, those of many-to-many relations included."""
    return [
        model
        for label in settings.EDITED_APPS
        for model in apps.get_app_config(label).get_models(include_auto_created=True)
        if getattr(model, "SEEN_BY_VISITORS", True) and model._meta.managed
    ]


def _unwatching(database: BaseDatabaseWrapper, tables: Iterable[str]) -> Iterable[str]:
    for table in tables:
        if database.vendor == "postgresql":
            quoted = database.ops.quote_name(table)
            yield f"DROP TRIGGER IF EXISTS {table}_generation ON {quoted}"
        else:
            yield from (f"DROP TRIGGER IF EXISTS {table}_generation_{event}" for event in _EVENTS)


def _watching(database: BaseDatabaseWrapper, tables: Iterable[str]) -> Iterable[str]:
    move = _MOVE[database.vendor]
    if database.vendor == "postgresql":
        yield _POSTGRESQL[0].format(move=move)
    for table in tables:
        names = {"name": f"{table}_generation", "table": database.ops.quote_name(table)}
        if database.vendor == "postgresql":
            yield _POSTGRESQL[1].format(**names)
        else:
            yield from (_SQLITE.format(event=event, move=move, **names) for event in _EVENTS)
