"""A whole plan in one table: an activity in each row, what it is given for in each column. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from programmes.tools.estimator.amounts import Amount, total
from programmes.tools.estimator.estimate import (
    FEE,
    INCLUSION,
    LANGUAGE,
    LUMP,
    ORGANISATION,
    STAY,
    TRAVEL,
    VISIT,
    Line,
)

# The columns, and what each gathers.
COLUMNS = {
    "travel": (TRAVEL,),
    "stay": (STAY,),
    "organisation": (ORGANISATION,),
    "fee": (FEE,),
    "support": (INCLUSION, LANGUAGE),
    "whole": (VISIT, LUMP),
}


class Reckoned(Protocol):
    @property
    def lines(self) -> Sequence[Line]: ...


P = TypeVar("P", bound=Reckoned)


@dataclass(frozen=True)
class Cell:
    """What an activity brings of one kind: nothing where `amount` is None, unknown where `is_missing`."""

    amount: Amount | None
    is_missing: bool = False


@dataclass(frozen=True)
class Row(Generic[P]):
    """An activity: `named` holds what it brings, by the names of the columns."""

    part: P
    named: tuple[tuple[str, Cell], ...]
    sum: Amount


@dataclass(frozen=True)
class Matrix(Generic[P]):
    columns: tuple[str, ...]
    rows: tuple[Row[P], ...]
    named_totals: tuple[tuple[str, Cell], ...]
    sum: Amount


def matrix(parts: Iterable[P]) -> Matrix[P]:
    """Return a plan as a table. Columns that nothing stands in are left out."""
    parts = list(parts)
    lines = [line for part in parts for line in part.lines]
    used = tuple(name for name, kinds in COLUMNS.items() if any(_of(lines, kinds)))
    rows = tuple(Row(part, _cells(part.lines, used), _sum(part.lines)) for part in parts)
    return Matrix(used, rows, _cells(lines, used), _sum(lines))


def _cells(lines: Sequence[Line], columns: Iterable[str]) -> tuple[tuple[str, Cell], ...]:
    return tuple((name, _cell(_of(lines, COLUMNS[name]))) for name in columns)


def _cell(lines: list[Line]) -> Cell:
    known = [line.amount for line in lines if line.amount is not None]
    return Cell(total(known) if known else None, len(known) < len(lines))


def _of(lines: Iterable[Line], kinds: Sequence[str]) -> list[Line]:
    return [line for line in lines if line.what in kinds]


def _sum(lines: Iterable[Line]) -> Amount:
    return total(line.amount for line in lines if line.amount is not None)
