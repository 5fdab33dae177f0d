"""What a visitor asks for, as far as the page cache must know it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from io import BytesIO
from itertools import islice
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.core.handlers.wsgi import get_path_info
from django.http.request import split_domain_port, validate_host
from django.urls import Resolver404, resolve, reverse
from django.utils import translation

from pages.languages import language_from_path
from pages.negotiation import MARKDOWN, page_of, prefers_markdown

_SESSION = f"{settings.SESSION_COOKIE_NAME}="
# Of what a browser sends, all that a stored page may depend on besides the form it prefers: what is kept
# for everybody must follow from the key alone. The connection's scheme is asked for by its own name.
_FOR_ALL = {"HTTP_HOST", *(settings.SECURE_PROXY_SSL_HEADER or ())[:1]}
_ABOUT_BODY = {"CONTENT_TYPE", "CONTENT_LENGTH"}


def takes(*parameters: str, repeated: Mapping[str, int] | None = None) -> Callable:
    """Declare which parameters a view reads: its answers are kept for each of their values.

    Of one that comes several times the last value counts, but for `repeated`: of these as many different
    values count as it says, the first ones, and their order tells nothing.
    """
    most = dict(repeated or {})

    def mark(view):
        view.parameters = frozenset(parameters) | most.keys()
        view.repeated = most
        return view

    return mark


def taken(view: Callable | None, pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return those of a query's `pairs` that `view` reads, in one order whatever order they came in."""
    parameters: frozenset[str] = getattr(view, "parameters", frozenset())
    repeated: dict[str, int] = getattr(view, "repeated", {})
    single = {name: value for name, value in pairs if name in parameters - repeated.keys()}
    several = (
        (name, value)
        for name, most in repeated.items()
        for value in different((v for n, v in pairs if n == name), most)
    )
    return sorted([*single.items(), *several])


def different(values: Iterable[str], most: int) -> Iterator[str]:
    """Yield the first `most` different ones of `values`."""
    return islice(dict.fromkeys(values), most)


class Asked(NamedTuple):
    """A question whose answer may be the same for every visitor.

    `query` holds known parameters only, and `accept` nothing but the chosen form.
    """

    key: str
    query: str
    accept: str

    def for_all(self, environ: dict) -> dict:
        """Return the question without what is this visitor's alone, and without a body."""
        kept = {name: value for name, value in environ.items() if _is_for_all(name)}
        asked = {"QUERY_STRING": self.query, "HTTP_ACCEPT": self.accept}
        return {**kept, **asked, "REQUEST_METHOD": "GET", "wsgi.input": BytesIO()}


def _is_for_all(name: str) -> bool:
    return name in _FOR_ALL or not (name.startswith("HTTP_") or name in _ABOUT_BODY)


def asked_by(environ: dict) -> Asked | None:
    """Return what is asked for, or None where the answer is somebody's own or no page.

    `environ` is WSGI's. An editor is known by the cookie; what else a browser sends decides nothing.
    """
    path = environ.get("PATH_INFO", "")
    if (
        environ["REQUEST_METHOD"] not in ("GET", "HEAD")
        or _SESSION in environ.get("HTTP_COOKIE", "")
        or "HTTP_AUTHORIZATION" in environ
        or path.startswith(_not_pages())
    ):
        return None
    host = _allowed(environ.get("HTTP_HOST", ""))
    query = environ.get("QUERY_STRING", "")
    known = _known(environ, query) if query else ""
    if host is None or known is None:
        return None
    accept = MARKDOWN if prefers_markdown(environ.get("HTTP_ACCEPT", "")) else ""
    return Asked(f"{_scheme(environ)}://{host}{path}?{known} {accept}", known, accept)


@lru_cache(maxsize=1)
def _not_pages() -> tuple[str, ...]:
    """Beginnings of paths whose answers are files with names of their own, or the editors'."""
    return (reverse("admin:index"), settings.STATIC_URL, settings.MEDIA_URL)


@lru_cache(maxsize=64)
def _allowed(host: str) -> str | None:
    """Return the host without its port, which changes nothing, or None where Django will refuse it."""
    domain, _port = split_domain_port(host)
    return domain if domain and validate_host(domain, settings.ALLOWED_HOSTS) else None


def _scheme(environ: dict) -> str:
    name, value = settings.SECURE_PROXY_SSL_HEADER or ("wsgi.url_scheme", "https")
    return "https" if environ.get(name) == value else "http"


def _known(environ: dict, query: str) -> str | None:
    """Return those parameters of `query` that the view takes, in order; None where it cannot be read."""
    path = page_of(get_path_info(environ))
    try:
        with translation.override(language_from_path(path)):
            view = resolve(path).func
        pairs = parse_qsl(query, keep_blank_values=True, max_num_fields=100)
    except Resolver404:
        return ""
    except ValueError:
        return None
    return urlencode(taken(view, pairs))
