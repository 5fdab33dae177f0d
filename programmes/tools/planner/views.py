"""The planner's page and its calendar file."""

from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pages.answers import answer
from pages.cache.asked import takes
from pages.cache.moments import hold
from programmes.tools.calendars import CONTENT_TYPE, calendar
from programmes.tools.deadlines.dates import tomorrow_begins
from programmes.tools.pages import tool_page
from programmes.tools.planner.choosing import DEADLINE, MEASURE, PLACE, choose
from programmes.tools.planner.forms import PlanForm
from programmes.tools.planner.lines import calendar_entries, plan_for

ASKED = (DEADLINE, MEASURE, PLACE)


@takes(*ASKED)
@require_safe
def planner(request):
    page, crumbs = tool_page(request, "tools:planner")
    now = timezone.now()
    choice = choose(_asked(request), now)
    made = plan_for(choice, now)
    # Which steps are late, and which deadlines are still open, changes with the day.
    hold(request, tomorrow_begins(now))
    for deadline in choice.deadlines:
        hold(request, deadline.moment)
    query = urlencode(choice.query)
    context = {
        "subject": page,
        "crumbs": crumbs,
        "is_empty": not request.GET,
        "choice": choice,
        "plan": made,
        "sources": _sources(made),
        "file_url": f"{reverse('tools:plan_file')}?{query}",
        "form": PlanForm(choice),
    }
    return answer(request, "tools/planner", context)


@takes(*ASKED)
@require_safe
def plan_file(request):
    """All steps of a plan, for a calendar."""
    now = timezone.now()
    choice = choose(_asked(request), now)
    made = plan_for(choice, now)
    if made is None:
        raise Http404
    hold(request, made.deadline.moment)
    name = _("Plan: %(deadline)s") % {"deadline": made.deadline.name}
    text = calendar(name, get_language() or "", calendar_entries(made, choice))
    response = HttpResponse(text, content_type=CONTENT_TYPE)
    response["Content-Disposition"] = 'attachment; filename="erasmus-plan.ics"'
    response["X-Robots-Tag"] = "noindex"
    return response


def _asked(request) -> dict[str, str]:
    return {name: request.GET.get(name, "") for name in ASKED}


def _sources(made) -> list:
    found = {each.source_id: each.source for each in made.holidays} if made else {}
    return list(found.values())
