"""Answers with what is stored. Stands before Django, of which a stored answer needs nothing but one
query: the generation of the content.
"""

import hashlib
import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from threading import Lock
from time import time
from typing import NamedTuple

import django.db
from cachetools import LRUCache
from django.core.cache import caches
from django.utils import timezone

from pages.cache import generation
from pages.cache.asked import Asked, asked_by
from pages.cache.headers import is_public, public_headers
from pages.cache.locks import one_at_a_time
from pages.cache.moments import first_of, held_until, next_moment, seconds
from pages.cache.release import release
from pages.cache.stored import Headers, StoredPage, store

logger = logging.getLogger(__name__)

# Bytes that each process keeps at hand, beside what is in the cache that all share.
AT_HAND = 8 * 1024 * 1024
# Bytes of an answer beyond which it is not kept.
LARGEST = 2 * 1024 * 1024


class Rendered(NamedTuple):
    """An answer as Django gives it; `body` wants to be closed when it has been sent."""

    status: str
    headers: Headers
    body: Iterable[bytes]

    @property
    def is_for_all(self) -> bool:
        """Whether it may be kept and shown to others. What is sent bit by bit is never whole here."""
        whole = not getattr(self.body, "streaming", True)
        return whole and self.status == "200 OK" and is_public(self.headers)


class PageCache:
    """WSGI middleware: answers with what is stored, or lets `application` render it, once for all."""

    def __init__(self, application):
        self.application = application
        self._release = release()
        self._at_hand: LRUCache[str, StoredPage] = LRUCache(AT_HAND, getsizeof=len)
        self._lock = Lock()

    def __call__(self, environ, start_response):
        asked = asked_by(environ)
        if asked is None:
            return self.application(environ, start_response)
        found = self._stored(asked.key, _generation()) or self._rendered(asked, environ)
        if isinstance(found, Rendered):
            start_response(found.status, found.headers)
            return found.body if environ["REQUEST_METHOD"] == "GET" else _closed(found.body)
        now = time()
        answer = found.answer(environ, public_headers(found.seconds_left(now)), now)
        start_response(answer.status, answer.headers)
        return [answer.body]

    def _stored(self, key: str, current: str | None) -> StoredPage | None:
        """Return the page if it holds; the last one known, while the database does not answer."""
        page = self._at_hand.get(key)
        if page is None or not page.holds(current, time()):
            page = self._shared(key)
            if page is None or not page.holds(current, time()):
                return None
            self._take_at_hand(key, page)
        return page

    def _rendered(self, asked: Asked, environ) -> StoredPage | Rendered:
        """Render, or wait for another who does; keep what may be kept."""
        with one_at_a_time("page", asked.key) as waited:
            # Both before the content is read: what changes meanwhile must not be hidden by this page.
            current, began = _generation(), timezone.now()
            if waited and (page := self._stored(asked.key, current)):
                return page
            answer = _ask(self.application, asked.for_all(environ))
            if current is None or not answer.is_for_all:
                return answer
            body = b"".join(answer.body)
            _closed(answer.body)
            until = seconds(first_of(next_moment(current, began), held_until(answer.body)))
            page = store(body, answer.headers, current, until, self._shared(asked.key))
            if len(body) <= LARGEST:
                self._keep(asked.key, page)
            return page

    def _shared(self, key: str) -> StoredPage | None:
        with _only_slower():
            return caches["pages"].get(self._name(key))
        return None

    def _keep(self, key: str, page: StoredPage) -> None:
        with _only_slower():
            caches["pages"].set(self._name(key), page, timeout=None)
        self._take_at_hand(key, page)

    def _take_at_hand(self, key: str, page: StoredPage) -> None:
        with self._lock:
            self._at_hand[key] = page

    def _name(self, key: str) -> str:
        # Not every cache takes every sign, or a name of any length.
        return f"{self._release}-{hashlib.sha256(key.encode()).hexdigest()}"


@contextmanager
def _only_slower() -> Iterator[None]:
    """A cache that is away must cost no more than the rendering. Each kind has errors of its own."""
    try:
        yield
    except Exception as error:
        logger.warning("The page cache does not answer: %s", error)


def _ask(application, environ) -> Rendered:
    told: dict = {}

    def start_response(status, headers, exc_info=None):
        told.update(status=status, headers=headers)

    body = application(environ, start_response)
    return Rendered(body=body, **told)


def _closed(body) -> list[bytes]:
    if hasattr(body, "close"):
        body.close()
    return []


def _generation() -> str | None:
    """Return the generation of the content, or None while the database does not answer.

    A connection may have been lost long ago without anybody having noticed: hence the second try.
    """
    for _attempt in range(2):
        try:
            return generation.current()
        except django.db.Error:
            django.db.connection.close()
    return None
