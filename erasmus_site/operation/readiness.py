"""Whether what the settings name is there: told at the start, in a sentence each, with what to do about it.

Asked by `prepare`, by gunicorn before it serves, and by `manage.py check --database default`.
"""

import logging
from collections.abc import Iterator

from django.conf import settings
from django.core import checks
from django.core.cache import caches
from django.core.files.base import ContentFile
from django.core.files.storage import InvalidStorageError, storages
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections

from erasmus_site.operation.command import store_errors
from erasmus_site.operation.databases import first_line

logger = logging.getLogger(__name__)

_PROBE = "probe"
_STORE_FAULTS: tuple[type[Exception], ...] = (OSError, InvalidStorageError)


def told() -> str:
    """Return what stands in the way and how to mend it, a line each; nothing where all is well.

    What only makes the site slower is told in the log.
    """
    found = [(problem, f"{problem.msg} {problem.hint}") for problem in problems()]
    for problem, line in found:
        if not problem.is_serious():
            logger.warning(line)
    return "\n".join(line for problem, line in found if problem.is_serious())


def problems() -> list[checks.CheckMessage]:
    return [*_database(), *_cache(), *_store()]


def check(databases=None, **kwargs) -> list[checks.CheckMessage]:
    """As Django's own checks of databases are: only when one is named."""
    return problems() if DEFAULT_DB_ALIAS in (databases or ()) else []


def _database() -> Iterator[checks.CheckMessage]:
    try:
        connections[DEFAULT_DB_ALIAS].ensure_connection()
    except DatabaseError as error:
        yield checks.Error(
            f"The database that DATABASE_URL names cannot be opened: {first_line(error)}.",
            hint="Start it, or mend the address.",
            id="erasmus_site.E001",
        )


def _cache() -> Iterator[checks.CheckMessage]:
    try:
        caches["pages"].set(_PROBE, 1, timeout=1)
    except Exception as error:  # each kind of cache has errors of its own
        yield checks.Warning(
            f"The cache that CACHE_URL names cannot be written: {first_line(error)}.",
            hint="Start it, mend the address, or leave it out for files in DATA_DIR.",
            id="erasmus_site.W002",
        )


def _store() -> Iterator[checks.CheckMessage]:
    try:
        # One of its own: the site's must not carry connections to the processes that serve.
        store = storages.create_storage(settings.STORAGES["default"])
        store.delete(store.save(_PROBE, ContentFile(b"")))
    except _STORE_FAULTS + store_errors() as error:
        where = (
            "the store that MEDIA_STORE_URL names" if settings.MEDIA_STORE_URL else "DATA_DIR/media"
        )
        yield checks.Error(
            f"Pictures cannot be written to {where}: {first_line(error)}.",
            hint="Let the site's user write there, or mend the address and its key.",
            id="erasmus_site.E003",
        )
