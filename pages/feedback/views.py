"""The one address that takes something from visitors: answers to «Hjalp siden deg?»."""

from http import HTTPStatus
from time import monotonic
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from pages.answers import answer
from pages.cache.asked import takes
from pages.feedback.limits import PER_DAY, Counter
from pages.feedback.origin import is_own
from pages.feedback.sheet import MOST_BYTES, Sheet, read
from pages.models import Feedback
from pages.models.feedback import name_of, record_named

_counter = Counter()
_FORM = "application/x-www-form-urlencoded"


class _SeeOther(HttpResponseRedirect):
    """Leads on to a page that is read, so that reading it again sends nothing again."""

    status_code = HTTPStatus.SEE_OTHER


# Without a cookie there is no token to compare: see pages.feedback for what stands in its place.
@takes("page")
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def feedback(request):
    if request.method == "POST":
        return _take(request)
    page = record_named(request.GET.get("page", ""))
    return answer(request, "pages/feedback_thanks", {"page": page})


def _take(request: HttpRequest) -> HttpResponse:
    if refusal := _refusal(request):
        status, words = refusal
        return render(request, "pages/feedback_refused.html", {"problem": words}, status=status)
    sheet = read(request.POST)
    page = record_named(sheet.page)
    if page is None:
        raise Http404
    if sheet.is_trapped:
        # Told nothing, a program learns nothing.
        return _thanks(page)
    if faults := sheet.faults:
        return _again(request, page, sheet, faults, HTTPStatus.UNPROCESSABLE_ENTITY)
    if not _may_send(request):
        told = _("Many have answered from here just now. Try again in an hour.")
        return _again(request, page, sheet, {"form": told}, HTTPStatus.TOO_MANY_REQUESTS)
    Feedback.objects.create(
        model=page._meta.label_lower,
        object_id=page.pk,
        language=get_language() or "",
        is_helpful=bool(sheet.is_helpful),
        comment=sheet.comment,
    )
    return _thanks(page)


def _refusal(request: HttpRequest) -> tuple[int, str] | None:
    """Return status and words where the form is not even read."""
    if _length(request) > MOST_BYTES:
        return HTTPStatus.REQUEST_ENTITY_TOO_LARGE, _("That is more than the form can hold.")
    if request.content_type != _FORM:
        return HTTPStatus.BAD_REQUEST, _("Only the form at the foot of a page can be sent here.")
    if not is_own(request):
        return HTTPStatus.FORBIDDEN, _("The form must be sent from the page that it stands on.")
    return None


def _length(request: HttpRequest) -> int:
    """Return how many bytes are promised; none where that is no number."""
    told = request.META.get("CONTENT_LENGTH") or ""
    return int(told[:12]) if told.isascii() and told.isdigit() else 0


def _may_send(request: HttpRequest) -> bool:
    today = timezone.localdate()
    address = import_string(settings.CLIENT_ADDRESS)(request)
    if not _counter.take(address, today, monotonic()):
        return False
    return Feedback.objects.filter(created_on=today).count() < PER_DAY


def _thanks(page: Any) -> HttpResponse:
    return _SeeOther(f"{reverse('feedback')}?{urlencode({'page': name_of(page)})}")


def _again(
    request: HttpRequest, page: Any, sheet: Sheet, faults: dict[str, str], status: int
) -> HttpResponse:
    """Show the form once more with what was chosen and typed."""
    context = {"page": page, "name": name_of(page), "sheet": sheet, "faults": faults}
    return render(request, "pages/feedback.html", context, status=status)
