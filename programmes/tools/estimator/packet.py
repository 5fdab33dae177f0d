"""«Ark til lederen»: an estimate and a deadline on one sheet of paper, for the head or the owner to sign."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from pages.answers import answer
from pages.cache.asked import takes
from pages.languages import absolute
from pages.navigation import Crumb
from programmes.models import Deadline, PacketPoint
from programmes.tools.estimator.activities import KINDS, PREPARATORY
from programmes.tools.estimator.forms import PARAMETERS
from programmes.tools.estimator.matrix import matrix
from programmes.tools.estimator.plans import Plan, examples, plan_of, said_in
from programmes.tools.pages import tool_page

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
    page, crumbs = tool_page(request, "tools:estimator")
    said = said_in(request.GET)
    plan, query = plan_of(said), said.urlencode()
    asked = request.GET.get(READER)
    reader = asked if asked in PacketPoint.Reader.values else PacketPoint.Reader.HEAD
    deadlines = _deadlines()
    estimator_path = reverse("tools:estimator")
    context = {
        "subject": page,
        "crumbs": [*crumbs, Crumb(gettext("Page for the head"), request.path)],
        "language_route": "tools:packet",
        "language_query": f"?{query}" if query else "",
        "plan": plan,
        "examples": [] if plan.results else examples(plan),
        "matrix": matrix(plan.results),
        "query": query,
        "kept": list(said.items()),
        "estimate_url": absolute(f"{estimator_path}?{query}"),
        "reader": reader,
        "readers": PacketPoint.Reader.choices,
        "points": _points(reader),
        "deadline": _chosen(deadlines, request.GET.get(DEADLINE, ""), plan),
        "deadlines": deadlines,
        "names": {"reader": READER, "deadline": DEADLINE},
    }
    return answer(request, "tools/packet", context)


def _points(reader: str) -> dict[str, list[PacketPoint]]:
    """Return what is said to a reader, by the parts of the sheet."""
    rows = PacketPoint.objects.exclude(title=None).filter(reader__in=("", reader))
    found: dict[str, list[PacketPoint]] = {part: [] for part in PacketPoint.Part.values}
    for row in rows:
        found[row.part].append(row)
    return found


def _deadlines() -> list[Deadline]:
    rows = Deadline.objects.upcoming(timezone.now()).with_call().select_related("source")
    return list(rows.prefetch_related("call__measures"))


def _chosen(deadlines: list[Deadline], asked: str, plan: Plan) -> Deadline | None:
    """Return the deadline that was asked for, or the next one of a call for what is planned."""
    named = next((each for each in deadlines if str(each.pk) == asked), None)
    wanted = {_measure(part.form.cleaned_data["kind"]) for part in plan.results}
    fitting = (d for d in deadlines if any(m.code in wanted for m in d.call.measures.all()))
    return named or next(fitting, None)


def _measure(kind: str) -> str:
    return KINDS[kind].measure if kind in KINDS else _MEASURES.get(kind.partition("-")[0], "")
