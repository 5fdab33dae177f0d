"""How a request is read, where Django believes too much of what it says of itself.

A request may name its encoding, and with it any decoder that Python has, some of which make no text or
fail in ways of their own: a made-up header would be answered with a 500. All forms here are UTF-8.
"""

from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.http import parse_cookie
from django.utils.functional import cached_property
from django.utils.http import parse_header_parameters


class Request(WSGIRequest):
    """A request in UTF-8, whatever it says that it is written in."""

    def _set_content_type_params(self, meta):
        try:
            self.content_type, self.content_params = parse_header_parameters(
                meta.get("CONTENT_TYPE", "")
            )
        except ValueError:
            self.content_type, self.content_params = "", {}

    @cached_property
    def COOKIES(self):  # noqa: N802 - Django's own name
        """Without NUL, which a quoted cookie can spell and no database takes in a session's key."""
        cookies = parse_cookie(self.META.get("HTTP_COOKIE", ""))
        return {name: value for name, value in cookies.items() if "\0" not in value}


class Handler(WSGIHandler):
    request_class = Request
