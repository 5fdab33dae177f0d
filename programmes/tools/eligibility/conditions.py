"""When a rule holds: for each question that matters, the answers it holds for.

`{"who": ["kindergarten", "primary"], "accredited": ["no"]}` holds for a kindergarten or a primary school
without accreditation; what is not named does not matter, and the empty condition always holds.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from programmes.tools.eligibility.questions import FACT_CODES, QUESTIONS, Question

Condition = dict[str, list[str]]


def faults(condition: Any) -> Iterator[str]:
    """Say in words what is wrong with a condition."""
    if not isinstance(condition, dict):
        yield _("A condition names questions, and for each of them the answers it holds for.")
        return
    for code, options in condition.items():
        if code not in FACT_CODES:
            yield _("There is no question “%(code)s”. Use one of these: %(known)s.") % {
                "code": code,
                "known": ", ".join(FACT_CODES),
            }
        elif not isinstance(options, list) or not options:
            yield _("Name at least one answer to the question “%(code)s”.") % {"code": code}
        else:
            yield from _faults_of_options(code, options)


def _faults_of_options(code: str, options: list) -> Iterator[str]:
    known = QUESTIONS[code].options
    for option in options:
        if not isinstance(option, str) or option not in known:
            yield _(
                "“%(option)s” is no answer to the question “%(code)s”. Use one of these: %(known)s."
            ) % {"option": option, "code": code, "known": ", ".join(known)}
    if not set(known) - set(map(str, options)):
        yield _("Every answer to “%(code)s” is named: then leave the question out.") % {
            "code": code
        }


def normal(condition: Condition) -> Condition:
    """Return a sound condition in the order of the questions and their options."""
    return {
        code: [option for option in QUESTIONS[code].options if option in condition[code]]
        for code in FACT_CODES
        if condition.get(code)
    }


def overlap(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether there are answers that both conditions hold for."""
    return all(set(one[code]) & set(other[code]) for code in one if code in other)


def in_words(condition: Condition) -> str:
    """Return a condition as editors read it, a line for each question."""
    return "\n".join(_line(code, options) for code, options in condition.items())


def _line(code: str, options: list[str]) -> str:
    question = QUESTIONS.get(code)
    if question is None:
        return f"{code}: {', '.join(options)}"
    others = [option for option in question.options if option not in options]
    if len(others) < len(options) - 1:
        words = _("%(question)s all but %(options)s")
        return words % {"question": question.label, "options": _names(question, others)}
    return f"{question.label} {_names(question, options)}"


def _names(question: Question, options: list[str]) -> str:
    return ", ".join(str(question.options.get(option, option)) for option in options)
