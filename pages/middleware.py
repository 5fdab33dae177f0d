"""The language of a request is the one its path names, and nothing else."""

from django.utils import translation

from pages.languages import language_from_path


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
