"""The page «Kan vi søke?»: a form that is sent by GET, and the answer beside it."""

from dataclasses import dataclass

from django.views.decorators.http import require_safe

from pages.answers import answer
from pages.cache.asked import takes
from programmes.models import EligibilityRoute, EligibilityRule
from programmes.tools.eligibility.addresses import ROUTE, address, query_of
from programmes.tools.eligibility.questions import (
    PARAMETERS,
    QUESTIONS,
    Answers,
    Question,
    answers_of,
)
from programmes.tools.eligibility.results import Advice, advise, asks_of
from programmes.tools.pages import tool_page

# Letters of an answer that leaves room for others beside it.
_SHORT = 20
_WORKPLACES = ("kindergarten", "primary", "upper-secondary")


@dataclass(frozen=True)
class Asked:
    """A question as the form shows it, with the answer that was given."""

    question: Question
    answer: str

    @property
    def chosen(self):
        """The answer in words."""
        return self.question.options.get(self.answer, "")

    @property
    def is_short(self) -> bool:
        """Whether its answers have room on one line."""
        return max(len(str(label)) for label in self.question.options.values()) < _SHORT

    @property
    def may_be_unknown(self) -> bool:
        """Whether one can say that one does not know."""
        return self.question.code not in ("who", "want")


@takes(*PARAMETERS)
@require_safe
def eligibility(request):
    page, crumbs = tool_page(request, ROUTE)
    answers = answers_of(request.GET)
    advice = _advice(answers) if answers else None
    asks = advice.asks if advice else asks_of([], {})
    context = {
        "subject": page,
        "crumbs": crumbs,
        # With answers it is no page to find: the plain one is.
        "is_plain": not answers,
        "advice": advice,
        "asked": [Asked(QUESTIONS[code], "") for code in asks],
        "answered": [
            Asked(QUESTIONS[code], answers[code]) for code in QUESTIONS if code in answers
        ],
        "has_unknown": any(request.GET.get(code) and code not in answers for code in PARAMETERS),
        "workplaces": _workplaces(answers),
        "language_query": query_of(answers),
    }
    return answer(request, "tools/eligibility", context)


def _advice(answers: Answers) -> Advice:
    routes = EligibilityRoute.objects.with_measure()
    rules = EligibilityRule.objects.select_related("source")
    return advise(list(routes), list(rules), answers)


def _workplaces(answers: Answers) -> list[tuple[str, str]]:
    """The kinds of places that somebody works at, each with the address of what it can apply for."""
    options = QUESTIONS["who"].options
    return [(str(options[who]), address(**{**answers, "who": who})) for who in _WORKPLACES]
