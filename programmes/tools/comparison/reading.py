"""The measures that are compared, and those that one may choose among."""

from dataclasses import dataclass
from itertools import groupby

from django.db.models import OuterRef, Prefetch, Q, QuerySet

from pages.keys import key_in
from programmes.models import Action, Measure, Purpose

# Measures that can be chosen among at most.
LISTED = 200


@dataclass(frozen=True)
class Group:
    """The measures of one action, in order."""

    action: Action
    measures: list[Measure]


def chosen(keys: list[str]) -> list[Measure]:
    """Return the published measures with these keys, of any period, with all that is compared, in order."""
    numbers = [number for key in keys if (number := key_in(key)) is not None]
    published = Measure.objects.published().in_language()
    return list(
        published.filter(Q(code__in=keys) | Q(code=None, pk__in=numbers))
        .with_next_deadline()
        .with_audiences()
        .annotate(purpose_rows=Purpose.along(_purposes()))
        .select_related("action", "period")
        .prefetch_related(Prefetch("ways_in", published.for_list().select_related("action")))
        .order_by("action__position", "position", "pk")
    )


def _purposes() -> QuerySet:
    """What a measure is for, and what those are for that it is a way in to."""
    led_to = Measure.objects.published().in_language().filter(ways_in=OuterRef(OuterRef("pk")))
    of_either = Q(measures=OuterRef("pk")) | Q(measures__in=led_to.order_by().values("pk"))
    return Purpose.objects.filter(of_either)


def to_choose_from(measures: list[Measure]) -> list[Group]:
    """Return today's measures and those already chosen, by action."""
    today = list(Measure.objects.today()[:LISTED])
    known = {measure.pk for measure in today}
    of_any_period = [*today, *(measure for measure in measures if measure.pk not in known)]
    of_any_period.sort(key=lambda measure: (measure.action.position, measure.position))
    return [
        Group(action, list(found))
        for action, found in groupby(of_any_period, key=lambda measure: measure.action)
    ]


def alike(measure: Measure, most: int) -> list[Measure]:
    """Return measures that its page leads on to: what one may want to compare it with."""
    related = Measure.objects.filter(related_from=measure).published()
    found = related.in_language().for_list().select_related("action")
    return list(found[:most])
