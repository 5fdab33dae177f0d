"""Counts what goes wrong, over all processes of this machine: in one small file, under its own lock.

Not in the cache: files there make room for others, and add up wrongly where two processes count at once.
"""

import fcntl
import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import time
from typing import Any, NamedTuple

from django.conf import settings

ERRORS, SLOW_QUERIES = "errors", "slow_queries"
_HOURS = 24


class Count(NamedTuple):
    since_start: int
    last_day: int


def add(kind: str) -> None:
    """Count one more. A disk that is full or gone must not fail the request that is counted."""
    with suppress(OSError), _changing() as counts:
        this_hour = _hour()
        counted = counts.setdefault(kind, {"since_start": 0, "hours": {}})
        hours = {h: n for h, n in counted["hours"].items() if int(h) > this_hour - _HOURS}
        hours[str(this_hour)] = hours.get(str(this_hour), 0) + 1
        counts[kind] = {"since_start": counted["since_start"] + 1, "hours": hours}


def begin() -> None:
    """The server starts: begin counting since now."""
    with suppress(OSError), _changing() as counts:
        for counted in counts.values():
            counted["since_start"] = 0


def of(kind: str) -> Count:
    counted = _read().get(kind, {"since_start": 0, "hours": {}})
    last_day = sum(n for hour, n in counted["hours"].items() if int(hour) > _hour() - _HOURS)
    return Count(counted["since_start"], last_day)


def _read() -> dict[str, Any]:
    try:
        with _path().open() as file:
            fcntl.flock(file, fcntl.LOCK_SH)
            return _parsed(file.read())
    except OSError:
        return {}


@contextmanager
def _changing() -> Iterator[dict[str, Any]]:
    with _path().open("a+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        counts = _parsed(file.read())
        yield counts
        file.seek(0)
        file.truncate()
        file.write(json.dumps(counts))


def _parsed(text: str) -> dict[str, Any]:
    """Return the counts; none where a power cut left half of them."""
    try:
        return json.loads(text)
    except ValueError:
        return {}


def _path() -> Path:
    return settings.DATA_DIR / "counts.json"


def _hour() -> int:
    return int(time() // 3600)
