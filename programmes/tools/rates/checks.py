"""What is wrong with a table of distance bands."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple


class BandRow(NamedTuple):
    """A band as it is typed: kilometres one way, both ends included, and euro."""

    start: int
    end: int | None
    standard: Decimal
    green: Decimal | None


class Fault(NamedTuple):
    """A fault and the two bands it lies between, by their first kilometres."""

    kind: str
    band: int
    following: int


GAP, OVERLAP, FALLING, ENDLESS = "gap", "overlap", "falling", "endless"


def faults(rows: Iterable[BandRow]) -> Iterator[Fault]:
    """Yield every fault between two neighbouring bands.

    A gap or an overlap of kilometres, a longer way that gives less, and a band after one without an end.
    """
    ordered = sorted(rows, key=lambda row: row.start)
    for band, following in pairwise(ordered):
        for kind in _between(band, following):
            yield Fault(kind, band.start, following.start)


def _between(band: BandRow, following: BandRow) -> Iterator[str]:
    if band.end is None:
        yield ENDLESS
    elif following.start > band.end + 1:
        yield GAP
    elif following.start <= band.end:
        yield OVERLAP
    is_less = following.standard < band.standard
    if is_less or (band.green and following.green and following.green < band.green):
        yield FALLING
