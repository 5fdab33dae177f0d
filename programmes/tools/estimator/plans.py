"""A visitor's plan: the forms as they were filled in, and what the plan would bring."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.http import QueryDict

from programmes.models import BudgetExample, ExchangeRate, Source
from programmes.tools.estimator.activities import PREPARATORY, Activity
from programmes.tools.estimator.amounts import Amount, exactly, total
from programmes.tools.estimator.estimate import (
    Estimate,
    Limit,
    Line,
    estimate,
    lump_sum,
    preparatory_visit,
    short_term_limits,
)
from programmes.tools.estimator.forms import (
    FIELDS,
    MOST_ACTIVITIES,
    PARAMETERS,
    YEAR,
    ActivityForm,
    PlanForm,
)
from programmes.tools.estimator.origins import Origins, sources_of
from programmes.tools.estimator.tariff import Tariff
from programmes.tools.estimator.wording import number
from programmes.tools.estimator.years import YearOfRates, rates_of
from programmes.tools.rates.tables import Entry


@dataclass(frozen=True)
class Part:
    """One activity of a plan: its form, and what it brings where the form holds no errors."""

    number: int
    form: ActivityForm
    activity: Activity | None = None
    estimate: Estimate | None = None
    # The rates behind each line of the estimate.
    origins: Sequence[list[Entry[Any]]] = field(default_factory=tuple)

    @property
    def rows(self) -> list[tuple[Line, list[Entry[Any]]]]:
        return list(zip(self.lines, self.origins, strict=True))

    @property
    def people(self) -> int | None:
        return self.form.cleaned_data.get("people")

    @property
    def place(self) -> str:
        """The city as it was written, without its country."""
        return self.form.cleaned_data.get("to", "").partition(",")[0].strip()

    @property
    def name(self) -> str:
        return self.form.kind_name

    @property
    def lines(self) -> tuple[Line, ...]:
        return self.estimate.lines if self.estimate else ()


class Plan:
    """A plan as an address carries it, reckoned by the rates of one year."""

    def __init__(self, query: QueryDict, rates: YearOfRates, adds: bool = False):
        self.query = query
        self.rates = rates
        self.adds = adds
        is_begun = any(name in query for name in ("from", "accredited")) or bool(_used(query))
        self.form = PlanForm(query if is_begun else None)
        self.form.is_valid()

    @property
    def tariff(self) -> Tariff:
        return self.rates.tariff

    @cached_property
    def parts(self) -> list[Part]:
        return [self._part(place) for place in _used(self.query)]

    @property
    def shown(self) -> list[Part]:
        """The parts whose forms are shown: those of the plan, and an empty one where it is asked for."""
        more = self.next_number if not self.parts or self.adds else None
        return [*self.parts, *([self._part(more)] if more else [])]

    @property
    def start_field(self):
        return self.form["from"]

    @property
    def other_fields(self):
        return [self.form[name] for name in ("accredited", "substitute_days", "substitute_cost")]

    @cached_property
    def _origins(self) -> Origins:
        return Origins(self.rates.sets, self.rates.before)

    @property
    def sources(self) -> list[Source]:
        """Where the rates are from that this plan is reckoned by."""
        return sources_of([e for p in self.results for entries in p.origins for e in entries])

    @property
    def latest_query(self) -> str:
        """What the address of the same plan by the latest rates ends in."""
        return _without_year(self.query).urlencode()

    @property
    def is_empty(self) -> bool:
        return not self.query

    @property
    def has_own_costs(self) -> bool:
        return any(
            self.query.get(name) for name in ("accredited", "substitute_days", "substitute_cost")
        )

    @property
    def results(self) -> list[Part]:
        return [part for part in self.parts if part.estimate]

    @property
    def is_complete(self) -> bool:
        """Whether all that was filled in could be reckoned."""
        return bool(self.results) and len(self.results) == len(self.parts) and self.form.is_valid()

    @property
    def sum(self) -> Amount:
        return total(part.estimate.sum for part in self.results if part.estimate)

    @property
    def missing(self) -> list[Line]:
        return [line for part in self.results if part.estimate for line in part.estimate.missing]

    @property
    def limits(self) -> tuple[Limit, ...]:
        """The limits of KA122 as far as the plan is one; an accredited organisation has none of them."""
        pairs = [(p.activity, p.estimate) for p in self.results if p.activity and p.estimate]
        if self._said("accredited") or not pairs:
            return ()
        return short_term_limits([a for a, _ in pairs], [e for _, e in pairs])

    @cached_property
    def exchange(self) -> ExchangeRate | None:
        return ExchangeRate.objects.select_related("source").order_by("-date").first()

    @property
    def kroner(self) -> Amount | None:
        if self.exchange is None:
            return None
        rate, sum_ = self.exchange.kroner, self.sum
        low = None if sum_.low is None else (sum_.low * rate).quantize(Decimal("1E2"))
        return Amount(low, (sum_.high * rate).quantize(Decimal("1E2")))

    @property
    def substitutes(self) -> Decimal | None:
        """What the employer reckons with for substitutes, in kroner; the grant covers none of it."""
        days, cost = self._said("substitute_days"), self._said("substitute_cost")
        return Decimal(days) * Decimal(cost) if days and cost else None

    @property
    def next_number(self) -> int | None:
        """The number of an activity that could be added."""
        free = [n for n in range(1, MOST_ACTIVITIES + 1) if n not in [p.number for p in self.parts]]
        return free[0] if free else None

    def _said(self, name: str) -> Any:
        return (
            self.form.cleaned_data.get(name)
            if self.form.is_bound and self.form.is_valid()
            else None
        )

    def _part(self, place: int) -> Part:
        prefix = str(place)
        form = ActivityForm(
            self.query if place in _used(self.query) else None,
            prefix=prefix,
            start=self._said("start"),
            countries=self.rates.countries,
            lump_sums={
                action: [(str(int(a.high)), number(a.high)) for a in amounts]
                for action, amounts in self.tariff.lump_sums.items()
            },
        )
        if not form.is_bound or not form.is_valid():
            return Part(place, form)
        activity = form.cleaned_data.get("activity")
        reckoned = self._estimate(form.cleaned_data, activity)
        kind = form.cleaned_data["kind"]
        lines = reckoned.lines if reckoned else ()
        origins = [self._origins.of(line, activity, kind) for line in lines]
        return Part(place, form, activity, reckoned, origins)

    def _estimate(self, said: dict[str, Any], activity: Activity | None) -> Estimate | None:
        if activity:
            return estimate(activity, self.tariff)
        if said["kind"] == PREPARATORY:
            return preparatory_visit(said["people"], self.tariff)
        _action, _dash, euro = said["kind"].partition("-")
        return lump_sum(exactly(int(euro))) if euro.isdigit() else None


def _used(query: QueryDict) -> list[int]:
    """Return the numbers of the activities that the address names."""
    return [
        place
        for place in range(1, MOST_ACTIVITIES + 1)
        if any(query.get(f"{place}-{name}") for name in FIELDS)
    ]


@dataclass(frozen=True)
class Example:
    """An example budget as it is reckoned by the rates of a year."""

    row: BudgetExample
    plan: Plan

    @property
    def query(self) -> str:
        return self.plan.query.urlencode()


def examples(plan: Plan) -> list[Example]:
    """Return the example budgets, reckoned by the rates of `plan`. One query."""
    return [
        Example(row, Plan(_of_year(QueryDict(row.query), plan.rates), plan.rates))
        for row in BudgetExample.objects.exclude(title=None)
    ]


def plan_of(asked: QueryDict, adds: bool = False) -> Plan:
    """Return the plan of an address, by the rates of the year it names or of the latest. Four queries."""
    rates = rates_of(asked.get(YEAR, ""))
    return Plan(_of_year(said_in(asked), rates), rates, adds)


def _of_year(query: QueryDict, rates: YearOfRates) -> QueryDict:
    """Return a query that names the year of `rates`; the latest needs no name."""
    found = _without_year(query)
    if not rates.is_latest:
        found[YEAR] = str(rates.year)
    return found


def _without_year(query: QueryDict) -> QueryDict:
    found = query.copy()
    found.pop(YEAR, None)
    return found


# No answer of the form is longer; what is goes no further, since a page repeats it several times.
LONGEST = 100


def said_in(query: QueryDict) -> QueryDict:
    """Return what was filled in, and nothing else: what the address of the same estimate is made of."""
    said = QueryDict(mutable=True)
    for name in PARAMETERS:
        if value := query.get(name):
            said[name] = value[:LONGEST]
    return said
