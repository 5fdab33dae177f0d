"""Several translators' files in one: the zip archive that an export of several languages gives."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath

from django.utils.translation import gettext as _

from pages import xliff
from pages.xliff import MAX_SIZE, UnreadableError

MAX_FILES = 50
MAX_UNPACKED = 4 * MAX_SIZE
ENDINGS = (".xlf", ".xliff", ".xml")
_BEGINNING = b"PK\x03\x04"


def read(data: bytes) -> list[xliff.File]:
    """Return what is in a translators' file, or in all those of an archive. Raises UnreadableError."""
    if not data.startswith(_BEGINNING):
        return xliff.read(data)
    return [file for name, content in _contents(data) for file in _read_one(name, content)]


def _read_one(name: str, content: bytes) -> list[xliff.File]:
    try:
        return xliff.read(content)
    except UnreadableError as error:
        raise UnreadableError(f"{name}: {error}") from error


def _contents(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of each file. They are never written anywhere: no path can lead astray."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = [entry for entry in archive.infolist() if _is_translation(entry)]
            if len(entries) > MAX_FILES:
                raise UnreadableError(_("There are more than 50 files in the archive."))
            left = MAX_UNPACKED
            for entry in entries:
                with archive.open(entry) as file:
                    # What the archive says of sizes may be untrue: no more is unpacked than is allowed.
                    content = file.read(min(left, MAX_SIZE) + 1)
                left -= len(content)
                if left < 0:
                    raise UnreadableError(_("The files in the archive are larger than 20 MB."))
                yield PurePosixPath(entry.filename).name, content
    except UnreadableError:
        raise
    except Exception as error:
        # Broken, locked with a password, packed in a way unknown here: each has errors of its own.
        raise UnreadableError(_("The archive cannot be unpacked.")) from error


def _is_translation(entry: zipfile.ZipInfo) -> bool:
    """Whether it is a file for us; what a Mac adds to archives begins with a dot."""
    name = PurePosixPath(entry.filename).name.lower()
    return name.endswith(ENDINGS) and not name.startswith(".") and not entry.is_dir()
