"""A whole plan in one table: the head reads the sums across and down."""

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from programmes.tools.estimator.amounts import exactly, total
from programmes.tools.estimator.estimate import Line, estimate, lump_sum, preparatory_visit
from programmes.tools.estimator.matrix import COLUMNS, matrix
from programmes.tools.estimator.tariff import Tariff
from tests.programmes.tools.estimator.tariffs import BANDS, SWEDEN
from tests.programmes.tools.estimator.test_estimate import SHADOWING, activities


@dataclass(frozen=True)
class Part:
    lines: tuple[Line, ...]


@given(st.lists(activities(), min_size=1, max_size=6))
def test_the_sums_across_and_down_are_the_same(planned):
    """A head who adds up the columns must come to the sum that is signed."""
    parts = [Part(estimate(activity, SWEDEN).lines) for activity in planned]
    table = matrix(parts)
    cells = [cell.amount for row in table.rows for _name, cell in row.named if cell.amount]
    assert total(cells) == table.sum
    assert total(row.sum for row in table.rows) == table.sum
    assert total(cell.amount for _name, cell in table.named_totals if cell.amount) == table.sum
    assert table.sum == total(estimate(activity, SWEDEN).sum for activity in planned)


def test_every_line_has_a_column_and_empty_columns_are_left_out():
    parts = [Part(lump_sum(exactly(60_000)).lines)]
    assert matrix(parts).columns == ("whole",)
    kinds = [kind for kinds in COLUMNS.values() for kind in kinds]
    assert len(kinds) == len(set(kinds)) == 8
    assert matrix([]).rows == ()


def test_a_missing_rate_is_told_in_its_cell():
    """A dash would be read as nothing to pay."""
    table = matrix([Part(estimate(SHADOWING, Tariff(year=2027, bands=BANDS)).lines)])
    missing = {name: cell.is_missing for name, cell in table.named_totals}
    assert missing == {"travel": False, "stay": True, "organisation": True}
    assert matrix([Part(preparatory_visit(1, SWEDEN).lines)]).named_totals[0][1].is_missing
