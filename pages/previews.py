"""The public view of what is not public yet: by a signed address, in a frame of phone or desk width."""

import copy
from typing import Any

from csp.decorators import csp_replace
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import Resolver404, resolve, reverse
from django.utils import translation
from django.views.decorators.cache import cache_control
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from pages import publishing, views
from pages.languages import languages_of, url_in
from pages.models import Draft, PreviewLink, Publishable

never_kept: Any = cache_control(private=True, no_store=True)
may_hold_a_frame: Any = csp_replace({"frame-src": ["'self'"]})
may_be_framed: Any = csp_replace({"frame-ancestors": ["'self'"]})


@never_kept
@require_safe
@may_hold_a_frame
def shared_preview(request: HttpRequest, token: str) -> HttpResponse:
    """The frame: which language, how wide, until when. Needs no account."""
    link, record = _opened(token)
    draft = publishing.draft_of(record)
    with publishing.rolled_back():
        _show(draft, record)
        languages = _languages(record)
    language = _chosen(request, languages)
    context = {
        "link": link,
        "record": record,
        "draft": draft,
        "languages": [(code, dict(settings.LANGUAGES)[code]) for code in languages],
        "language": language,
        "is_editor": request.user.is_staff,
        "edit_url": _admin_url(record, "change"),
        "revoke_url": _admin_url(record, "unshare"),
        "own_address": settings.SITE_URL + link.get_absolute_url(),
    }
    response = render(request, "pages/preview.html", context)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


@never_kept
@require_safe
@xframe_options_sameorigin
@may_be_framed
def preview_frame(request: HttpRequest, token: str, language: str) -> HttpResponse:
    """The page itself, exactly as a visitor would get it if it were published now."""
    _link, record = _opened(token)
    with publishing.rolled_back():
        _show(publishing.draft_of(record), record)
        if language not in _languages(record):
            raise Http404
        with translation.override(language):
            response = _answer(request, record, language)
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Content-Language"] = language
    return response


def _opened(token: str) -> tuple[PreviewLink, Any]:
    link = PreviewLink.from_token(token)
    record = link.record if link else None
    if link is None or record is None:
        raise Http404
    return link, record


def _show(draft: Draft | None, record) -> None:
    """Make the rows what visitors would see; the caller rolls it back."""
    if draft:
        publishing.apply_draft(draft, record)
    if isinstance(record, Publishable):
        record.reveal()


def _languages(record) -> list[str]:
    if isinstance(record, Publishable):
        return languages_of(record)
    return [code for code, _name in settings.LANGUAGES]


def _admin_url(record, name: str) -> str:
    return reverse(f"admin:{record._meta.label_lower.replace('.', '_')}_{name}", args=[record.pk])


def _chosen(request, languages: list[str]) -> str:
    wanted = request.GET.get("language", "")
    if not languages:
        raise Http404
    return wanted if wanted in languages else languages[0]


def _answer(request, record, language: str) -> HttpResponse:
    visit = copy.copy(request)
    visit.user = AnonymousUser()
    visit.GET = QueryDict()
    visit.LANGUAGE_CODE = language
    visit.is_preview = True
    if not isinstance(record, Publishable):
        return views.collage_preview(visit, record)
    visit.path = visit.path_info = url_in(record, language)
    try:
        match = resolve(visit.path)
    except Resolver404 as error:
        raise Http404 from error
    visit.resolver_match = match
    return match.func(visit, *match.args, **match.kwargs)
