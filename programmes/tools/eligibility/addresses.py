"""Addresses of «Kan vi søke?» with some questions answered beforehand, for pages that lead there."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from programmes.tools.eligibility.questions import answers_of

ROUTE = "tools:eligibility"
# What answers of the finder say here: of the purposes, those that are not about mobility.
_PURPOSES = {"cooperate": "partnership", "policy": "", "teach-eu": ""}
_BEFORE = {"never": "no", "before": "no", "accredited": "yes"}
# What a measure's main action is about, where somebody can wish for it.
_WANTS = {"mobility": "mobility", "partnerships": "partnership"}
_AUDIENCES = ("kindergarten", "primary", "upper-secondary", "owner")


def address(**answers: str) -> str:
    """Return the address with these answers, by the codes of the questions; what is no answer is left out."""
    return reverse(ROUTE) + query_of(answers_of(answers))


def query_of(answers: Mapping[str, str]) -> str:
    """Return what an address ends in for these answers, empty for none."""
    return f"?{urlencode(answers)}" if answers else ""


def address_for(measure: Any) -> str:
    """Return the address as one comes to it from a measure's page, of which no audience is but its own."""
    audiences = [audience.code for audience in measure.for_whom]
    who = audiences[0] if len(audiences) == 1 and audiences[0] in _AUDIENCES else ""
    return address(who=who, want=_WANTS.get(measure.action.code or "", ""))


def address_from(finder: Mapping[str, str]) -> str:
    """Return the address with what has been answered in the finder, by the finder's codes."""
    what = finder.get("what", "")
    return address(
        who=finder.get("who", ""),
        want=_PURPOSES.get(what, "mobility" if what else ""),
        accredited=_BEFORE.get(finder.get("before", ""), ""),
    )
