"""What the eligibility check asks. Codes stand in addresses and in rules' conditions, and never change.

`FACTS` are what the applicant is and has: rules ask for these. `WISHES` only order the answers.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Answers = dict[str, str]


@dataclass(frozen=True)
class Question:
    """A question; `options` are its answers by their codes, and `help_text` what it means by its words."""

    code: str
    label: str | Promise
    options: Mapping[str, str | Promise]
    help_text: str | Promise = ""


_YES_NO = {"yes": _("Yes"), "no": _("No")}
SINGLE_PERSONS = ("teacher", "pupil")

FACTS = (
    Question(
        "who",
        _("Who are you?"),
        {
            "kindergarten": _("Kindergarten"),
            "primary": _("Primary or lower secondary school"),
            "upper-secondary": _("Upper secondary school"),
            "owner": _("Municipality or county authority, as owner"),
            "private-owner": _("Private owner of schools or kindergartens"),
            "public-body": _("Another public body that works with schools or kindergartens"),
            "other": _("Another organisation"),
            "teacher": _("A single teacher or other employee"),
            "pupil": _("A class or a pupil"),
        },
    ),
    Question(
        "approved",
        _("Are you public, or private with an approval?"),
        _YES_NO,
        _("The question is about the school or the kindergarten itself."),
    ),
    Question(
        "accredited",
        _("Do you hold an Erasmus accreditation for school education?"),
        _YES_NO,
        _("If you have never heard of it, the answer is most likely no."),
    ),
    Question(
        "grants",
        _("How many short-term projects (KA122) have you been granted in the last five years?"),
        {"0-2": _("None, one or two"), "3": _("Three")},
    ),
    Question(
        "experience",
        _("Do you have at least two years of relevant experience?"),
        _YES_NO,
    ),
    Question(
        "established",
        _("Was the organisation founded at least two years ago?"),
        _YES_NO,
    ),
)
WISHES = (
    Question(
        "want",
        _("What do you want?"),
        {
            "mobility": _("To go abroad, or to receive guests (mobility)"),
            "partnership": _("A project with partners abroad (partnership)"),
            "both": _("Both, or we do not know yet"),
        },
    ),
    Question(
        "how",
        _("Do you want to apply on your own?"),
        {
            "alone": _("Yes, on our own"),
            "join": _("No, we want to join others (a consortium)"),
            "lead": _("We want to apply for several (lead a consortium)"),
        },
    ),
)
QUESTIONS = {question.code: question for question in (*FACTS, *WISHES)}
FACT_CODES = tuple(question.code for question in FACTS)
PARAMETERS = tuple(QUESTIONS)

# What follows from an answer, and so need not be asked.
_FOLLOWS = {
    ("accredited", "yes"): {"experience": "yes", "established": "yes"},
    ("experience", "yes"): {"established": "yes"},
}


def answers_of(parameters: Mapping[str, str]) -> Answers:
    """Return the answers in `parameters`, such as those of an address. What is no answer is left out."""
    return {
        code: value
        for code, question in QUESTIONS.items()
        if (value := parameters.get(code, "")) in question.options
    }


def completed(answers: Answers) -> Answers:
    """Return `answers` with what follows from them. What was answered stands, even against what follows."""
    found: Answers = {}
    for (code, value), following in _FOLLOWS.items():
        if answers.get(code) == value:
            found |= following
    return {**found, **answers}


def at_odds(answers: Answers) -> list[str]:
    """Return the codes of the questions whose answers cannot all be true; empty where they can."""
    found = {
        name
        for (code, value), following in _FOLLOWS.items()
        if answers.get(code) == value
        for other, needed in following.items()
        if answers.get(other, needed) != needed
        for name in (code, other)
    }
    return [code for code in QUESTIONS if code in found]


def completions(answers: Answers, codes: tuple[str, ...]) -> Iterator[Answers]:
    """Yield every way to answer those of the questions `codes` that are open."""
    open_codes = [code for code in codes if code not in answers]
    for values in product(*(QUESTIONS[code].options for code in open_codes)):
        yield {**answers, **dict(zip(open_codes, values, strict=True))}
