"""Bringing a backup back: all of it or nothing, and nothing lost of what was there."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.files.storage import Storage, default_storage
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.loader import MigrationLoader

from erasmus_site.operation import OperationError, backup, databases, files, keeping, moving
from erasmus_site.operation.archive import DATABASE, MEDIA, Archive
from erasmus_site.operation.backup import Tell

_RESTORED = "restored"


def restore(path: Path, replace: bool, tell: Tell) -> None:
    """Put the archive at `path` in place of an empty site, or with `replace` of the present one.

    Files have names of their content: new ones can lie beside those in use. So they come first, then the
    database in one transaction, which decides, and what nobody needs any more goes last.
    """
    with keeping.alone(settings.BACKUP_DIR) as work, Archive(path) as archive:
        # Files that no row names may be those of a restore that was cut off: they are no content.
        has_content = bool(databases.content_of(DEFAULT_DB_ALIAS))
        if has_content and not replace:
            raise OperationError(
                "This site is not empty. With --replace its content is kept as a backup, "
                "and then replaced."
            )
        tell("Looking through the archive …")
        for _name in archive.verify():
            pass
        staged = work / "staged" / DATABASE
        staged.parent.mkdir()
        backup.unpack_database(archive, staged)
        _require_known(archive)
        if has_content:
            _keep_present(work, tell)
        with databases.opened(_RESTORED, databases.file(staged)):
            # Its own earlier release's tables are brought to this one's.
            databases.migrate(_RESTORED)
            with _new_files(archive, default_storage, tell) as differing:
                _replace_database(staged)
        for name in differing:
            _put(archive, default_storage, name)
        if has_content:
            _remove_others(archive, default_storage)
    ContentType.objects.clear_cache()


def _require_known(archive: Archive) -> None:
    """Raises OperationError for an archive of a release that this one does not know."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    known = set(loader.disk_migrations)
    known.update(old for migration in loader.disk_migrations.values() for old in migration.replaces)
    for name in archive.manifest.facts["migrations"]:
        app, _dot, migration = name.partition(".")
        if (app, migration) not in known:
            raise OperationError(
                f"The backup was made by another release: this one does not know {name}. "
                "Bring the site to the newer release first."
            )


def _keep_present(work: Path, tell: Tell) -> None:
    tell("Keeping what is here now …")
    made, _manifest = backup.write(work, lambda line: None)
    kept = keeping.keep(made, settings.BACKUP_DIR, backup.now(), "before-restore-")
    tell(f"Kept as {kept.name}.")


@contextmanager
def _new_files(archive: Archive, store: Storage, tell: Tell) -> Iterator[list[str]]:
    """Store what the store lacks; take it away again where the block fails.

    Gives the names that are there with another content: they may be in use until the block has ended.
    """
    added: list[str] = []
    differing: list[str] = []
    try:
        for number, (name, wanted) in enumerate(archive.manifest.media.items(), start=1):
            found = files.stored_sum(store, name)
            if found is None:
                added.append(name)
                _put(archive, store, name)
            elif found != wanted:
                differing.append(name)
            if number % 100 == 0:
                tell(f"Files: {number} of {len(archive.manifest.media)} …")
        yield differing
    except BaseException:
        for name in added:
            store.delete(name)
        raise


def _replace_database(staged: Path) -> None:
    """In one transaction, whoever reads meanwhile. Its generation is new: see `generation.watch`."""
    connection = connections[DEFAULT_DB_ALIAS]
    if connection.vendor == "sqlite":
        connections[_RESTORED].close()
        connection.ensure_connection()
        with closing(sqlite3.connect(staged)) as source:
            source.backup(connection.connection)
    else:
        databases.migrate(DEFAULT_DB_ALIAS)
        moving.copy(_RESTORED, DEFAULT_DB_ALIAS)


def _remove_others(archive: Archive, store: Storage) -> None:
    """Take away the files of the content that was replaced: they are in the backup just made."""
    for name in set(files.names(store)) - set(archive.manifest.media):
        store.delete(name)


def _put(archive: Archive, store: Storage, name: str) -> None:
    with archive.open(f"{MEDIA}{name}") as file:
        files.put(store, name, file)
