"""The table of distances from one municipality."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from pages.answers import answer
from pages.cache.asked import takes
from programmes.models import Country
from programmes.tools.estimator.distance import kilometres
from programmes.tools.estimator.forms import StartForm, municipality_options
from programmes.tools.estimator.places import Place, cities
from programmes.tools.estimator.tariff import Band
from programmes.tools.estimator.years import rates_of
from programmes.tools.pages import tool_page


@dataclass
class Reach:
    """A distance band and the cities that lie in it, nearest first, each with its kilometres."""

    band: Band
    cities: list[tuple[str, str, int]] = field(default_factory=list)


@takes("from")
@require_safe
def distances(request):
    page, crumbs = tool_page(request, "tools:distances")
    form = StartForm(request.GET if "from" in request.GET else None)
    start = form.cleaned_data["start"] if form.is_bound and form.is_valid() else None
    rates = rates_of()
    context = {
        "subject": page,
        "crumbs": crumbs,
        "form": form,
        "is_empty": not form.is_bound,
        "start": start,
        "sets": rates.sets,
        "year": rates.year,
        "reaches": reaches(start, rates.tariff.bands) if start else [],
        "municipalities": municipality_options(),
    }
    return answer(request, "tools/distances", context)


def reaches(start: Place, bands: Iterable[Band]) -> list[Reach]:
    """Return each band that a city lies in, with its cities. One query, for the countries' names."""
    names = dict(Country.objects.values_list("code", "title"))
    language = get_language() or ""
    far = [
        (city.named(language), names.get(city.country, city.country), kilometres(start, city))
        for city in cities().values()
    ]
    found = [Reach(band, _within(far, band)) for band in bands]
    return [reach for reach in found if reach.cities]


def _within(far: list[tuple[str, str, int]], band: Band) -> list[tuple[str, str, int]]:
    return sorted((row for row in far if band.holds(row[2])), key=lambda row: row[2])
