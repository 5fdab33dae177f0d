"""Which verdict the rules of one way in give, for answers of which any may be missing. Pure.

Of the rules that hold, those of the highest weight decide, and the others are passed by. So a rule for
all can have exceptions, and those exceptions of their own; two of the same weight must not disagree.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from programmes.tools.eligibility.questions import (
    FACT_CODES,
    Answers,
    at_odds,
    completed,
    completions,
)


class Verdict(StrEnum):
    """What a rule says, and what all of them come to. `UNKNOWN`: no rule speaks of these answers."""

    YES = "yes"
    IF = "if"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Rule:
    """One rule. `condition` names the questions that matter and the answers it holds for."""

    key: int | str
    verdict: Verdict
    weight: int
    condition: Mapping[str, frozenset[str]]

    def holds(self, answers: Answers) -> bool:
        return all(answers.get(code) in options for code, options in self.condition.items())


@dataclass(frozen=True)
class Finding:
    """What the rules say. `certain` decide whatever the missing answers are, `open` ones only by some.

    Of the open ones, `standing` hold already and may yet be outweighed. `asks` are the questions whose
    answers would make an open rule certain, or rule it out.
    """

    verdict: Verdict
    certain: tuple[Rule, ...]
    open: tuple[Rule, ...]
    standing: tuple[Rule, ...]
    asks: tuple[str, ...]


def deciding(rules: Iterable[Rule], answers: Answers) -> tuple[Rule, ...]:
    """Return the rules that decide where every question they ask about is answered."""
    holding = [rule for rule in rules if rule.holds(answers)]
    top = max((rule.weight for rule in holding), default=0)
    return tuple(rule for rule in holding if rule.weight == top)


def verdict_of(rules: Iterable[Rule]) -> Verdict:
    """Return what deciding rules say together. Of a yes and a no, which must not be, the no counts."""
    said = {rule.verdict for rule in rules}
    order = (Verdict.NO, Verdict.IF, Verdict.YES)
    return next((verdict for verdict in order if verdict in said), Verdict.UNKNOWN)


def find(rules: Iterable[Rule], answers: Answers) -> Finding:
    """Return the verdict of one way in's rules, weighed for every way to answer what is not answered."""
    rules = tuple(rules)
    known = completed(answers)
    asked = tuple(code for code in FACT_CODES if any(code in rule.condition for rule in rules))
    ways = [deciding(rules, way) for way in _possible(known, asked)]
    certain = tuple(rule for rule in rules if all(rule in way for way in ways))
    undecided = tuple(r for r in rules if r not in certain and any(r in way for way in ways))
    asks = tuple(
        code
        for code in asked
        if code not in known and any(code in rule.condition for rule in undecided)
    )
    standing = tuple(rule for rule in undecided if rule.holds(known))
    verdict = _together({verdict_of(way) for way in ways})
    return Finding(verdict, certain, undecided, standing, asks)


def _possible(answers: Answers, codes: tuple[str, ...]) -> list[Answers]:
    """Return the ways to answer that can be true; all of them where what is answered cannot."""
    ways = [completed(way) for way in completions(answers, codes)]
    return [way for way in ways if not at_odds(way)] or ways


def _together(verdicts: set[Verdict]) -> Verdict:
    """Return one verdict for several possible ones: what may be both yes and no is a yes with conditions."""
    if len(verdicts) == 1:
        return verdicts.pop()
    return Verdict.IF if verdicts & {Verdict.YES, Verdict.IF} else Verdict.NO
