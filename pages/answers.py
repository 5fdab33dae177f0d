"""Answers with a page in the form that is asked for: from the same view, of the same data."""

import re
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from pages.cache.asked import taken
from pages.languages import absolute
from pages.negotiation import FILE, MARKDOWN, prefers_markdown


def answer(request: HttpRequest, template: str, context: dict, status: int = 200) -> HttpResponse:
    """Render `template`, named without its suffix: `.html`, or `.md` where that is asked for."""
    if wants_markdown(request):
        response = _markdown(request, template, context, status)
    else:
        own = {"markdown_url": absolute(_path(request, FILE))}
        response = render(request, f"{template}.html", {**context, **own}, status=status)
    if not _is_at_file(request):
        patch_vary_headers(response, ["Accept"])
    return response


def wants_markdown(request: HttpRequest) -> bool:
    """Whether the visitor asks for Markdown. A preview is the page as people see it."""
    if getattr(request, "is_preview", False):
        return False
    return _is_at_file(request) or prefers_markdown(request.headers.get("Accept", ""))


def in_same_form(request: HttpRequest, path: str) -> str:
    """Return the address below `path` of the form that the address of `request` asks for."""
    return f"{path}{FILE}" if _is_at_file(request) else path


def _markdown(request, template: str, context: dict, status: int) -> HttpResponse:
    own = {"address": absolute(_path(request))}
    response = render(
        request,
        f"{template}.md",
        {**context, **own},
        content_type=f"{MARKDOWN}; charset=utf-8",
        status=status,
    )
    response.content = tidy(response.content.decode()).encode()
    if status == 200:
        response["Link"] = f'<{own["address"]}>; rel="canonical"'
    if _is_at_file(request):
        # Only here: at the page's own address it would take the page out of search results.
        response["X-Robots-Tag"] = "noindex"
    return response


def tidy(text: str) -> str:
    """Take away the empty lines that a template's tags leave behind."""
    lines = "\n".join(line.rstrip(" ") for line in text.strip().splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines) + "\n"


def _is_at_file(request) -> bool:
    return getattr(request, "is_at_file", False)


def _path(request, file: str = "") -> str:
    """Return the page's own path and what its view reads of the query."""
    query = query_of(request)
    return f"{request.path}{file}?{query}" if query else f"{request.path}{file}"


def query_of(request: HttpRequest) -> str:
    """Return what the page's view reads of the query, in the order of the page cache."""
    view = request.resolver_match.func if request.resolver_match else None
    pairs = [(name, value) for name, values in request.GET.lists() for value in values]
    return urlencode(taken(view, pairs))
