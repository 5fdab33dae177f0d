"""Making a backup of the running site: database and files as of one moment, read back before it counts."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from django.core.files.storage import Storage, default_storage
from django.db import DEFAULT_DB_ALIAS, connections

from erasmus_site.operation import OperationError, databases, files, keeping, moving
from erasmus_site.operation.archive import DATABASE, MEDIA, Archive, Facts, Manifest, Writer
from pages.cache.release import release

Tell = Callable[[str], None]

_COPY = "copy"
# How often everything is read anew when a picture was removed between the database and the files.
_ATTEMPTS = 3
_TOLD_EACH = 100


def make(folder: Path, keep: int, tell: Tell) -> tuple[Path, Manifest]:
    """Write one more backup into `folder` and keep the last `keep` of them."""
    with keeping.alone(folder) as work:
        made, manifest = write(work, tell)
        path = keeping.keep(made, folder, now())
        for old in keeping.prune(folder, keep, path):
            tell(f"Removed the old {old.name}.")
    return path, manifest


def write(work: Path, tell: Tell) -> tuple[Path, Manifest]:
    """Write an archive into the folder `work`, read it back, and return it."""
    copy, path = work / DATABASE, work / "archive.zip"
    for attempt in range(1, _ATTEMPTS + 1):
        copy_database(copy)
        manifest = _fill(path, copy, default_storage, tell)
        if attempt == _ATTEMPTS or not set(manifest.missing) - files.named_by(DEFAULT_DB_ALIAS):
            break
        tell("A picture was removed meanwhile: once more from the beginning …")
        path.unlink()
    tell("Reading it back …")
    with Archive(path) as archive:
        for _name in archive.verify():
            pass
        unpack_database(archive, work / "read-back.sqlite3")
    return path, manifest


def copy_database(path: Path) -> None:
    """Write the site's database, as it is now and without sessions, into one SQLite file."""
    path.unlink(missing_ok=True)
    connection = connections[DEFAULT_DB_ALIAS]
    if "django_session" not in connection.introspection.table_names():
        raise OperationError("There is no site here yet: `make prepare` makes one.")
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(path)) as target:
            connection.connection.backup(target)
    else:
        moving.require_release(DEFAULT_DB_ALIAS)
        with databases.opened(_COPY, databases.file(path)):
            databases.migrate(_COPY)
            moving.copy(DEFAULT_DB_ALIAS, _COPY)
    _leave_out_sessions(path)


def unpack_database(archive: Archive, path: Path) -> None:
    """Take the database out of an archive. Raises OperationError unless it is sound and complete."""
    with path.open("wb") as file, archive.open(DATABASE) as member:
        while chunk := member.read(1024 * 1024):
            file.write(chunk)
    try:
        with closing(sqlite3.connect(path)) as found:
            (word,) = found.execute("PRAGMA integrity_check(1)").fetchone()
            is_whole = word == "ok" and _counts(found) == archive.manifest.facts["rows"]
    except sqlite3.DatabaseError:
        is_whole = False
    if not is_whole:
        raise OperationError(f"{archive.path} is damaged: its database is not as it was copied.")


def _fill(path: Path, copy: Path, store: Storage, tell: Tell) -> Manifest:
    """Put the copied database and all files into an archive."""
    with databases.opened(_COPY, databases.file(copy)):
        named = files.named_by(_COPY)
    writer = Writer(path, _facts(copy))
    try:
        with copy.open("rb") as file:
            writer.add(DATABASE, file)
        tell(f"Database: {sum(writer.manifest.facts['rows'].values())} rows.")
        for number, name in enumerate(files.names(store), start=1):
            _add(writer, store, name)
            if number % _TOLD_EACH == 0:
                tell(f"Files: {number} …")
        writer.manifest.missing = sorted(named - set(writer.manifest.media))
        writer.close()
    finally:
        writer.abandon()
    tell(f"Files: {len(writer.manifest.media)}.")
    return writer.manifest


def _add(writer: Writer, store: Storage, name: str) -> None:
    try:
        file = store.open(name)
    except FileNotFoundError:
        # Removed since the store was listed. Whether a row of the copy names it is looked at afterwards.
        return
    with file:
        writer.add(f"{MEDIA}{name}", file)


def _facts(copy: Path) -> Facts:
    with closing(sqlite3.connect(copy)) as database:
        applied = database.execute("SELECT app || '.' || name FROM django_migrations ORDER BY id")
        return Facts(
            made_at=now().isoformat(timespec="seconds"),
            release=release(),
            engine=connections[DEFAULT_DB_ALIAS].vendor,
            migrations=[name for (name,) in applied],
            rows=_counts(database),
        )


def _counts(database: sqlite3.Connection) -> dict[str, int]:
    tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    return {
        name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608
        for (name,) in tables.fetchall()
    }


def _leave_out_sessions(path: Path) -> None:
    """Whoever finds a backup must not find a door open; what is deleted is really gone from the file."""
    with closing(sqlite3.connect(path, isolation_level=None)) as copy:
        copy.execute("PRAGMA journal_mode=DELETE")
        copy.execute("DELETE FROM django_session")
        copy.execute("VACUUM")


def now() -> datetime:
    return datetime.now(UTC)
