"""What a load balancer or a watchman asks: `/helse`, whether the process lives, and `/klar`, whether it
can serve.
"""

import json
import logging
import os
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Lock, Thread
from time import monotonic
from uuid import uuid4

from django.core.cache import caches
from django.core.files.storage import default_storage
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from pages.models import Image

logger = logging.getLogger(__name__)

WELL = "ok"
# How long the parts together are waited for, in seconds: less than any watchman's own patience.
PATIENCE = 2.0


@dataclass(frozen=True)
class Part:
    """Something that the site needs. `look` returns a sentence on what is wrong, or WELL.

    `broken` is the sentence where looking fails or does not end. What is not `needed` is told without
    the site's being taken out of service for it.
    """

    name: str
    look: Callable[[], str]
    broken: str
    needed: bool = True


def _database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return WELL


def _migrations() -> str:
    number = len(pending_migrations())
    return f"{number} not applied: run `manage.py prepare`." if number else WELL


def pending_migrations() -> list[str]:
    return _pending(frozenset(MigrationRecorder(connection).applied_migrations()))


@lru_cache(maxsize=1)
def _pending(applied: frozenset) -> list[str]:
    """Compared with those of the code once, and anew when others are applied: it takes a while."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [str(migration) for migration, _is_backwards in plan]


def _cache() -> str:
    name = f"klar-{uuid4().hex}"
    cache = caches["pages"]
    cache.set(name, WELL, timeout=60)
    came_back = cache.get(name)
    cache.delete(name)
    return came_back or "It takes what it is given, but does not give it back: see CACHE_URL."


def _storage() -> str:
    """Look without writing: a probe comes every few seconds."""
    try:
        root = Path(default_storage.path(""))
    except NotImplementedError:
        # A store on the network has no folder: it is there if it answers at all.
        default_storage.exists("klar")
        return WELL
    if not root.is_dir():
        return "The folder of the pictures is missing: see DATA_DIR, or run `manage.py prepare`."
    is_writable = os.access(root, os.W_OK | os.X_OK)
    return WELL if is_writable else "The folder of the pictures cannot be written to: see DATA_DIR."


def _renditions() -> str:
    """A picture without any, and the newest one's files as a sample: each probe must be cheap."""
    lacking = Image.objects.filter(sizes={}).exclude(original="").exists()
    newest = Image.objects.exclude(sizes={}).order_by("-pk").first()
    if lacking or (newest and not default_storage.exists(newest.files[0])):
        return "A picture lacks files: run `manage.py renditions`."
    return WELL


PARTS = (
    Part("database", _database, "It does not answer: see that it runs, and DATABASE_URL."),
    Part("migrations", _migrations, "Not known: see the database."),
    # Without it pages are rendered each time: all nodes would be taken out of service at once for that.
    Part(
        "cache",
        _cache,
        "It does not answer: see that it runs, and CACHE_URL.",
        needed=False,
    ),
    Part("storage", _storage, "It does not answer: see that it can be reached, and its settings."),
    # A single picture that cannot be read must not close the whole site.
    Part("renditions", _renditions, "Not known: see what is wrong above.", needed=False),
)


class Readiness:
    """Looks at all parts at once, each in a thread of its own, and waits so long and no longer.

    A part that hangs keeps one thread of this process, not one for each time somebody asks.
    """

    def __init__(self, parts: Iterable[Part] = PARTS, patience: float = PATIENCE):
        self.parts, self.patience = tuple(parts), patience
        self._under_way: dict[str, Future[str]] = {}
        self._failing: set[str] = set()
        self._lock = Lock()

    def outcomes(self) -> dict[str, str]:
        """Return WELL or a sentence for each part."""
        until = monotonic() + self.patience
        looks = [(part, self._begun(part)) for part in self.parts]
        return {part.name: _within(until, part, look) for part, look in looks}

    def is_ready(self, outcomes: dict[str, str]) -> bool:
        return all(outcomes[part.name] == WELL for part in self.parts if part.needed)

    def _begun(self, part: Part) -> Future[str]:
        with self._lock:
            look = self._under_way.get(part.name)
            if look is None or look.done():
                look = self._under_way[part.name] = Future()
                Thread(target=self._look, args=(part, look), daemon=True).start()
            return look

    def _look(self, part: Part, look: Future[str]) -> None:
        try:
            outcome = part.look()
            self._failing.discard(part.name)
        except Exception as error:
            outcome = part.broken
            if part.name not in self._failing:
                # Once, and why in the log alone: an exception names hosts, users and folders.
                logger.warning("The site's %s: %s (%s)", part.name, outcome, str(error).strip())
                self._failing.add(part.name)
        look.set_result(outcome)
        # This thread's own.
        connections.close_all()


def _within(until: float, part: Part, look: Future[str]) -> str:
    try:
        return look.result(timeout=max(0.0, until - monotonic()))
    except TimeoutError:
        return part.broken


class Probed:
    """WSGI middleware: answers `/helse` and `/klar` before anything else.

    Whoever asks knows an IP address and no host name, speaks no TLS, and must be answered while the
    database hangs: so neither Django nor the page cache comes first.
    """

    def __init__(self, application, readiness: Readiness | None = None):
        self.application = application
        self.readiness = readiness or Readiness()
        self._probes = {"/helse": self._alive, "/klar": self._ready}

    def __call__(self, environ, start_response):
        probe = self._probes.get(environ.get("PATH_INFO", ""))
        if probe is None:
            return self.application(environ, start_response)
        method = environ["REQUEST_METHOD"]
        if method not in ("GET", "HEAD"):
            start_response(
                "405 Method Not Allowed", [("Allow", "GET, HEAD"), *_headers("text/plain")]
            )
            return []
        status, kind, text = probe()
        body = text.encode()
        start_response(status, [*_headers(kind), ("Content-Length", str(len(body)))])
        return [body] if method == "GET" else []

    def _alive(self) -> tuple[str, str, str]:
        return "200 OK", "text/plain; charset=utf-8", "ok\n"

    def _ready(self) -> tuple[str, str, str]:
        outcomes = self.readiness.outcomes()
        status = "200 OK" if self.readiness.is_ready(outcomes) else "503 Service Unavailable"
        return status, "application/json", json.dumps(outcomes, indent=2) + "\n"


def _headers(kind: str) -> list[tuple[str, str]]:
    return [
        ("Content-Type", kind),
        ("Cache-Control", "no-store"),
        ("X-Robots-Tag", "noindex"),
        ("X-Content-Type-Options", "nosniff"),
    ]
