"""What is answered, as an address carries it: `?who=kindergarten&what=course&before=never`."""

from collections.abc import Container, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from programmes.tools.finder.matching import QUESTIONS, Answers


@dataclass(frozen=True)
class Asked:
    """The answers that are understood, and whether there were others."""

    answers: dict[str, str]
    has_unknown: bool


def read(query: Mapping[str, str], options: Mapping[str, Container[str]]) -> Asked:
    """Return the answers of `query`; `options` are the keys that there are for each question."""
    given = {question: query[question] for question in QUESTIONS if query.get(question)}
    known = {question: key for question, key in given.items() if key in options[question]}
    return Asked(known, known.keys() != given.keys())


def query_of(answers: Answers) -> str:
    """Return what an address ends in for these answers, empty for none."""
    pairs = [(question, answers[question]) for question in QUESTIONS if question in answers]
    return f"?{urlencode(pairs)}" if pairs else ""
