"""Which rates each line of an estimate is reckoned by: where its figure is from, and whether it is new."""

from collections.abc import Iterator, Sequence
from typing import Any

from programmes.models import Rate, RateSet, Source
from programmes.tariffs import in_order
from programmes.tools.estimator.activities import Activity
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
from programmes.tools.estimator.tariff import PUPIL
from programmes.tools.rates.tables import Entry
from programmes.tools.rates.years import band_entries, rate_entries

Category = Rate.Category
_PLAIN = {INCLUSION: Category.INCLUSION, VISIT: Category.PREPARATORY_VISIT}


class Origins:
    """The rates of one year beside those of the year before, to be found by the lines they stand behind."""

    def __init__(self, sets: Sequence[RateSet], before: Sequence[RateSet] = ()):
        ordered = in_order(sets)
        self._rates = {
            (entry.now.category, entry.now.key, entry.now.amount): entry
            for entry in rate_entries(ordered, before)
        }
        with_bands = [each for each in ordered if each.bands.all()]
        self._bands = band_entries(with_bands[-1:], before)
        self._groups = {
            row.country.code: row.group for each in ordered for row in each.groups.all()
        }

    def of(self, line: Line, activity: Activity | None, kind: str) -> list[Entry[Any]]:
        """Return the rates behind a line; `kind` is what the form calls the activity."""
        if line.what == TRAVEL and activity:
            return [entry for entry in self._bands if _holds(entry.now, activity.kilometres)]
        found = (self._rate(*wanted) for wanted in self._wanted(line, activity, kind))
        return [entry for entry in found if entry is not None]

    def _rate(self, category: str, key: str, amount: str = "") -> Entry[Rate] | None:
        """Return the last that was set: what Norway has set takes the place of what the EU has."""
        found = [
            entry
            for (of_category, of_key, euro), entry in self._rates.items()
            if (of_category, of_key) == (category, key) and amount in ("", str(int(euro)))
        ]
        return found[-1] if found else None

    def _wanted(
        self, line: Line, activity: Activity | None, kind: str
    ) -> Iterator[tuple[str, ...]]:
        if line.what == STAY and activity:
            is_pupil = line.traveller == PUPIL
            category = Category.PUPIL_DAY if is_pupil else Category.STAFF_DAY
            yield category, self._groups.get(activity.country, "")
        elif line.what == ORGANISATION:
            yield Category.ORGANISATION, kind
        elif line.what == FEE:
            yield Category.COURSE_FEE, ""
            yield Category.COURSE_FEE_MOST, ""
        elif line.what == LANGUAGE:
            yield Category.LANGUAGE_LONG if line.traveller == PUPIL else Category.LANGUAGE, ""
        elif line.what == LUMP:
            action, _dash, euro = kind.partition("-")
            yield Category.LUMP_SUM, action, euro
        elif line.what in _PLAIN:
            yield _PLAIN[line.what], ""


def _holds(band: Any, kilometres: int) -> bool:
    return band.start <= kilometres and (band.end is None or kilometres <= band.end)


def sources_of(entries: Sequence[Entry[Any]]) -> list[Source]:
    """Return the sources of some rates, each once, in the order of their names."""
    return sorted({entry.now.provenance for entry in entries}, key=str)
