"""What holds of every answer: its language, who may keep it, and where its links lead."""

from django.conf import settings
from django.middleware.gzip import GZipMiddleware
from django.utils import translation

from pages.cache.headers import PRIVATE, UNSETTLED, public_headers
from pages.languages import language_from_path
from pages.links import PREFIX
from pages.models.references import publish


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


class CacheControlMiddleware:
    """Says of every answer that says nothing itself who may keep it: visitors' pages are for all.

    An editor's page is their own, and what is neither found nor settled is asked for anew each time.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if "Cache-Control" not in response.headers:
            for name, value in _keeping(request, response):
                response.headers[name] = value
        return response


def _keeping(request, response) -> list[tuple[str, str]]:
    if settings.SESSION_COOKIE_NAME in request.COOKIES or response.cookies:
        return [("Cache-Control", PRIVATE)]
    if response.status_code == 200 and request.method in ("GET", "HEAD"):
        return public_headers()
    return [("Cache-Control", UNSETTLED)]


class LinkMiddleware:
    """Turns links to records into links to where they stand now, in the answer's language.

    Editors' forms show addresses already, and what else the admin prints is not for visitors.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if _is_visitors_page(request, response) and _LINK_TO_RECORD in response.content:
            language = response.headers.get("Content-Language", request.LANGUAGE_CODE)
            page = publish(response.content.decode(response.charset), language)
            response.content = page.encode(response.charset)
        return response


_LINK_TO_RECORD = f'href="{PREFIX}'.encode()


def _is_visitors_page(request, response) -> bool:
    is_html = response.headers.get("Content-Type", "").startswith("text/html")
    in_admin = request.resolver_match and "admin" in request.resolver_match.app_names
    return is_html and not in_admin and not response.streaming
