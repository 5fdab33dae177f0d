"""The rate tables of a year."""

from django.http import Http404
from django.views.decorators.http import require_safe

from pages.answers import answer
from pages.navigation import Crumb
from programmes.models import Rate, RateSet
from programmes.tools.pages import tool_page
from programmes.tools.rates.years import band_entries, rate_entries

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
    entries = rate_entries(now, before)
    context = {
        "subject": page,
        "crumbs": crumbs,
        "is_latest": year is None,
        "year": chosen,
        "years": years,
        "sets": now,
        "bands": band_entries(now, before),
        "days": [entry for entry in entries if entry.now.category in _DAYS],
        "others": [entry for entry in entries if entry.now.category not in _DAYS],
        "groups": _groups(now),
        "has_before": bool(before),
    }
    return answer(request, "tools/rates", context)


def _groups(now: list[RateSet]) -> list[tuple[str, list[str]]]:
    """Return each group's countries, by their names."""
    found: dict[str, list[str]] = {}
    for row in (row for each in now for row in each.groups.all()):
        found.setdefault(row.group, []).append(row.country.title)
    return [(group, sorted(names)) for group, names in sorted(found.items())]
