"""A table of bands with a hole in it would leave a school without its fare."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programmes.tools.rates.checks import ENDLESS, FALLING, GAP, OVERLAP, BandRow, faults
from programmes.tools.rates.tables import beside


def row(start, end, standard, green=None):
    return BandRow(start, end, Decimal(standard), green and Decimal(green))


@pytest.mark.parametrize(
    ("rows", "kinds"),
    [
        ([row(10, 99, 28), row(100, 499, 211), row(500, None, 309)], []),
        ([row(10, 99, 28), row(101, 499, 211)], [GAP]),
        ([row(10, 100, 28), row(100, 499, 211)], [OVERLAP]),
        ([row(10, 99, 28), row(100, 499, 27)], [FALLING]),
        ([row(10, 99, 28, 56), row(100, 499, 28, 55)], [FALLING]),
        ([row(10, None, 28), row(100, 499, 211)], [ENDLESS]),
    ],
)
def test_each_fault_is_found(rows, kinds):
    assert [fault.kind for fault in faults(reversed(rows))] == kinds


@given(st.lists(st.integers(1, 500), min_size=1, max_size=8))
def test_bands_that_follow_each_other_have_no_fault(widths):
    rows, start = [], 0
    for place, width in enumerate(widths):
        rows.append(row(start, start + width - 1, place))
        start += width
    assert list(faults(rows)) == []


def test_a_rate_is_laid_beside_that_of_the_year_before():
    entries = beside(
        [("a", 2), ("b", 3), ("c", 4)], [("a", 1), ("b", 3)], lambda r: r[0], lambda r: r[1]
    )
    assert [(e.before, e.has_changed) for e in entries] == [
        (("a", 1), True),
        (("b", 3), False),
        (None, False),
    ]
