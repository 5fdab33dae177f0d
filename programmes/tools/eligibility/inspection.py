"""What is wrong with a set of rules, found by trying every combination of answers. Pure."""

from collections.abc import Iterable, Mapping

from programmes.tools.eligibility.conditions import overlap
from programmes.tools.eligibility.questions import FACT_CODES, Answers, at_odds, completions
from programmes.tools.eligibility.verdicts import Rule, Verdict, deciding


def every_combination() -> list[Answers]:
    """Return every way to answer all questions that rules ask about."""
    return list(completions({}, FACT_CODES))


def contradicts(one: Rule, other: Rule) -> bool:
    """Whether two rules of one way in could say both yes and no to the same answers, with equal weight."""
    return (
        one.weight == other.weight
        and (one.verdict == Verdict.NO) != (other.verdict == Verdict.NO)
        and overlap(one.condition, other.condition)
    )


def gaps(rules: Iterable[Rule]) -> list[Answers]:
    """Return the combinations that can be true and that no rule speaks of."""
    rules = tuple(rules)
    return [
        answers
        for answers in every_combination()
        if not at_odds(answers) and not deciding(rules, answers)
    ]


def silent(ways: Mapping[str, Iterable[Rule]]) -> list[Rule]:
    """Return the rules that decide nothing in any of `ways`, whatever is answered."""
    heard: set[int | str] = set()
    rules: dict[int | str, Rule] = {}
    combinations = [answers for answers in every_combination() if not at_odds(answers)]
    for of_way in ways.values():
        own = tuple(of_way)
        rules |= {rule.key: rule for rule in own}
        for answers in combinations:
            heard |= {rule.key for rule in deciding(own, answers)}
    return [rule for key, rule in rules.items() if key not in heard]
