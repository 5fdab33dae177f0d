"""The call years that estimates can be reckoned for, and the rates of one of them."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import prefetch_related_objects

from programmes.models import RateSet
from programmes.tariffs import tariff_of
from programmes.tools.estimator.tariff import Tariff

HOST_OF_EXPERTS = "NO"


@dataclass(frozen=True)
class YearOfRates:
    """The published rate sets of `year` and of the year before, with their rows.

    `years` are all that have rates of stays, the latest first; without any, `year` is 0.
    """

    years: tuple[int, ...]
    year: int
    sets: list[RateSet]
    before: list[RateSet]

    @property
    def is_latest(self) -> bool:
        return self.year == self.latest

    @property
    def latest(self) -> int:
        return self.years[0] if self.years else 0

    @cached_property
    def tariff(self) -> Tariff:
        return tariff_of(self.sets)

    @cached_property
    def countries(self) -> dict[str, str]:
        """The countries abroad that take part and have a rate group, by code, in the order of their names."""
        rows = [group.country for each in self.sets for group in each.groups.all()]
        abroad = {
            country.code: country.title
            for country in rows
            if country.code != HOST_OF_EXPERTS and country.takes_part_in(self.year)
        }
        return dict(sorted(abroad.items(), key=lambda pair: pair[1]))


def rates_of(asked: str = "") -> YearOfRates:
    """Return the rates of the year that was asked for, or of the latest where it has none. Four queries."""
    sets = list(RateSet.objects.published().select_related("source").telling_of_groups())
    years = tuple(sorted({each.year for each in sets if each.has_groups}, reverse=True))
    year = next((year for year in years if str(year) == asked), years[0] if years else 0)
    now, before = ([each for each in sets if each.year == of] for of in (year, year - 1))
    prefetch_related_objects([*now, *before], *RateSet.rows())
    return YearOfRates(years, year, now, before)
