"""The folder of backups: whose turn it is, where work in progress lies, and what is kept."""

import errno
import fcntl
import os
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from django.db import DatabaseError

from erasmus_site.operation import OperationError

_NAME = re.compile(r"erasmus-\d{4}-\d{2}-\d{2}T\d{2}-\d{2}-\d{2}Z\.zip")
_WORK = ".under-way"


@contextmanager
def alone(folder: Path) -> Iterator[Path]:
    """Give an empty folder to work in, to one process at a time; it is gone afterwards.

    What a killed one left is removed first. Raises OperationError where another is at work, and for
    whatever the disk refuses.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (folder / ".lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise OperationError("Another backup or restore is under way.") from error
            work = folder / _WORK
            shutil.rmtree(work, ignore_errors=True)
            work.mkdir(mode=0o700)
            try:
                yield work
            finally:
                shutil.rmtree(work, ignore_errors=True)
    except OSError as error:
        raise OperationError(_told(error, folder)) from error
    except (sqlite3.Error, DatabaseError) as error:
        raise OperationError(f"The database: {error}. Earlier backups are as they were.") from error


def keep(made: Path, folder: Path, at: datetime, prefix: str = "") -> Path:
    """Give a finished archive its name in `folder`, all at once, and return it."""
    made.chmod(0o600)
    while (path := folder / f"{prefix}erasmus-{at:%Y-%m-%dT%H-%M-%SZ}.zip").exists():
        at += timedelta(seconds=1)
    made.rename(path)
    # The name, too, must survive a power cut.
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    return path


def prune(folder: Path, number: int, newest: Path) -> list[Path]:
    """Remove all but the last `number` backups; never the one just made, whatever the clock says."""
    found = sorted(path for path in folder.iterdir() if _NAME.fullmatch(path.name))
    old = [path for path in found[: max(0, len(found) - number)] if path != newest]
    for path in old:
        path.unlink()
    return old


def _told(error: OSError, folder: Path) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return f"There is no room left where {folder} lies. Earlier backups are as they were."
    return (
        f"{error.filename or folder}: {error.strerror or error}. Earlier backups are as they were."
    )
