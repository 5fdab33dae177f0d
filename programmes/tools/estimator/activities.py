"""What can be estimated, and within which limits the rules hold it: days exclude those of travel."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from programmes.tools.estimator.tariff import PUPIL, STAFF


@dataclass(frozen=True)
class Kind:
    """A kind of activity. `code` is what addresses and rates carry; `measure` the code of its measure.

    `days` are the fewest and the most, `people` the fewest participants. `escorted` ones may bring
    accompanying persons; `incoming` ones come to Norway.
    """

    code: str
    measure: str
    traveller: str
    days: tuple[int, int]
    people: int = 1
    escorted: bool = False
    incoming: bool = False
    is_long: bool = False


COURSE = "course"
KINDS: Mapping[str, Kind] = {
    kind.code: kind
    for kind in (
        Kind(COURSE, "course", STAFF, (2, 10)),
        Kind("teaching", "teaching", STAFF, (2, 365)),
        Kind("shadowing", "shadowing", STAFF, (2, 60)),
        Kind("group", "group-mobility", PUPIL, (2, 30), people=2, escorted=True),
        Kind("pupil-short", "short-pupil-mobility", PUPIL, (10, 29), escorted=True),
        Kind("pupil-long", "long-pupil-mobility", PUPIL, (30, 365), escorted=True, is_long=True),
        Kind("expert", "invited-experts", STAFF, (2, 60), incoming=True),
    )
}
PREPARATORY = "preparatory"
LUMP_SUMS = ("KA210", "KA220")

MOST_TRAVEL_DAYS = 2
MOST_GREEN_TRAVEL_DAYS = 6
# Of a short-term project (KA122): participants, accompanying persons and preparatory visits not counted.
MOST_IN_SHORT_TERM = 30


@dataclass(frozen=True)
class Activity:
    """One activity as somebody plans it. `kilometres` one way; `country` an ISO code, the host's."""

    kind: Kind
    people: int
    days: int
    country: str
    kilometres: int
    travel_days: int = 2
    accompanying: int = 0
    is_green: bool = False
    fewer_opportunities: int = 0
    language: int = 0

    @property
    def problems(self) -> tuple[str, ...]:
        """The names of the fields that hold what the rules do not allow."""
        return tuple(_problems(self))

    @property
    def travellers(self) -> int:
        return self.people + self.accompanying

    @property
    def paid_days(self) -> int:
        return self.days + self.travel_days


def most_travel_days(is_green: bool) -> int:
    return MOST_GREEN_TRAVEL_DAYS if is_green else MOST_TRAVEL_DAYS


def _problems(activity: Activity) -> Iterator[str]:
    fewest, most = activity.kind.days
    if not fewest <= activity.days <= most:
        yield "days"
    if activity.people < activity.kind.people:
        yield "people"
    if not 0 <= activity.travel_days <= most_travel_days(activity.is_green):
        yield "travel_days"
    if activity.accompanying < 0 or (activity.accompanying and not activity.kind.escorted):
        yield "accompanying"
    if not 0 <= activity.fewer_opportunities <= activity.people:
        yield "fewer"
    if not 0 <= activity.language <= activity.people:
        yield "language"
    if activity.kilometres < 0:
        yield "km"
