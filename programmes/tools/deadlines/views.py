"""The board of deadlines, its calendar files and its feed."""

from collections.abc import Hashable, Iterable
from datetime import UTC, datetime

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pages.answers import answer
from pages.cache.asked import takes
from pages.discovery import feeds
from pages.languages import absolute
from programmes.models import Audience, CallType, Deadline, DeadlineChange
from programmes.tools.calendars import CONTENT_TYPE, Entry, calendar
from programmes.tools.deadlines.board import MonthEntry, board, months
from programmes.tools.deadlines.choosing import AUDIENCE, MEASURE, choose, is_for
from programmes.tools.deadlines.entries import calendar_entry, feed_entries
from programmes.tools.deadlines.forms import NarrowingForm
from programmes.tools.deadlines.structured import list_of
from programmes.tools.deadlines.subscriptions import subscriptions
from programmes.tools.pages import tool_page

# As many are read, the newest of them; and so many that have passed are shown at first.
MOST = 200
SHOWN_PASSED = 6
CHANGES_SHOWN = 8
LONG_AGO = datetime.min.replace(tzinfo=UTC)


@takes(AUDIENCE, MEASURE)
@require_safe
def deadlines(request):
    page, crumbs = tool_page(request, "tools:deadlines")
    every = list(Deadline.objects.with_all()[:MOST])
    choice = choose(every, request.GET.get(AUDIENCE, ""), request.GET.get(MEASURE, ""))
    shown = board([one for one in every if choice.takes(one)], timezone.now())
    context = {
        "subject": page,
        "crumbs": crumbs,
        "main_entity": list_of(shown.upcoming),
        "choice": choice,
        "board": shown,
        "passed_lately": shown.passed[:SHOWN_PASSED],
        "passed_before": shown.passed[SHOWN_PASSED:],
        "months": _named_months(every),
        "changes": _latest_changes(every),
        "subscriptions": subscriptions(choice.audiences),
        "form": NarrowingForm(choice),
    }
    return answer(request, "tools/deadlines", context)


def _named_months(every: Iterable[Deadline]) -> list[list[tuple[CallType, MonthEntry]]]:
    """Return the yearly pattern with the types of calls themselves, in their order."""
    types: dict[Hashable, CallType] = {one.series: one.call.type for one in every}
    named = [[(types[entry.series], entry) for entry in month] for month in months(every)]
    return [sorted(month, key=lambda pair: pair[0].position) for month in named]


def _latest_changes(every: Iterable[Deadline]) -> list[DeadlineChange]:
    """Return the changes made known last; those of an unknown day come after them."""
    found = []
    for one in every:
        for change in one.changes.all():
            change.deadline = one
            found.append(change)
    found.sort(key=lambda change: change.made_at or LONG_AGO, reverse=True)
    return found[:CHANGES_SHOWN]


@require_safe
def deadline_file(request, pk: int):
    """One deadline, for a calendar."""
    rows = Deadline.objects.with_all().filter(pk=pk)
    entries = list(filter(None, map(calendar_entry, rows)))
    if not entries:
        raise Http404
    return _file(
        calendar(_("Erasmus+ deadline"), get_language() or "", entries), f"erasmus-{pk}.ics"
    )


@require_safe
def deadlines_file(request, audience: str = ""):
    """The deadlines for an audience, or all, for calendars that follow them."""
    chosen = get_object_or_404(Audience, code=audience) if audience else None
    every = Deadline.objects.with_all()[:MOST]
    entries = [calendar_entry(one) for one in every if is_for(chosen, one)]
    name = _calendar_name(chosen)
    found: list[Entry] = [entry for entry in entries if entry]
    source = absolute(request.path)
    return _file(
        calendar(name, get_language() or "", found, source), f"erasmus-{audience or 'alle'}.ics"
    )


def _calendar_name(audience: Audience | None) -> str:
    if audience is None:
        return _("Erasmus+ deadlines")
    return _("Erasmus+ deadlines: %(audience)s") % {"audience": audience.title}


def _file(text: bytes, name: str) -> HttpResponse:
    response = HttpResponse(text, content_type=CONTENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def deadlines_feed(request):
    """What is new of the deadlines: those that came, were moved, confirmed or cancelled."""
    entries = feed_entries(Deadline.objects.with_all()[:MOST])
    if not entries:
        raise Http404
    title = f"{_('Erasmus+ deadlines')} – {settings.SITE_NAME}"
    about = feeds.Feed(title, _("New, moved and cancelled deadlines"), reverse("tools:deadlines"))
    return feeds.atom(request, entries, about)
