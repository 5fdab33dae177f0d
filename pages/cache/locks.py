"""Locks that the processes of one machine share, and that a killed process cannot keep."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from zlib import crc32

from django.conf import settings

# The names of a kind share this many locks, so that the files stay few.
_NUMBER = 256


@contextmanager
def one_at_a_time(kind: str, name: str = "") -> Iterator[bool]:
    """Let one at a time pass for each `name` of a kind. Gives whether one had to wait for another.

    Kinds share no lock: who holds one of another kind could otherwise come to wait for itself. Where no
    lock can be made, on a disk that is full or shut, all pass: a page is rendered twice then.
    """
    try:
        folder = settings.DATA_DIR / "locks"
        folder.mkdir(exist_ok=True)
        file = (folder / f"{kind}-{crc32(name.encode()) % _NUMBER}").open("a")
    except OSError:
        yield False
        return
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            waited = False
        except BlockingIOError:
            fcntl.flock(file, fcntl.LOCK_EX)
            waited = True
        yield waited
