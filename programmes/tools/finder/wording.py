"""Why a measure fits, or does not, in sentences of the active language."""

from collections.abc import Iterable, Mapping

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from programmes.tools.finder.matching import BEFORE, WHAT, WHO, Answers, Verdict
from programmes.tools.phrasing import in_sentence

# Of the measures that a way in leads to, so many are named.
NAMED = 3

# A question's name to the titles of its answers by their keys.
Titles = Mapping[str, Mapping[str, str]]


def question(name: str) -> str:
    return {
        WHO: _("Who are you?"),
        WHAT: _("What do you want to do?"),
        BEFORE: _("Have you had an Erasmus+ project before?"),
    }[name]


def why(
    verdict: Verdict, answers: Answers, titles: Titles, measures: Mapping[str, str]
) -> list[str]:
    """Return a sentence for each answer that the measure fits; `measures` are titles by their keys."""
    candidate = verdict.candidate
    return [
        _way_in(verdict, measures)
        if name == WHAT and verdict.leads_to
        else _fits_any(name)
        if candidate.takes_any(name)
        else _fits(name, titles[name][answers[name]])
        for name in answers
    ]


def why_not(verdict: Verdict, titles: Titles) -> list[str]:
    """Return a sentence for each answer that the measure does not fit: what it is for instead."""
    takes = verdict.candidate.takes
    return [
        # In the order of the question's answers.
        _only(name, [title for key, title in titles[name].items() if key in takes[name]])
        for name in verdict.missed
    ]


def _way_in(verdict: Verdict, measures: Mapping[str, str]) -> str:
    named = [measures[key] for key in verdict.leads_to[:NAMED]]
    others = len(verdict.leads_to) - len(named)
    listed = ", ".join(named) if others else get_text_list(named, _("and"))
    if others:
        return _("This is how you apply for: %(measures)s and more.") % {"measures": listed}
    return _("This is how you apply for: %(measures)s.") % {"measures": listed}


def _fits_any(name: str) -> str:
    return {
        WHO: _("For everyone."),
        WHAT: _("Whatever you want to do."),
        BEFORE: _("Whatever you have done before."),
    }[name]


def _fits(name: str, title: str) -> str:
    return {
        WHO: _("For you: %(answer)s."),
        WHAT: _("You can %(answer)s."),
        BEFORE: _("Suits the answer “%(title)s”."),
    }[name] % {"answer": in_sentence(title), "title": title}


def _only(name: str, titles: Iterable[str]) -> str:
    if name == BEFORE:
        quoted = get_text_list([_("“%s”") % title for title in titles], _("or"))
        return _("Only if the answer is %(answers)s.") % {"answers": quoted}
    plain = [in_sentence(title) for title in titles]
    if name == WHO:
        return _("Only for %(whom)s.") % {"whom": get_text_list(plain, _("and"))}
    return _("Only if you want to %(what)s.") % {"what": get_text_list(plain, _("or"))}


def alone() -> str:
    return _("I am a teacher, alone with the idea")


def where() -> str:
    return _("Where do you work?")
