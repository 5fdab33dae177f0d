"""A page cache before the real site, asked as a web server asks it."""

import io
from dataclasses import dataclass, field
from email.message import Message

import pytest
from django.core.cache import caches
from django.core.wsgi import get_wsgi_application
from django.db import connection

from pages.cache import moments
from pages.cache.wsgi import PageCache


@dataclass
class Answer:
    status: int
    headers: Message
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass
class Visitor:
    """Asks a WSGI application. `rendered` are the paths that Django was asked for."""

    cache: PageCache
    rendered: list[str] = field(default_factory=list)

    def get(self, path: str, method: str = "GET", host: str = "testserver", **headers) -> Answer:
        path, _mark, query = path.partition("?")
        told: dict = {}

        def start_response(status, pairs, exc_info=None):
            told["status"], told["headers"] = int(status.split()[0]), Message()
            for name, value in pairs:
                told["headers"][name] = value

        environ = {
            **{"REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query},
            **{"SERVER_NAME": host, "SERVER_PORT": "80", "HTTP_HOST": host, "SCRIPT_NAME": ""},
            **{
                "wsgi.url_scheme": "https",
                "wsgi.input": io.BytesIO(),
                "wsgi.errors": io.StringIO(),
            },
            **{f"HTTP_{name.upper()}": value for name, value in headers.items()},
        }
        body = self.cache(environ, start_response)
        whole = b"".join(body)
        if hasattr(body, "close"):
            body.close()
        return Answer(body=whole, **told)


@pytest.fixture
def kept(settings, tmp_path):
    """Where pages are kept: a place of the test's own. Another kind of cache takes its place."""
    settings.DATA_DIR = tmp_path
    if "redis" in settings.CACHE_URL:
        # One Redis for all tests, also those that another process runs meanwhile.
        own = {"KEY_PREFIX": str(tmp_path)}
        settings.CACHES = {name: cache | own for name, cache in settings.CACHES.items()}
    else:
        backend = "django.core.cache.backends.filebased.FileBasedCache"
        use(settings, backend, str(tmp_path / "cache"))


def use(settings, backend: str, location: str) -> None:
    cache = {"BACKEND": backend, "LOCATION": location}
    settings.CACHES = {"default": cache, "pages": cache}
    caches["pages"].clear()


@pytest.fixture
def make_visitor(db, kept, one_connection, monkeypatch):
    """Return a visitor of a process of its own: what it has at hand is not another's."""
    monkeypatch.setattr(moments, "_known", None)
    if connection.vendor == "postgresql":
        # A test's transaction never ends, and there the generation moves at its end.
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    def make() -> Visitor:
        django_application = get_wsgi_application()
        visitor = Visitor(cache=PageCache(None))

        def application(environ, start_response):
            visitor.rendered.append(environ["PATH_INFO"])
            return django_application(environ, start_response)

        visitor.cache.application = application
        return visitor

    return make


@pytest.fixture
def visitor(make_visitor):
    return make_visitor()
