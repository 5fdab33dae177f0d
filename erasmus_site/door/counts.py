"""Where tries are counted, in files that the processes of one machine share."""

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.filebased import FileBasedCache

from pages.cache.locks import one_at_a_time


class CountCache(FileBasedCache):
    """Django's file cache, but `add` succeeds for one alone.

    allauth takes its locks with `add`. Where two could both get one, tries sent at the same moment
    would be counted as a single one.
    """

    def add(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        with one_at_a_time(f"count {key}"):
            return super().add(key, value, timeout, version)
