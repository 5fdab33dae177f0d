"""Copying a whole database into another, of either engine, and comparing what came of it."""

from collections.abc import Callable
from typing import NamedTuple

from django.db import DatabaseError, transaction

from erasmus_site.operation import OperationError, databases, rows
from erasmus_site.operation.rows import Counter, Tally
from pages.cache import generation
from pages.search import index


class Copied(NamedTuple):
    """One table: what was read, and what the target says it has."""

    table: str
    source: Tally
    target: Tally


def copy(source: str, target: str, told: Callable[[Copied], None] = lambda copied: None) -> None:
    """Replace every row of `target` by those of `source`, in one transaction and as of one moment.

    Both have this release's tables. The target has a generation of its own afterwards, so that no page
    that was stored before can be taken for one of now. Raises OperationError with the target untouched.
    """
    try:
        with databases.as_of_now(source), transaction.atomic(using=target):
            _replace(source, target, told)
    except DatabaseError as error:
        # Rows that refer to others are looked at last of all, as the transaction ends.
        raise OperationError(f"The rows do not fit: {databases.first_line(error)}") from error


def _replace(source: str, target: str, told: Callable[[Copied], None]) -> None:
    rows.clear(target)
    read = {model: _copied(model, source, target) for model in rows.tables()}
    for model, tally in read.items():
        copied = Copied(model._meta.db_table, tally, rows.tally(model, target))
        told(copied)
        if copied.source != copied.target:
            raise OperationError(
                f"{copied.table} did not arrive as it was read "
                f"({copied.source.number} rows read, {copied.target.number} found)."
            )
    rows.set_last_keys(target, rows.last_keys(source))
    generation.move(target)
    index.forget(target)
    index.note_all(target)


def _copied(model, source: str, target: str) -> Tally:
    counter = Counter(model)
    try:
        rows.write(model, target, counter.counted(rows.read(model, source)))
    except (DatabaseError, ValueError, TypeError) as error:
        raise OperationError(
            f"{model._meta.db_table} holds what the other database does not take: "
            f"{databases.first_line(error)}"
        ) from error
    return counter.tally


def require_room(target: str) -> None:
    """Raises OperationError where `target` holds anything that would be lost."""
    if held := databases.content_of(target):
        raise OperationError(
            f"The target is not empty: it has rows in {', '.join(held[:5])}"
            f"{' …' if len(held) > 5 else ''}. Name an empty database."
        )


def require_release(source: str) -> None:
    """Raises OperationError where `source` is not of this release."""
    if lacking := databases.unmigrated(source):
        raise OperationError(
            f"The database is of another release ({lacking[0]} is missing): "
            "run `manage.py prepare` first."
        )
