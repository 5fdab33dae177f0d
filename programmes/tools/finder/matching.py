"""Which measures fit some answers, and why: values in, values out.

A measure that names no answers to a question fits any. One without a form of its own is applied for
through others, its ways in: where it fits, these fit too, whatever they themselves are for.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import combinations

# The questions, by the names of their parameters, in the order they are asked.
WHO, WHAT, BEFORE = "who", "what", "before"
QUESTIONS = (WHO, WHAT, BEFORE)

# A question's name to the key of its answer; what is not there is not answered.
Answers = Mapping[str, str]


@dataclass(frozen=True)
class Candidate:
    """A measure: `key` names it, `takes` holds the answers to each question that it is for.

    `ways_in` are the keys of the measures it is applied for through.
    """

    key: str
    takes: Mapping[str, frozenset[str]]
    ways_in: frozenset[str] = frozenset()

    def takes_any(self, question: str) -> bool:
        return not self.takes.get(question)

    def fits(self, question: str, answers: Answers) -> bool:
        asked = answers.get(question)
        return asked is None or self.takes_any(question) or asked in self.takes[question]


@dataclass(frozen=True)
class Verdict:
    """Whether a measure fits: `matched` and `missed` are the answered questions, in order.

    `leads_to` are the keys of the fitting measures that it is a way in to.
    """

    candidate: Candidate
    matched: tuple[str, ...]
    missed: tuple[str, ...]
    leads_to: tuple[str, ...] = ()

    @property
    def fits(self) -> bool:
        """A way in need not be for what one wants to do, as long as what it leads to is."""
        return not self.missed or (self.missed == (WHAT,) and bool(self.leads_to))


@dataclass(frozen=True)
class Remedy:
    """Answers that could be taken back, and how many measures would then fit."""

    questions: tuple[str, ...]
    number: int


def judge(candidates: Iterable[Candidate], answers: Answers) -> list[Verdict]:
    """Return what is to be said of each candidate, in their order."""
    verdicts = [_alone(candidate, answers) for candidate in candidates]
    led_to: dict[str, list[str]] = {}
    for verdict in verdicts:
        if not verdict.missed:
            for way in verdict.candidate.ways_in:
                led_to.setdefault(way, []).append(verdict.candidate.key)
    return [replace(v, leads_to=tuple(led_to.get(v.candidate.key, ()))) for v in verdicts]


def _alone(candidate: Candidate, answers: Answers) -> Verdict:
    asked = [question for question in QUESTIONS if question in answers]
    return Verdict(
        candidate,
        tuple(question for question in asked if candidate.fits(question, answers)),
        tuple(question for question in asked if not candidate.fits(question, answers)),
    )


def number_fitting(candidates: Iterable[Candidate], answers: Answers) -> int:
    return sum(verdict.fits for verdict in judge(candidates, answers))


def numbers(
    candidates: list[Candidate], answers: Answers, question: str, options: Iterable[str]
) -> dict[str, int]:
    """Return for each option how many would fit if it were the answer to `question`, the others kept."""
    return {option: number_fitting(candidates, {**answers, question: option}) for option in options}


def remedies(candidates: list[Candidate], answers: Answers) -> list[Remedy]:
    """Return the fewest answers to take back for something to fit, the most fruitful first.

    Where they are equals, a later question goes first: who one is is harder to change than what one wants.
    """
    asked = [question for question in QUESTIONS if question in answers]
    for size in range(1, len(asked) + 1):
        found = [
            Remedy(dropped, number)
            for dropped in reversed([*combinations(asked, size)])
            if (number := number_fitting(candidates, without(answers, *dropped)))
        ]
        if found:
            return sorted(found, key=lambda remedy: -remedy.number)
    return []


def without(answers: Answers, *questions: str) -> dict[str, str]:
    return {question: answer for question, answer in answers.items() if question not in questions}
