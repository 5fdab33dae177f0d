"""«Ark til lederen»: an estimate and a deadline on one sheet of paper, for the head or the owner to sign."""

from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from pages.answers import answer
from pages.cache.asked import takes
from pages.languages import absolute
from pages.navigation import Crumb, crumb_of, home_crumb
from programmes.models import Deadline, PacketPoint
from programmes.navigation import tool
from programmes.tools.estimator.activities import KINDS, PREPARATORY
from programmes.tools.estimator.forms import PARAMETERS
from programmes.tools.estimator.matrix import matrix
from programmes.tools.estimator.plans import Plan, examples, plan_of
from programmes.tools.pages import tool_page

ESTIMATOR = "tools:estimator"
READER, DEADLINE = "reader", "deadline"
# What else than stays has a measure, by what the form calls it.
_MEASURES = {
    PREPARATORY: "preparatory-visit",
    "KA210": "small-scale-partnership",
    "KA220": "cooperation-partnership",
}


@takes(*PARAMETERS, READER, DEADLINE)
@require_safe
def packet(request):
    # Editors see it while the estimator is a draft.
    page = tool(request, ESTIMATOR) or tool_page(request, ESTIMATOR)[0]
    plan = plan_of(request.GET)
    query = plan.query.urlencode()
    title = gettext("Page for the head")
    context = {
        "subject": page,
        "crumbs": [home_crumb(), crumb_of(page), Crumb(title, request.path)],
        "language_route": "tools:packet",
        "language_query": f"?{query}" if query else "",
        "plan": plan,
        "query": query,
        **(_sheet(request.GET, plan) if plan.results else {"examples": examples(plan)}),
    }
    return answer(request, "tools/packet", context)


def _sheet(asked: QueryDict, plan: Plan) -> dict[str, Any]:
    """Return what the sheet is filled in with, besides the plan."""
    reader = asked.get(READER)
    reader = reader if reader in PacketPoint.Reader.values else PacketPoint.Reader.HEAD
    deadlines = _deadlines(plan)
    return {
        "matrix": matrix(plan.results),
        "kept": list(plan.query.items()),
        "estimate_url": absolute(f"{reverse(ESTIMATOR)}?{plan.query.urlencode()}"),
        "reader": reader,
        "readers": PacketPoint.Reader.choices,
        "points": _points(reader),
        "deadline": _chosen(deadlines, asked.get(DEADLINE, "")),
        "deadlines": deadlines,
        "names": {"reader": READER, "deadline": DEADLINE},
    }


def _points(reader: str) -> dict[str, list[PacketPoint]]:
    """Return what is said to a reader, by the parts of the sheet."""
    rows = PacketPoint.objects.exclude(title=None).filter(reader__in=("", reader))
    found: dict[str, list[PacketPoint]] = {part: [] for part in PacketPoint.Part.values}
    for row in rows:
        found[row.part].append(row)
    return found


def _deadlines(plan: Plan) -> list[Deadline]:
    """Return the deadlines to come, telling of what is planned."""
    planned = {_measure(part.form.cleaned_data["kind"]) for part in plan.results}
    rows = Deadline.objects.upcoming(timezone.now()).with_call().telling_of(planned)
    return list(rows.select_related("source"))


def _chosen(deadlines: list[Deadline], asked: str) -> Deadline | None:
    """Return the deadline that was asked for, or the next one for what is planned."""
    named = (each for each in deadlines if str(each.pk) == asked)
    fitting = (each for each in deadlines if each.is_for_one)
    return next(named, None) or next(fitting, None)


def _measure(kind: str) -> str:
    return KINDS[kind].measure if kind in KINDS else _MEASURES.get(kind.partition("-")[0], "")
