"""Rows of two years laid beside each other: what a rate is now, and what it was."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

Row = TypeVar("Row")


@dataclass(frozen=True)
class Entry(Generic[Row]):
    """A rate of the year, and the same of the year before where there was one."""

    now: Row
    before: Row | None
    has_changed: bool


def beside(
    now: Iterable[Row],
    before: Iterable[Row],
    key: Callable[[Row], Hashable],
    value: Callable[[Row], Hashable],
) -> list[Entry[Row]]:
    """Return the rows of `now` in their order, each with that of `before` which has the same key.

    What was not there the year before has not changed: nobody can say from what.
    """
    known = {key(row): row for row in before}
    return [_entry(row, known.get(key(row)), value) for row in now]


def _entry(row: Row, old: Row | None, value: Callable[[Row], Hashable]) -> Entry[Row]:
    return Entry(row, old, old is not None and value(old) != value(row))
