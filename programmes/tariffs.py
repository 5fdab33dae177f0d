"""From rate sets to the values that the estimator reckons with."""

from collections.abc import Iterable

from programmes.models import Rate, RateSet
from programmes.models.rates import DistanceBand
from programmes.tools.estimator.amounts import Amount, exactly
from programmes.tools.estimator.tariff import PUPIL, STAFF, Band, Tariff

_TRAVELLERS: dict[str, str] = {Rate.Category.STAFF_DAY: STAFF, Rate.Category.PUPIL_DAY: PUPIL}


def in_order(sets: Iterable[RateSet]) -> list[RateSet]:
    """Return the sets of a year so that each takes the place of those before it: the EU's come first."""
    return sorted(sets, key=lambda rate_set: rate_set.agency != RateSet.Agency.EU)


def tariff_of(sets: Iterable[RateSet]) -> Tariff:
    """Return the rates of one year: the EU's, and over them those that the National Agency has set.

    The rows must come from `with_rates()`, and be of the same year.
    """
    ordered = in_order(sets)
    rates = {(rate.category, rate.key): rate for each in ordered for rate in each.rates.all()}
    bands = next(([*each.bands.all()] for each in reversed(ordered) if each.bands.all()), [])
    single = {category: amount_of(rate) for (category, key), rate in rates.items() if not key}
    most = single.get(Rate.Category.COURSE_FEE_MOST)
    return Tariff(
        year=ordered[0].year if ordered else 0,
        bands=tuple(_band(band) for band in bands),
        groups={row.country.code: row.group for each in ordered for row in each.groups.all()},
        per_day={
            (_TRAVELLERS[category], key): amount_of(rate)
            for (category, key), rate in rates.items()
            if category in _TRAVELLERS
        },
        organisational={
            key: amount_of(rate)
            for (category, key), rate in rates.items()
            if category == Rate.Category.ORGANISATION
        },
        lump_sums=_lump_sums(ordered),
        course_fee=single.get(Rate.Category.COURSE_FEE),
        course_fee_most=most.high if most else None,
        inclusion=single.get(Rate.Category.INCLUSION),
        language=single.get(Rate.Category.LANGUAGE),
        language_long=single.get(Rate.Category.LANGUAGE_LONG),
        preparatory_visit=single.get(Rate.Category.PREPARATORY_VISIT),
    )


def _lump_sums(sets: Iterable[RateSet]) -> dict[str, tuple[Amount, ...]]:
    found: dict[str, list[Amount]] = {}
    for rate in (rate for each in sets for rate in each.rates.all()):
        if rate.category == Rate.Category.LUMP_SUM:
            found.setdefault(rate.key, []).append(amount_of(rate))
    return {key: tuple(sorted(amounts, key=lambda a: a.high)) for key, amounts in found.items()}


def amount_of(rate: Rate) -> Amount:
    if rate.is_ceiling:
        return Amount(None, rate.amount)
    return Amount(rate.amount if rate.lowest is None else rate.lowest, rate.amount)


def _band(band: DistanceBand) -> Band:
    green = band.standard if band.green is None else band.green
    return Band(band.start, band.end, exactly(band.standard), exactly(green))
