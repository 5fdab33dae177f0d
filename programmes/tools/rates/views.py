"""The rate tables of a year."""

from django.http import Http404
from django.views.decorators.http import require_safe

from pages.answers import answer
from pages.navigation import Crumb
from programmes.models import Rate, RateSet
from programmes.models.rates import DistanceBand
from programmes.tools.pages import tool_page
from programmes.tools.rates.tables import Entry, beside

Category = Rate.Category
_DAYS = (Category.STAFF_DAY, Category.PUPIL_DAY)


@require_safe
def rates(request, year=None):
    """The latest year's rates, or those of the year in the address."""
    page, crumbs = tool_page(request, "tools:rates")
    sets = list(RateSet.objects.published().with_rates())
    years = sorted({rate_set.year for rate_set in sets}, reverse=True)
    if year is not None and year not in years:
        raise Http404
    chosen = year or next(iter(years), None)
    now = [rate_set for rate_set in sets if rate_set.year == chosen]
    before = [rate_set for rate_set in sets if chosen and rate_set.year == chosen - 1]
    if year is not None:
        crumbs.append(Crumb(str(year), request.path))
    entries = _rates(now, before)
    context = {
        "subject": page,
        "crumbs": crumbs,
        "is_latest": year is None,
        "year": chosen,
        "years": years,
        "sets": now,
        "bands": _bands(now, before),
        "days": [entry for entry in entries if entry.now.category in _DAYS],
        "others": [entry for entry in entries if entry.now.category not in _DAYS],
        "groups": _groups(now),
        "has_before": bool(before),
    }
    return answer(request, "tools/rates", context)


def _rates(now: list[RateSet], before: list[RateSet]) -> list[Entry[Rate]]:
    return beside(
        [rate for each in now for rate in each.rates.all()],
        [rate for each in before for rate in each.rates.all()],
        # Lump sums have one key and several amounts: a sum is itself, or another.
        key=lambda r: (
            r.rate_set.agency,
            r.category,
            r.key,
            r.amount if r.category == Category.LUMP_SUM else None,
        ),
        value=lambda r: (r.amount, r.lowest, r.is_ceiling),
    )


def _bands(now: list[RateSet], before: list[RateSet]) -> list[Entry[DistanceBand]]:
    return beside(
        [band for each in now for band in each.bands.all()],
        [band for each in before for band in each.bands.all()],
        key=lambda band: (band.start, band.end),
        value=lambda band: (band.standard, band.green),
    )


def _groups(now: list[RateSet]) -> list[tuple[str, list[str]]]:
    """Return each group's countries, by their names."""
    found: dict[str, list[str]] = {}
    for row in (row for each in now for row in each.groups.all()):
        found.setdefault(row.group, []).append(row.country.title)
    return [(group, sorted(names)) for group, names in sorted(found.items())]
