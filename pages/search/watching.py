"""Notices every change of what is searched, however it is made, and brings it to the index.

Triggers write into `SearchChange` in the very transaction that changes a row: a form, a command, a bulk
update and plain SQL are noticed alike, and what is rolled back is not. They are made anew after each
migration, since SQLite drops a table's triggers when it rebuilds the table.
"""

from collections.abc import Iterable, Iterator

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from pages.models import SearchChange, SearchState
from pages.search import engines
from pages.search.sources import Watched, sources

_EVENTS = {"insert": ("NEW",), "update": ("OLD", "NEW"), "delete": ("OLD",)}
_NOTE = "INSERT INTO pages_searchchange (watched, key) SELECT '{label}', {row}.{column} WHERE {row}.{column} IS NOT NULL"

_SQLITE = "CREATE TRIGGER {name}_{event} AFTER {event} ON {table} BEGIN {notes} END"
_POSTGRESQL = (
    """
CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  {notes}
  RETURN NULL;
END $$
""",
    "CREATE TRIGGER {name} AFTER INSERT OR UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()",
)


def watch(using: str = DEFAULT_DB_ALIAS) -> None:
    """Make what the index stands on beside its tables, and the triggers of every table that is read.

    Where migrations are taken back so far that there is nothing to write to, only take the triggers
    away: the release of that time could save nothing otherwise.
    """
    database = connections[using]
    with database.cursor() as cursor:
        tables = set(database.introspection.table_names(cursor))
        watched = [one for one in all_watched() if one.table in tables]
        for statement in _unwatching(database, watched):
            cursor.execute(statement)
        if not {SearchChange._meta.db_table, SearchState._meta.db_table} <= tables:
            return
        for statement in (*engines.making(database), *_watching(database, watched)):
            cursor.execute(statement)
    SearchState.objects.using(using).get_or_create(pk=1)


def all_watched() -> list[Watched]:
    """Return what the sources read: each table and column once."""
    return list({one.label: one for source in sources() for one in source.watched}.values())


def _name(watched: Watched) -> str:
    return f"{watched.table}_search_{watched.column}"


def _unwatching(database: BaseDatabaseWrapper, watched: Iterable[Watched]) -> Iterator[str]:
    for one in watched:
        if database.vendor == "postgresql":
            quoted = database.ops.quote_name(one.table)
            yield f"DROP TRIGGER IF EXISTS {_name(one)} ON {quoted}"
        else:
            yield from (f"DROP TRIGGER IF EXISTS {_name(one)}_{event}" for event in _EVENTS)


def _watching(database: BaseDatabaseWrapper, watched: Iterable[Watched]) -> Iterator[str]:
    for one in watched:
        named = {"name": _name(one), "table": database.ops.quote_name(one.table)}
        notes = {
            event: [_NOTE.format(label=one.label, row=row, column=one.column) for row in rows]
            for event, rows in _EVENTS.items()
        }
        if database.vendor == "postgresql":
            branches = [
                f"IF TG_OP = '{event.upper()}' THEN {'; '.join(made)}; END IF;"
                for event, made in notes.items()
            ]
            yield _POSTGRESQL[0].format(notes="\n  ".join(branches), **named)
            yield _POSTGRESQL[1].format(**named)
        else:
            for event, made in notes.items():
                ended = " ".join(f"{note};" for note in made)
                yield _SQLITE.format(event=event, notes=ended, **named)
