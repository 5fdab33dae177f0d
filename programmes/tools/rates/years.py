"""The rates of a year beside those of the year before. The rows must come from `with_rates()`."""

from collections.abc import Sequence

from programmes.models import Rate, RateSet
from programmes.models.rates import DistanceBand
from programmes.tools.rates.tables import Entry, beside


def rate_entries(now: Sequence[RateSet], before: Sequence[RateSet]) -> list[Entry[Rate]]:
    return beside(
        [rate for each in now for rate in each.rates.all()],
        [rate for each in before for rate in each.rates.all()],
        # Lump sums have one key and several amounts: a sum is itself, or another.
        key=lambda r: (
            r.rate_set.agency,
            r.category,
            r.key,
            r.amount if r.category == Rate.Category.LUMP_SUM else None,
        ),
        value=lambda r: (r.amount, r.lowest, r.is_ceiling),
    )


def band_entries(now: Sequence[RateSet], before: Sequence[RateSet]) -> list[Entry[DistanceBand]]:
    return beside(
        [band for each in now for band in each.bands.all()],
        [band for each in before for band in each.bands.all()],
        key=lambda band: (band.rate_set.agency, band.start, band.end),
        value=lambda band: (band.standard, band.green),
    )
