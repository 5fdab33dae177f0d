"""The form of a backup: one file, in which not a byte can change unseen.

A zip whose first member is the database as an SQLite file, whatever engine the site runs on; then every
file of the store; and last `manifest.json`, which says what there is and what each must sum to. Pictures
are compressed already, so only the database is pressed. The zip's comment is the sum of all before it.
"""

import hashlib
import json
import os
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any, TypedDict

from erasmus_site.operation import OperationError
from erasmus_site.operation.files import Reader, Sum, sum_of

FORMAT = 1
DATABASE = "database.sqlite3"
MEDIA = "media/"
_SITE = "erasmus-site backup"
_MANIFEST = "manifest.json"
_UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)
_SEAL = hashlib.sha256().digest_size * 2


class Facts(TypedDict):
    """What is known of the site as it was."""

    made_at: str
    release: str
    engine: str
    migrations: list[str]
    rows: dict[str, int]


@dataclass
class Manifest:
    """What an archive says about itself. `missing` names files that rows name and no store had."""

    facts: Facts
    files: dict[str, Sum] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    format: int = FORMAT
    site: str = _SITE

    @property
    def media(self) -> dict[str, Sum]:
        found = {name: s for name, s in self.files.items() if name.startswith(MEDIA)}
        return {name.removeprefix(MEDIA): s for name, s in found.items()}


class Writer:
    """Fills an archive; `path` is whole and sealed once `close` has returned."""

    def __init__(self, path: Path, facts: Facts):
        self.path = path
        self.manifest = Manifest(facts)
        self._zip = zipfile.ZipFile(path, "x")

    def add(self, name: str, file: IO[bytes]) -> None:
        pressed = zipfile.ZIP_DEFLATED if name == DATABASE else zipfile.ZIP_STORED
        info = zipfile.ZipInfo(name)
        info.compress_type = pressed
        reader = Reader(file)
        with self._zip.open(info, "w", force_zip64=True) as member:
            for chunk in reader.chunks():
                member.write(chunk)
        self.manifest.files[name] = reader.sum

    def close(self) -> None:
        self._zip.writestr(_MANIFEST, json.dumps(asdict(self.manifest), indent=1))
        self._zip.comment = b"0" * _SEAL
        self._zip.close()
        with self.path.open("r+b") as file:
            seal = _seal_of(file)
            file.seek(-_SEAL, os.SEEK_END)
            file.write(seal)
            file.flush()
            os.fsync(file.fileno())

    def abandon(self) -> None:
        """Let go of a file that could not be finished."""
        if self._zip.fp is not None:
            self._zip.fp.close()
            self._zip.fp = None


class Archive:
    """A backup that is read. Opening it raises OperationError unless every byte is as it was written."""

    def __init__(self, path: Path):
        self.path = path
        try:
            with path.open("rb") as file:
                _require_seal(file, path)
            self._zip = zipfile.ZipFile(path)
            self.manifest = _manifest(self._zip, path)
        except OSError as error:
            raise OperationError(f"{path} cannot be read: {error.strerror}.") from error
        except _UNREADABLE as error:
            raise _not_ours(path) from error

    def __enter__(self) -> "Archive":
        return self

    def __exit__(self, *error: object) -> None:
        self._zip.close()

    def open(self, name: str) -> IO[bytes]:
        return self._zip.open(name)

    def verify(self) -> Iterator[str]:
        """Read every file and compare it; give each name as it is found whole."""
        held = [info.filename for info in self._zip.infolist() if info.filename != _MANIFEST]
        if sorted(held) != sorted(self.manifest.files):
            raise OperationError(f"{self.path} does not hold the files that it names.")
        for name, wanted in self.manifest.files.items():
            if self._sum_of(name, wanted.size) != wanted:
                raise OperationError(f"{self.path} is damaged: {name} is not as it was written.")
            yield name

    def _sum_of(self, name: str, size: int) -> Sum | None:
        try:
            # A member gives no more than it says, so that none can fill the machine.
            return sum_of(self.open(name)) if self._zip.getinfo(name).file_size == size else None
        except _UNREADABLE:
            return None


def _seal_of(file: IO[bytes]) -> bytes:
    """Return the sum of all but the seal itself."""
    left = file.seek(0, os.SEEK_END) - _SEAL
    file.seek(0)
    digest = hashlib.sha256()
    while left > 0 and (chunk := file.read(min(left, 1024 * 1024))):
        digest.update(chunk)
        left -= len(chunk)
    return digest.hexdigest().encode()


def _require_seal(file: IO[bytes], path: Path) -> None:
    if file.read(4) != b"PK\x03\x04" or file.seek(0, os.SEEK_END) < _SEAL:
        raise _not_ours(path)
    seal = _seal_of(file)
    file.seek(-_SEAL, os.SEEK_END)
    if file.read() != seal:
        raise OperationError(
            f"{path} is damaged, or no backup of this site: it does not sum to what its end says. "
            "Take another copy of it, or an earlier backup."
        )


def _manifest(archive: zipfile.ZipFile, path: Path) -> Manifest:
    try:
        read: dict[str, Any] = json.loads(archive.read(_MANIFEST))
        if read["site"] != _SITE:
            raise _not_ours(path)
        if read["format"] != FORMAT:
            raise OperationError(
                f"{path} has form {read['format']}, and this release reads form {FORMAT}: "
                "restore it with the release that made it."
            )
        files = {name: Sum(*pair) for name, pair in read["files"].items()}
        facts = Facts(**{name: read["facts"][name] for name in Facts.__annotations__})  # type: ignore[typeddict-item]
        manifest = Manifest(facts, files, read["missing"])
    except (KeyError, TypeError, ValueError) as error:
        raise _not_ours(path) from error
    if DATABASE not in files or not all(map(_is_plain, files)):
        raise _not_ours(path)
    return manifest


def _is_plain(name: str) -> bool:
    """Whether a name leads to the database or to a place in the store, and nowhere else."""
    if name == DATABASE:
        return True
    steps = name.split("/")
    return name.startswith(MEDIA) and all(
        step not in ("", ".", "..") and "\\" not in step and "\0" not in step for step in steps
    )


def _not_ours(path: Path) -> OperationError:
    return OperationError(f"{path} is not a backup of this site.")
