"""Which deadlines a visitor asks for: those for somebody, or of a measure or an action."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from programmes.models import Action, Audience, Deadline, Measure

AUDIENCE, MEASURE = "hvem", "tiltak"


@dataclass(frozen=True)
class Group:
    """An action, with those of its measures that have deadlines."""

    action: Action
    measures: list[Measure]


@dataclass
class Choice:
    """What was asked for, as far as there is such a thing; `is_unknown` where there is not."""

    audience: Audience | None = None
    measure: Measure | None = None
    action: Action | None = None
    is_unknown: bool = False
    audiences: list[Audience] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)

    @property
    def is_narrow(self) -> bool:
        return any((self.audience, self.measure, self.action))

    @property
    def name(self) -> str:
        """What is chosen, in words: the measure or the action, else the audience."""
        row = self.measure or self.action or self.audience
        return row.title if row else ""

    @property
    def chosen(self) -> str:
        """The value of the chosen measure or action in the form."""
        row = self.measure or self.action
        return row.code or "" if row else ""

    def takes(self, deadline: Deadline) -> bool:
        measures = deadline.call.shown_measures
        return (
            is_for(self.audience, deadline)
            and (self.measure is None or self.measure in measures)
            and (self.action is None or any(m.action_id == self.action.pk for m in measures))
        )


def choose(deadlines: Sequence[Deadline], audience: str, measure: str) -> Choice:
    """Find what the words of an address stand for. Only what some deadline is for can be chosen."""
    measures = list(_each(m for d in deadlines for m in d.call.shown_measures))
    current = [measure for measure in measures if not measure.period.is_past]
    choice = Choice(audiences=_audiences(measures), groups=_groups(current))
    choice.audience = _named(choice.audiences, audience)
    choice.measure = _named(measures, measure)
    if choice.measure is None:
        choice.action = _named([group.action for group in choice.groups], measure)
    choice.is_unknown = bool(
        (audience and choice.audience is None)
        or (measure and choice.measure is None and choice.action is None)
    )
    return choice


def is_for(audience: Audience | None, deadline: Deadline) -> bool:
    """Whether a deadline concerns an audience. One of a call without measures concerns everybody."""
    concerned = [a for m in deadline.call.shown_measures for a in m.audiences.all()]
    return audience is None or not concerned or audience in concerned


def _each(rows: Iterable[Measure]) -> Iterable[Measure]:
    found = {row.pk: row for row in rows}
    return sorted(found.values(), key=lambda m: (m.action.position, m.position, m.pk))


def _audiences(measures: Iterable[Measure]) -> list[Audience]:
    found = {a.pk: a for measure in measures for a in measure.audiences.all() if a.code}
    return sorted(found.values(), key=lambda audience: audience.position)


def _groups(measures: Iterable[Measure]) -> list[Group]:
    found: dict[int, Group] = {}
    for measure in measures:
        group = found.setdefault(measure.action_id, Group(measure.action, []))
        if measure.code:
            group.measures.append(measure)
    return list(found.values())


def _named(rows, code: str):
    return next((row for row in rows if code and row.code == code), None)
