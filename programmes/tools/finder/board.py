"""The finder's page: its questions with their choices, the measures that fit and those that do not."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from programmes.models import Audience, Measure
from programmes.tools.comparison.choosing import FEWEST, MOST
from programmes.tools.comparison.choosing import query_of as comparison_of
from programmes.tools.finder import wording
from programmes.tools.finder.addresses import Asked, query_of
from programmes.tools.finder.matching import (
    QUESTIONS,
    WHO,
    Answers,
    Verdict,
    judge,
    numbers,
    remedies,
    without,
)
from programmes.tools.finder.reading import Known

# An answer to who one is that says nothing of where: what one person alone can do.
ALONE = "teacher"
# The part of the page that shows what fits.
FITTING = "fits"


@dataclass(frozen=True)
class Choice:
    """An answer to choose: the page is at `query` with it chosen, and goes on at `part` of it.

    `number` is how many measures would fit, None where that depends on the next answer.
    """

    title: str
    query: str
    part: str
    number: int | None = None


@dataclass(frozen=True)
class Question:
    """A question. `chosen` is its answer, if it has one; the page is at `without` when it has none.

    It is open where the choices are still to be made.
    """

    name: str
    title: str
    choices: list[Choice]
    chosen: str
    without: str
    is_open: bool


@dataclass(frozen=True)
class Found:
    """A measure, with why it fits or why it does not, a sentence each."""

    measure: Measure
    reasons: list[str]


@dataclass(frozen=True)
class Group:
    """Measures below a heading, which is empty where all are of one kind."""

    heading: str
    found: list[Found]


@dataclass(frozen=True)
class Way:
    """A way out where nothing fits: `title` names the answers to take back, the page is then at `query`."""

    title: str
    query: str
    number: int


class Board:
    """All that the page shows for what was asked."""

    def __init__(self, known: Known, asked: Asked):
        self.asked = asked
        self._known = known
        self._titles = {**known.options, WHO: known.options[WHO] | {ALONE: wording.alone()}}
        # What one person alone is says nothing of which measures fit.
        self._counted = without(asked.answers, WHO) if self.is_alone else asked.answers
        self._measures = {measure.key: measure for measure in known.measures}
        self._verdicts = judge(known.candidates, self._counted)

    @classmethod
    def keys(cls, known: Known) -> dict[str, set[str]]:
        """Return the answers that an address may carry."""
        keys = {question: set(options) for question, options in known.options.items()}
        return keys | {WHO: keys[WHO] | {ALONE}}

    @property
    def is_alone(self) -> bool:
        return self.asked.answers.get(WHO) == ALONE

    @property
    def is_asked(self) -> bool:
        return bool(self.asked.answers)

    @property
    def is_untouched(self) -> bool:
        """Whether the address carries nothing: the page that search engines find."""
        return not self.is_asked and not self.asked.has_unknown

    @property
    def has_measures(self) -> bool:
        return bool(self._known.measures)

    @property
    def query(self) -> str:
        return query_of(self.asked.answers)

    @cached_property
    def questions(self) -> list[Question]:
        return [self._question(name) for name in QUESTIONS]

    def _question(self, name: str) -> Question:
        answers = self.asked.answers
        return Question(
            name,
            wording.where() if name == WHO and self.is_alone else wording.question(name),
            list(self._choices(name)),
            self._titles[name].get(answers.get(name, ""), ""),
            query_of(without(answers, name)),
            name not in self._counted,
        )

    def _choices(self, name: str) -> Iterable[Choice]:
        """Yield the answers that are not chosen."""
        options = self._known.options[name]
        counted = numbers(self._known.candidates, self._counted, name, options)
        for key, title in self._titles[name].items():
            answers = {**self.asked.answers, name: key}
            if self.asked.answers.get(name) != key:
                # What one person can do stands at the head of the page.
                part = "" if key == ALONE else _next(answers)
                yield Choice(title, query_of(answers), part, counted.get(key))

    @cached_property
    def number(self) -> int:
        return len(fitting(self._verdicts))

    @cached_property
    def groups(self) -> list[Group]:
        """Return what fits: what one can do, and apart from that how one applies for it."""
        fits = fitting(self._verdicts)
        ways = {way for verdict in self._verdicts for way in verdict.candidate.ways_in}
        activities = [verdict for verdict in fits if verdict.candidate.key not in ways]
        forms = [verdict for verdict in fits if verdict.candidate.key in ways]
        if not activities or not forms:
            return [Group("", self._why(fits))] if fits else []
        return [
            Group(_("What you can do"), self._why(activities)),
            Group(_("How you apply"), self._why(forms)),
        ]

    def _why(self, verdicts: list[Verdict]) -> list[Found]:
        titles = {key: measure.title for key, measure in self._measures.items()}
        return [
            Found(
                self._measures[verdict.candidate.key],
                wording.why(verdict, self._counted, self._titles, titles),
            )
            for verdict in verdicts
        ]

    @cached_property
    def others(self) -> list[Found]:
        """Return what does not fit, with why not."""
        return [
            Found(self._measures[v.candidate.key], wording.why_not(v, self._known.options))
            for v in self._verdicts
            if not v.fits
        ]

    @cached_property
    def ways_out(self) -> list[Way]:
        """Where nothing fits: which answers to take back."""
        if self.number:
            return []
        return [
            Way(
                " + ".join(self._titles[q][self.asked.answers[q]] for q in remedy.questions),
                query_of(without(self.asked.answers, *remedy.questions)),
                remedy.number,
            )
            for remedy in remedies(self._known.candidates, self._counted)
        ]

    @cached_property
    def comparison(self) -> str:
        """Return what the comparison's address ends in for all that fits, empty if it is not to be compared."""
        keys = [verdict.candidate.key for verdict in fitting(self._verdicts)]
        return comparison_of(keys) if FEWEST <= len(keys) <= MOST else ""


def beginnings(audiences: Iterable[Audience]) -> list[Choice]:
    """Return the answers to the first question, for a page that leads to the finder; nothing is counted."""
    titles = {audience.key: audience.title for audience in audiences}
    return [
        Choice(title, query_of({WHO: key}), "" if key == ALONE else _next({WHO: key}))
        for key, title in {**titles, ALONE: wording.alone()}.items()
        if title
    ]


def fitting(verdicts: list[Verdict]) -> list[Verdict]:
    return [verdict for verdict in verdicts if verdict.fits]


def _next(answers: Answers) -> str:
    """Return the part of the page to go on with: the next question, or what fits."""
    unanswered = (name for name in QUESTIONS if name not in answers)
    return f"#{next(unanswered, FITTING)}"
