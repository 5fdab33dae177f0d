"""Asks the site as nobody's browser would, and says what no answer may do, whatever was asked."""

import io
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import cycle
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import URLResolver, get_resolver
from django.utils import translation

# A mark that must never come back unescaped.
MARKUP = "<svg onload=hostile>"
# What tells a stranger how the house is built.
_TALK = re.compile(
    rb'Traceback|File "/|site-packages|\bSELECT .* FROM\b|sqlite3|psycopg|Error at /|'
    + re.escape(str(settings.BASE_DIR).encode())
)
MOST_BYTES = 400_000

WORDS: tuple[bytes, ...] = (
    b"",
    b"x",
    "æøåÆØÅ".encode(),
    "e\u0301\u0130\u00df\ufb03".encode(),
    "\u202e\u200b\ufeff".encode(),
    "\U0001f9d2\U0001f3fd".encode(),
    b"\x00",
    b"mobilitet\x00",
    b"\xff\xfe",
    b"\xed\xa0\x80",
    b"\xc0\xaf..\xc0\xaf",
    b"\r\nSet-Cookie: hostile=1",
    b"..",
    b"../../../../etc/passwd",
    b"..%2f..%2fetc%2fpasswd",
    b"//evil.example/",
    b"\\\\evil.example\\",
    b"https://evil.example/",
    MARKUP.encode(),
    f"\"'>{MARKUP}".encode(),
    b"javascript:alert(1)",
    b"' OR 1=1 --",
    b"{{7*7}}{% debug %}${7*7}",
    b"%s%n%x%d",
    b"0",
    b"-1",
    b"1e309",
    b"NaN",
    b"0x10",
    b"\xd9\xa1\xd9\xa2",
    b"9" * 19,
    b"9" * 5_000,
    b"2026-02-30",
    b"0000-00-00T99:99",
    b"nb",
    b"xx",
    b"nb-x-" + b"a" * 600,
    b"index.md",
    b"a" * 300,
    b"a-" * 4_000,
    b"a/" * 4_000,
    b"/" * 8_000,
    b"%",
    b"%zz%",
    b"pages.page",
    b"auth.user",
    b"a.b",
)


@dataclass(frozen=True)
class Answer:
    asked: str
    status: int
    headers: list[tuple[str, str]]
    body: bytes
    queries: int

    def named(self, name: str) -> list[str]:
        return [value for key, value in self.headers if key.lower() == name]


@dataclass
class Stranger:
    """Asks a WSGI application, holds every answer against `faults_of`, and counts."""

    application: Callable
    asked: int = 0

    def ask(
        self, path: bytes, query: bytes = b"", method: str = "GET", body: bytes = b"", **more
    ) -> Answer:
        told: dict = {}

        def start_response(status, headers, exc_info=None):
            told.update(status=int(status.split()[0]), headers=headers)

        environ = environ_of(path, query, method, body, **more)
        with CaptureQueriesContext(connection) as queries:
            parts = self.application(environ, start_response)
            whole = b"".join(parts)
            if hasattr(parts, "close"):
                parts.close()
        self.asked += 1
        asked = f"{method} {path[:200]!r}?{query[:200]!r} {body[:80]!r} {str(more)[:200]}"
        return Answer(asked, body=whole, queries=len(queries), **told)


def environ_of(
    path: bytes, query: bytes = b"", method: str = "GET", body: bytes = b"", **headers
) -> dict:
    """Return what gunicorn would make of a request; every text in it is bytes read as Latin-1."""
    return {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": path.decode("latin-1"),
        "QUERY_STRING": query.decode("latin-1"),
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "erasmus.test",
        "CONTENT_LENGTH": str(len(body)) if body else "",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": io.StringIO(),
        "HTTP_X_FORWARDED_PROTO": "https",
        **headers,
    }


def faults_of(answer: Answer, most_queries: int) -> Iterator[str]:
    """Say what is wrong with an answer that a stranger was given."""
    if answer.status >= 500:
        yield f"{answer.status}"
    if MARKUP.encode() in answer.body:
        yield "markup of the asker's own"
    # What was asked may be said back, as words to search for.
    found = _TALK.search(answer.body)
    if found and found[0].lower() not in answer.asked.lower():
        yield f"tells {found[0][:60]!r}"
    if any("\r" in value or "\n" in value for _name, value in answer.headers):
        yield "a header of the asker's own"
    if any(not _is_ours(target) for target in answer.named("location")):
        yield f"leads away to {answer.named('location')}"
    if answer.queries > most_queries:
        yield f"{answer.queries} queries"
    if len(answer.body) > MOST_BYTES:
        yield f"{len(answer.body)} bytes"


def _is_ours(target: str) -> bool:
    if target.startswith(settings.SITE_URL):
        return target.removeprefix(settings.SITE_URL)[:1] in ("", "/")
    return re.match(r"/(?![/\\])", target) is not None


@dataclass(frozen=True)
class Route:
    """An address of the URL table: a form with a gap for each of `gaps`, which are named."""

    form: str
    gaps: tuple[str, ...]

    def filled(self, *values: bytes) -> bytes:
        """Return the path with the gaps filled by `values` in turn."""
        turn = cycle(values)
        return b"/" + (self.form.encode() % {gap.encode(): next(turn) for gap in self.gaps})


def routes() -> list[Route]:
    """Return every address of the URL table in every language, so that a new one is asked by itself."""
    found: dict[Route, None] = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found |= dict.fromkeys(_routes_of(get_resolver()))
    return list(found)


def _routes_of(resolver: URLResolver, before: str = "") -> Iterator[Route]:
    for name in resolver.reverse_dict:
        for possibilities, *_rest in resolver.reverse_dict.getlist(name):
            for form, gaps in possibilities:
                yield Route(before + form, tuple(gaps))
    for prefix, inner in resolver.namespace_dict.values():
        yield from _routes_of(inner, before + prefix)


def encoded(fields: Iterable[tuple[str, bytes]]) -> bytes:
    return urlencode([(name, value) for name, value in fields]).encode()
