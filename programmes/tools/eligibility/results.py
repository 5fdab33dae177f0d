"""The answer to «Kan vi søke?»: what the rules say of each way in, with the right one first. Pure.

Ways in and rules are the rows that editors own, or anything with the same names.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from programmes.tools.eligibility.questions import (
    FACT_CODES,
    QUESTIONS,
    SINGLE_PERSONS,
    Answers,
    Question,
    at_odds,
)
from programmes.tools.eligibility.verdicts import Rule, Verdict, find

# In the order that the form asks.
ASKED = ("who", "want", "how", *FACT_CODES[1:])
# Asked of everybody, and enough for an answer.
_FIRST = ("who", "want")
_NAMES = {
    Verdict.YES: _("Yes"),
    Verdict.IF: _("Yes, if …"),
    Verdict.NO: _("No"),
    Verdict.UNKNOWN: _("Unknown"),
}
_RANK = {Verdict.YES: 0, Verdict.IF: 1, Verdict.UNKNOWN: 2, Verdict.NO: 3}


@dataclass(frozen=True)
class Result:
    """What the rules say of one way in.

    `reasons` speak for the verdict, `conditions` must be met besides, and `unanswered` are rules that may
    yet come to decide: `asks` tells by which questions.
    """

    route: Any
    verdict: Verdict
    reasons: list[Any]
    conditions: list[Any]
    unanswered: list[Any]
    asks: tuple[str, ...]

    @property
    def says(self) -> str:
        """The verdict in words."""
        return str(_NAMES[self.verdict])

    @property
    def is_open(self) -> bool:
        return self.verdict in (Verdict.YES, Verdict.IF)


@dataclass(frozen=True)
class Advice:
    """The whole answer. `best` is what to do first, None where no way in is open.

    `more` are further ones of those that were wished for, `closed` what was wished for and is not to be
    had, `others` what was not wished for.
    """

    answers: Answers
    best: Result | None
    more: list[Result]
    closed: list[Result]
    others: list[Result]
    asks: tuple[str, ...]

    @property
    def verdict(self) -> Verdict:
        return self.best.verdict if self.best else Verdict.NO

    @property
    def is_single_person(self) -> bool:
        return self.answers.get("who") in SINGLE_PERSONS

    @property
    def refusals(self) -> list[Any]:
        """The rules that say no to a single person."""
        return self.closed[0].reasons if self.is_single_person and self.closed else []

    @property
    def contradictions(self) -> list[Question]:
        """The questions whose answers cannot all be true."""
        return [QUESTIONS[code] for code in at_odds(self.answers)]


def results_of(routes: Iterable[Any], rows: Sequence[Any], answers: Answers) -> list[Result]:
    """Return a result for each way in. A row without a way in speaks of all of them."""
    by_key = {row.pk: row for row in rows}
    rules = {row.pk: row.pure() for row in rows}
    return [
        _result(
            route,
            [rules[row.pk] for row in rows if row.route_id in (None, route.pk)],
            by_key,
            answers,
        )
        for route in routes
    ]


def _result(
    route: Any, rules: list[Rule], by_key: Mapping[int | str, Any], answers: Answers
) -> Result:
    found = find(rules, answers)
    if found.verdict == Verdict.NO:
        against = [r for r in (*found.certain, *found.open) if r.verdict == Verdict.NO]
        return Result(route, found.verdict, [by_key[r.key] for r in against], [], [], ())
    speaking = (*found.certain, *found.standing)
    # Who asks decides about nearly every rule: until that is known, there is nothing to tell them by.
    pending = [r for r in found.open if r not in found.standing] if "who" in answers else []
    return Result(
        route,
        found.verdict,
        [by_key[rule.key] for rule in speaking if rule.verdict == Verdict.YES],
        [by_key[rule.key] for rule in speaking if rule.verdict == Verdict.IF],
        [by_key[rule.key] for rule in pending if rule.verdict != Verdict.YES],
        found.asks,
    )


def advise(routes: Iterable[Any], rows: Sequence[Any], answers: Answers) -> Advice:
    """Return the answer to all that has been answered, be it much or little."""
    results = results_of(routes, rows, answers)
    wished = sorted(
        (result for result in results if is_wished(result.route, answers)),
        key=lambda result: _place(result, answers),
    )
    others = sorted(
        (result for result in results if result not in wished),
        key=lambda result: _RANK[result.verdict],
    )
    best = next((result for result in (*wished, *others) if result.is_open), None)
    return Advice(
        answers,
        best,
        [result for result in wished if result.is_open and result is not best],
        [result for result in wished if not result.is_open],
        [result for result in others if result is not best],
        asks_of(wished, answers),
    )


def is_wished(route: Any, answers: Answers) -> bool:
    """Whether a way in leads to what was wished for; without a wish, whatever gives money here."""
    want, how = answers.get("want", ""), answers.get("how", "")
    if route.aim == "other" or (want not in ("", "both") and route.aim != want):
        return False
    return not (how and route.way) or route.way == how


def _place(result: Result, answers: Answers) -> tuple[bool, bool, int, bool]:
    """Return what orders results: the open ones first, then those just as wished, then by verdict.

    Of two with the same verdict, the one that something speaks for already goes before the one that all
    depends on what is not answered.
    """
    is_as_wished = result.route.way == answers.get("how", result.route.way)
    is_likely = bool(result.reasons or result.conditions)
    return not result.is_open, not is_as_wished, _RANK[result.verdict], not is_likely


def asks_of(results: Iterable[Result], answers: Answers) -> tuple[str, ...]:
    """Return the questions to ask next, in order: none that could change nothing."""
    if answers.get("who") in SINGLE_PERSONS:
        return ()
    useful = set(_FIRST)
    if "who" in answers:
        useful |= {code for result in results for code in result.asks}
        useful |= {"how"} if answers.get("want") != "partnership" else set()
    return tuple(code for code in ASKED if code in useful and code not in answers)
