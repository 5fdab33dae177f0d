"""Message catalogues without system gettext: collected, written and compiled with Babel.

Message ids are English. `locale/<language>/LC_MESSAGES/django.po` holds the wordings of templates and
Python; `djangojs.po` those of the prose editor's toolbar, which its package lacks in Norwegian.
"""

import io
from collections.abc import Iterable, Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

KEYWORDS: Any = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
}
SOURCE_FOLDERS = ("erasmus_site", "pages", "programmes", "templates")


def collect(root: Path) -> Catalog:
    """Return every message in the Python files and templates below `root`'s source folders."""
    catalogue = Catalog(charset="utf-8")
    for folder in SOURCE_FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            if (
                path.suffix in (".py", ".html", ".md", ".txt", ".xml")
                and "migrations" not in path.parts
            ):
                for message, context in _messages_of(path):
                    catalogue.add(message, context=context)
    return catalogue


def _messages_of(path: Path) -> Iterator[tuple[Any, str | None]]:
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        # Django turns a template into something like Python; its indents mean nothing.
        source = "\n".join(line.lstrip() for line in templatize(source).splitlines())
    file = io.BytesIO(source.encode())
    for _line, function, message, _comments in extract_python(
        file, KEYWORDS, [], {"encoding": "utf-8"}
    ):
        if function == "pgettext":
            yield message[1], message[0]
        elif function == "ngettext":
            yield (message[0], message[1]), None
        else:
            yield (message[0] if isinstance(message, tuple) else message), None


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file)


def begin(path: Path, language: str) -> None:
    """Write an empty catalogue at `path`."""
    path.parent.mkdir(parents=True)
    header = f'msgid ""\nmsgstr ""\n"Language: {language}\\n"\n'
    path.write_text(header + '"Content-Type: text/plain; charset=utf-8\\n"\n', encoding="utf-8")


def renew(path: Path, messages: Catalog) -> Catalog:
    """Bring the catalogue at `path` in line with `messages`: add the new as empty, drop the unused."""
    catalogue = read(path)
    # A copy: update() takes over the messages themselves, and two catalogues would share wordings.
    catalogue.update(deepcopy(messages), no_fuzzy_matching=True, update_creation_date=False)
    catalogue.obsolete.clear()
    with path.open("wb") as file:
        # No line numbers and no dates: a diff then shows wordings only.
        write_po(file, catalogue, width=100, no_location=True, omit_header=False, sort_output=True)
    return catalogue


def compile_catalogue(path: Path) -> None:
    """Write the `.mo` file beside the `.po` file at `path`."""
    with path.with_suffix(".mo").open("wb") as file:
        write_mo(file, read(path))


def unfinished(catalogue: Catalog) -> list[str]:
    """Return the ids of messages that are fuzzy or have no wording."""
    return [
        str(message.id)
        for message in catalogue
        if message.id and (message.fuzzy or not all(_wordings(message)))
    ]


def _wordings(message: Message) -> list[Any]:
    """Return every plural form of a message that has several, else its one wording."""
    string = message.string
    return list(string) if isinstance(string, list | tuple) else [string]


def problems(root: Path, locale_folders: Iterable[Path]) -> list[str]:
    """Return, a line each, what is missing, left over or unfinished in the catalogues."""
    wanted = {message.id for message in collect(root) if message.id}
    found = []
    for path in sorted(
        path for folder in locale_folders for path in folder.glob("*/LC_MESSAGES/*.po")
    ):
        catalogue = read(path)
        name = f"{path.parts[-3]} {path.stem}"
        found += [f"{name}, unfinished: {message}" for message in unfinished(catalogue)]
        if path.stem == "django":
            present = {message.id for message in catalogue if message.id}
            found += [
                f"{name}, missing: {message}" for message in sorted(map(str, wanted - present))
            ]
            found += [
                f"{name}, unused: {message}" for message in sorted(map(str, present - wanted))
            ]
    return found
