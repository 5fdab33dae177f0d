"""Addresses of «Kan vi søke?» with some questions answered beforehand, for pages that lead there."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from programmes.tools.eligibility.questions import answers_of

ROUTE = "tools:eligibility"
# What a measure's main action is about, where somebody can wish for it.
_WANTS = {"mobility": "mobility", "partnerships": "partnership"}
_AUDIENCES = ("kindergarten", "primary", "upper-secondary", "owner")


def address(**answers: str) -> str:
    """Return the address with these answers, by the codes of the questions; what is no answer is left out."""
    query = urlencode(answers_of(answers))
    return f"{reverse(ROUTE)}?{query}" if query else reverse(ROUTE)


def address_for(measure: Any) -> str:
    """Return the address as one comes to it from a measure's page, of which no audience is but its own."""
    audiences = [audience.code for audience in measure.audiences.all()]
    who = audiences[0] if len(audiences) == 1 and audiences[0] in _AUDIENCES else ""
    return address(who=who, want=_WANTS.get(measure.action.code or "", ""))
