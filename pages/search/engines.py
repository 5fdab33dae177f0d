"""Which entries hold some words: SQLite's FTS5 and PostgreSQL's tsvector, asked for the same.

Either keeps, by an entry's key, the words that it can be found by, and tells keys; neither ranks, since no
two engines rank alike. The words are made here: no engine cuts or stems anything.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "pages_searchindex"

# Signs that stand in our words besides letters and digits: see pages.search.index.
_SIGNS = ".!@:_-"
# What stands where in an entry is of no use: `none` keeps which words it has, and nothing else.
_SQLITE = (
    f"""
CREATE VIRTUAL TABLE IF NOT EXISTS {TABLE} USING fts5(
  words, detail=none, columnsize=0,
  tokenize="unicode61 remove_diacritics 0 tokenchars '{_SIGNS}'"
)
""",
)
_POSTGRESQL = (
    f"CREATE TABLE IF NOT EXISTS {TABLE} (rowid bigint PRIMARY KEY, words tsvector NOT NULL)",
    f"CREATE INDEX IF NOT EXISTS {TABLE}_words ON {TABLE} USING gin (words)",
)


@dataclass(frozen=True)
class All:
    """A condition: every one of these words and conditions."""

    of: Sequence["Condition"]


@dataclass(frozen=True)
class Any:
    """A condition: at least one of these words and conditions."""

    of: Sequence["Condition"]


Condition = str | All | Any


def making(database: BaseDatabaseWrapper) -> Sequence[str]:
    """Return the statements that make the table, where there is none."""
    return _POSTGRESQL if database.vendor == "postgresql" else _SQLITE


def keep(entries: Iterable[tuple[int, Sequence[str]]]) -> None:
    """Keep by which words each entry is found, in place of what was kept of it."""
    rows = list(entries)
    forget([key for key, _words in rows])
    is_postgresql = connection.vendor == "postgresql"
    made = "array_to_tsvector(%s::text[])" if is_postgresql else "%s"
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {TABLE} (rowid, words) VALUES (%s, {made})",  # noqa: S608
            [
                (key, sorted(set(w)) if is_postgresql else " ".join(sorted(set(w))))
                for key, w in rows
            ],
        )


def forget(keys: Sequence[int]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(f"DELETE FROM {TABLE} WHERE rowid = %s", [(key,) for key in keys])  # noqa: S608


def forget_all(database: BaseDatabaseWrapper) -> None:
    with database.cursor() as cursor:
        cursor.execute(f"DELETE FROM {TABLE}")  # noqa: S608


def keys_with(condition: Condition, most: int) -> list[int]:
    """Return the keys of entries that `condition` holds for, the lowest first, at most so many."""
    if connection.vendor == "postgresql":
        asked, holds = _written(condition, "'{}'", " & ", " | "), "words @@ %s::tsquery"
    else:
        asked, holds = _written(condition, '"{}"', " AND ", " OR "), f"{TABLE} MATCH %s"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT rowid FROM {TABLE} WHERE {holds} ORDER BY rowid LIMIT %s",  # noqa: S608
            [asked, most],
        )
        return [key for (key,) in cursor.fetchall()]


def _written(condition: Condition, word: str, and_: str, or_: str) -> str:
    """Return a condition as an engine reads it. Words are letters and digits: nothing can end the quote."""
    if isinstance(condition, str):
        return word.format(condition)
    between = and_ if isinstance(condition, All) else or_
    return f"({between.join(_written(one, word, and_, or_) for one in condition.of)})"
