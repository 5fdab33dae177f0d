"""Where tries are counted: in files that the processes of one machine share, or where all machines do."""

import logging
from typing import Any

from django.core.cache import caches
from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.filebased import FileBasedCache
from django.core.cache.backends.redis import RedisCache

from pages.cache.locks import one_at_a_time

logger = logging.getLogger(__name__)


class CountCache(FileBasedCache):
    """Django's file cache, but `add` succeeds for one alone.

    allauth takes its locks with `add`. Where two could both get one, tries sent at the same moment
    would be counted as a single one.
    """

    def add(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        with one_at_a_time("count", key):
            return super().add(key, value, timeout, version)


class SharedCounts(RedisCache):
    """A Redis that all machines count in; what it does not take is counted in files of this machine.

    So its loss opens the door to no guessing and shuts no editor out: each machine allows its own few
    tries meanwhile. A count in the files is newer than the one in Redis, and goes back there when it can.
    """

    def get(self, key, default=None, version=None):
        kept = self._files.get(key, None, version)
        return kept if kept is not None else self._try("get", default, key, default, version)

    def set(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        if self._try("set", _AWAY, key, value, timeout, version) is _AWAY:
            self._files.set(key, value, timeout, version)
        else:
            self._files.delete(key, version)

    def add(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        added = self._try("add", _AWAY, key, value, timeout, version)
        return self._files.add(key, value, timeout, version) if added is _AWAY else added

    def delete(self, key, version=None):
        in_files = self._files.delete(key, version)
        return self._try("delete", False, key, version) or in_files

    @property
    def _files(self) -> Any:
        return caches["counts on this machine"]

    def _try(self, name: str, otherwise, *arguments):
        # Only where its package is installed is there a Redis to count in.
        from redis.exceptions import RedisError

        try:
            return getattr(super(), name)(*arguments)
        except RedisError as error:
            logger.warning("The count of tries is kept on this machine alone: %s", error)
            return otherwise


_AWAY = object()
