"""Tells this release of the site from any other, so that none shows what another has rendered."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

_SUFFIXES = {".py", ".html", ".md", ".mo", ".txt", ".xml"}


def release() -> str:
    """Return a word made from all that pages are made from, but for the content itself."""
    digest = hashlib.blake2b(digest_size=8)
    for path in _files():
        digest.update(path.read_bytes())
    # What pages print, or their addresses are made from.
    printed = [settings.SITE_URL, settings.SITE_OPERATOR, settings.SITE_CONTACT, settings.DEBUG]
    printed += [settings.INDEXNOW_KEY, settings.CONTENT_LICENCE]
    digest.update(repr(printed).encode())
    return digest.hexdigest()


def _files() -> Iterable[Path]:
    """Code, templates, catalogues, the names of the static files and those of the packages."""
    folders = ("erasmus_site", "pages", "programmes", "templates", "locale")
    for folder in folders:
        paths = sorted((settings.BASE_DIR / folder).rglob("*"))
        yield from (path for path in paths if path.suffix in _SUFFIXES)
    single = (settings.STATIC_ROOT / "staticfiles.json", settings.BASE_DIR / "requirements.txt")
    yield from (path for path in single if path.exists())
