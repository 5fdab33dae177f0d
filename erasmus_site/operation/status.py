"""What an operator wants to know of the site: one thing a line."""

import platform
import shutil
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import django
from django.apps import apps
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection
from django.db.models import Count, Min
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.timesince import timesince

from erasmus_site.operation import counts
from erasmus_site.operation.health import WELL, Readiness
from pages.cache.release import release
from pages.models import Draft, Image, Link, Publishable
from pages.models.translated import ABSENT, MISSING, STALE
from pages.translations import todo

# A nightly backup that has failed once is told of before the next is due.
OLDEST_BACKUP = timedelta(hours=36)
# Below this there is hardly room for a backup and the files of new pictures.
LEAST_FREE = 1024**3
_STATES = {ABSENT: "not begun", MISSING: "incomplete", STALE: "outdated"}


@dataclass(frozen=True)
class Told:
    """A thing in words and, for machines, in figures; `needs_hand` where somebody ought to act."""

    words: str
    facts: dict[str, Any] = field(default_factory=dict)
    needs_hand: bool = False


def status() -> dict[str, Told]:
    """Return what there is to tell, by name, in order. What cannot be known now says so."""
    found = Readiness().outcomes()
    return {name: _told(name, look, found) for name, look in _LOOKS.items()}


def _told(name: str, look: Callable[[], Told], found: dict[str, str]) -> Told:
    if (outcome := found.get(name, WELL)) != WELL:
        return Told(outcome, needs_hand=True)
    if name in _ROWS and not found["database"] == found["migrations"] == WELL:
        return Told("not known: see the database and its migrations")
    return look()


# --- The machine -----------------------------------------------------------------------------


def _site() -> Told:
    with (settings.BASE_DIR / "pyproject.toml").open("rb") as file:
        version = tomllib.load(file)["project"]["version"]
    facts = {
        **{"version": version, "release": release()},
        **{"python": platform.python_version(), "django": django.get_version()},
    }
    words = "{version}, release {release}, on Python {python} and Django {django}"
    return Told(words.format(**facts), facts)


def _database() -> Told:
    version = ".".join(map(str, connection.get_database_version()))
    with connection.cursor() as cursor:
        cursor.execute(_DATABASE_SIZE[connection.vendor])
        size = cursor.fetchone()[0]
    facts = {"engine": connection.display_name, "version": version, "bytes": size}
    return Told(f"{connection.display_name} {version}, {_size(size)}", facts)


_DATABASE_SIZE = {
    "postgresql": "SELECT pg_database_size(current_database())",
    "sqlite": "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size",
}


def _migrations() -> Told:
    return Told("all applied", {"pending": 0})


def _cache() -> Told:
    cache = settings.CACHES["pages"]
    kind = cache["BACKEND"].rpartition(".")[2]
    if kind != "FileBasedCache":
        return Told(kind, {"kind": kind})
    files, size = _folder(Path(cache["LOCATION"]))
    return Told(_files_of(files, size), {"kind": kind, "files": files, "bytes": size})


def _storage() -> Told:
    """The pictures' files, where they lie in a folder; a store on the network is not counted."""
    try:
        files, size = _folder(Path(default_storage.path("")))
    except NotImplementedError:
        return Told("in a store on the network", {})
    return Told(_files_of(files, size), {"files": files, "bytes": size})


def _disk() -> Told:
    disk = shutil.disk_usage(settings.DATA_DIR)
    words = f"{_size(disk.free)} free of {_size(disk.total)} where DATA_DIR lies"
    facts = {"free_bytes": disk.free, "total_bytes": disk.total}
    return Told(words, facts, needs_hand=disk.free < LEAST_FREE)


def _backup() -> Told:
    files = [(path.stat(), path.name) for path in settings.BACKUP_DIR.glob("erasmus-*.zip")]
    if not files:
        return Told("none has been made", {"made_at": None}, needs_hand=True)
    made, name = max((stat.st_mtime, name) for stat, name in files)
    moment = datetime.fromtimestamp(made, UTC)
    age = timezone.now() - moment
    words = f"{name}, {_plain(timesince(moment, depth=1))} old"
    facts = {"name": name, "made_at": moment.isoformat(timespec="seconds")}
    return Told(words, facts, needs_hand=age > OLDEST_BACKUP)


# --- The content -----------------------------------------------------------------------------


def _renditions() -> Told:
    number = Image.objects.count()
    return Told(f"made of all {number} pictures", {"pictures": number})


def _published() -> Told:
    return _numbers({_name(model): model.objects.published().count() for model in _publishable()})


def _not_published() -> Told:
    return _numbers(
        {
            _name(model): model.objects.count() - model.objects.published().count()
            for model in _publishable()
        }
    )


def _numbers(number: dict[str, int]) -> Told:
    return Told(_listed(f"{name} {n}" for name, n in number.items() if n), number)


def _planned() -> Told:
    """Every moment to come, of drafts, publications and withdrawals, and what has failed at its own."""
    now = timezone.now()
    found = [
        model._default_manager.filter(**{f"{name}__gt": now}).aggregate(n=Count("pk"), at=Min(name))
        for label in settings.EDITED_APPS
        for model in apps.get_app_config(label).get_models()
        for name in getattr(model, "MOMENTS", ())
    ]
    number = sum(each["n"] for each in found)
    first = min((each["at"] for each in found if each["at"]), default=None)
    failed = Draft.objects.exclude(fault="").count()
    words = [
        f"{number} changes" if number else "",
        f"the next at {timezone.localtime(first):%Y-%m-%d %H:%M}" if first else "",
        f"{failed} could not be published: see the drafts in the admin" if failed else "",
    ]
    at = first.isoformat(timespec="seconds") if first else None
    facts = {"number": number, "next_at": at, "failed": failed}
    return Told(_listed(words), facts, needs_hand=bool(failed))


def _drafts() -> Told:
    number = Draft.objects.count()
    return Told(str(number), {"number": number})


def _translations() -> Told:
    number = Counter((entry.language, _STATES[entry.state]) for entry in todo())
    facts: dict[str, dict[str, int]] = {
        code: {state: number[code, state] for state in _STATES.values()}
        for code, _name in settings.LANGUAGES
        if code != settings.LANGUAGE_CODE
    }
    words = (f"{code} {n} {state}" for code, of in facts.items() for state, n in of.items() if n)
    return Told(_listed(words, "all up to date"), facts)


def _dead_links() -> Told:
    number = {
        "within the site": Link.objects.dead().filter(is_internal=True).count(),
        "elsewhere": Link.objects.dead().filter(is_internal=False).count(),
    }
    words = (f"{n} {where}" for where, n in number.items() if n)
    return Told(_listed(words), number, needs_hand=any(number.values()))


# --- What has gone wrong ---------------------------------------------------------------------


def _errors() -> Told:
    return _counted(counts.ERRORS, needs_hand=True)


def _slow_queries() -> Told:
    return _counted(counts.SLOW_QUERIES, needs_hand=False)


def _counted(kind: str, needs_hand: bool) -> Told:
    count = counts.of(kind)
    words = f"{count.last_day} in the last day, {count.since_start} since the server started"
    return Told(words, count._asdict(), needs_hand and count.last_day > 0)


# By the names of `health.PARTS`, where one tells what is wrong.
_LOOKS: dict[str, Callable[[], Told]] = {
    **{"site": _site, "database": _database, "migrations": _migrations, "cache": _cache},
    **{"storage": _storage, "renditions": _renditions, "disk": _disk, "backup": _backup},
    **{"published": _published, "not published": _not_published, "drafts": _drafts},
    **{"planned": _planned, "translations": _translations, "dead links": _dead_links},
    **{"errors": _errors, "slow queries": _slow_queries},
}
# What is read from the tables.
_ROWS = frozenset(
    {
        *("renditions", "published", "not published", "drafts"),
        *("planned", "translations", "dead links"),
    }
)


def _publishable() -> list[Any]:
    return [model for model in apps.get_models() if issubclass(model, Publishable)]


def _name(model) -> str:
    return str(model._meta.verbose_name_plural)


def _folder(folder: Path) -> tuple[int, int]:
    """Return how many files lie in `folder`, and their bytes. One may vanish while they are counted."""
    sizes = []
    for path in folder.rglob("*"):
        try:
            sizes += [path.stat().st_size] if path.is_file() else []
        except FileNotFoundError:
            continue
    return len(sizes), sum(sizes)


def _files_of(files: int, size: int) -> str:
    return f"{files} files, {_size(size)}"


def _size(size: int) -> str:
    return _plain(filesizeformat(size))


def _plain(text: str) -> str:
    """Return text without the hard spaces that Django writes for pages."""
    return text.replace("\xa0", " ")


def _listed(words: Iterable[str], none: str = "none") -> str:
    return ", ".join(filter(None, words)) or none
