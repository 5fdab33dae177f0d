"""What holds of every answer: its language, who may keep it, and where its links lead."""

from collections.abc import Callable

from django.conf import settings
from django.middleware.gzip import GZipMiddleware
from django.utils import timezone, translation

from pages.cache.headers import PRIVATE, UNSETTLED, public_headers
from pages.cache.moments import held_until
from pages.languages import language_from_path
from pages.links import PREFIX
from pages.lost import not_found
from pages.models.references import publish, publish_markdown
from pages.negotiation import HTML, MARKDOWN, is_file, page_of


class PathLanguageMiddleware:
    """Activates the path's language and says so in `Content-Language`.

    Django's own LocaleMiddleware also sends `Vary: Accept-Language`, which is untrue here, since the
    browser's header decides nothing, and would split every shared cache.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        language = language_from_path(request.path_info)
        translation.activate(language)
        request.LANGUAGE_CODE = language
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class TextCompressionMiddleware(GZipMiddleware):
    """Compresses what Django renders. A file goes out as it is: a picture only costs time, and its length."""

    def process_response(self, request, response):
        return response if response.streaming else super().process_response(request, response)


class MarkdownAddressMiddleware:
    """Lets each page be had as Markdown at `index.md` below its address, from the page's own view.

    A page that is in HTML only has no such address.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.is_at_file = is_file(request.path_info)
        request.path, request.path_info = page_of(request.path), page_of(request.path_info)
        response = self.get_response(request)
        is_wrong = request.is_at_file and response.status_code == 200
        return not_found(request) if is_wrong and _type_of(response) != MARKDOWN else response


class CacheControlMiddleware:
    """Says of every answer that says nothing itself who may keep it: visitors' pages are for all.

    An editor's page is their own, and what is neither found nor settled is asked for anew each time.
    What was said of how long the page holds goes along with it, for the page cache to read.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.held_until = held_until(request)
        if "Cache-Control" not in response.headers:
            for name, value in _keeping(request, response):
                response.headers[name] = value
        return response


def _keeping(request, response) -> list[tuple[str, str]]:
    if settings.SESSION_COOKIE_NAME in request.COOKIES or response.cookies:
        return [("Cache-Control", PRIVATE)]
    if response.status_code == 200 and request.method in ("GET", "HEAD"):
        until = held_until(request)
        return public_headers((until - timezone.now()).total_seconds() if until else None)
    return [("Cache-Control", UNSETTLED)]


class LinkMiddleware:
    """Turns links to records into links to where they stand now, in the answer's language.

    Editors' forms show addresses already, and what else the admin prints is not for visitors.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        publisher = _PUBLISHERS.get(_type_of(response))
        if publisher and _is_visitors_page(request, response) and _PREFIX in response.content:
            language = response.headers.get("Content-Language", request.LANGUAGE_CODE)
            page = publisher(response.content.decode(response.charset), language)
            response.content = page.encode(response.charset)
        return response


_PREFIX = PREFIX.encode()
_PUBLISHERS: dict[str, Callable[[str, str], str]] = {HTML: publish, MARKDOWN: publish_markdown}


def _is_visitors_page(request, response) -> bool:
    in_admin = request.resolver_match and "admin" in request.resolver_match.app_names
    return not in_admin and not response.streaming


def _type_of(response) -> str:
    return response.headers.get("Content-Type", "").partition(";")[0]
