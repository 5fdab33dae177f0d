"""Translators' files: XLIFF 1.2, which every translation tool reads and writes.

A unit is a text, or a passage of one, in the source language and the target language. Inline tags are
numbered `<g>` elements. Digests of the whole text in both languages go along in a namespace of its own;
a tool that drops them leaves the source text itself to compare.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from xml.etree import ElementTree as ET

from django.utils.translation import gettext as _

from pages.passages import Content, Mark

NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"
OWN_NAMESPACE = "urn:erasmus-site:translation:1"
MAX_SIZE = 5 * 1024 * 1024
# States that say that nobody has worked on the target; an absent one says nothing.
NEW, NEEDS_REVIEW, TRANSLATED = "new", "needs-review-translation", "translated"
UNTOUCHED = frozenset(
    {"", NEW, NEEDS_REVIEW, "needs-translation", "needs-adaptation", "needs-l10n"}
)

_KINDS = {"a": "link", "strong": "bold", "em": "italic"}
_NAMES = {kind: name for name, kind in _KINDS.items()}
# What XML cannot say; a line break is one sign in it, however it was written.
_UNSPEAKABLE = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_DEEPEST = 50


class UnreadableError(ValueError):
    """The file cannot be used at all; the text says why, in the reader's language."""


def too_large() -> UnreadableError:
    return UnreadableError(_("The file is larger than 5 MB. Export fewer records at a time."))


@dataclass(frozen=True)
class Unit:
    """`target` is empty while there is no translation.

    `digest` is that of the whole source text, `target_digest` that of the whole translation.
    """

    id: str
    source: Content
    target: Content = ()
    state: str = ""
    digest: str = ""
    note: str = ""
    target_digest: str = ""


@dataclass(frozen=True)
class File:
    """The units of one record in one target language. `original` names the record."""

    original: str
    source_language: str
    target_language: str
    units: tuple[Unit, ...]


def speakable(text: str) -> str:
    """Return `text` as it comes back from a file: without what XML cannot hold."""
    return _UNSPEAKABLE.sub("", text.replace("\r\n", "\n"))


def write(files: Iterable[File]) -> bytes:
    ET.register_namespace("", NAMESPACE)
    ET.register_namespace("site", OWN_NAMESPACE)
    root = ET.Element(_tag("xliff"), {"version": "1.2"})
    for file in files:
        languages = {"source-language": file.source_language}
        languages["target-language"] = file.target_language
        original = {"original": file.original, **languages, "datatype": "html"}
        body = ET.SubElement(ET.SubElement(root, _tag("file"), original), _tag("body"))
        for unit in file.units:
            _write_unit(body, unit)
    return ET.tostring(root, encoding="utf-8", xml_declaration=True)


def read(data: bytes) -> list[File]:
    """Return what is in `data`. Raises UnreadableError."""
    if len(data) > MAX_SIZE:
        raise too_large()
    root = _parsed(data)
    if root.tag != _tag("xliff") or root.get("version") != "1.2":
        raise UnreadableError(_("This is not an XLIFF 1.2 file."))
    return [
        File(
            file.get("original", ""),
            file.get("source-language", ""),
            file.get("target-language", ""),
            tuple(_read_unit(unit) for unit in file.iter(_tag("trans-unit"))),
        )
        for file in root.iter(_tag("file"))
    ]


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


_DIGEST = f"{{{OWN_NAMESPACE}}}source"
_TARGET_DIGEST = f"{{{OWN_NAMESPACE}}}target"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def _write_unit(body: ET.Element, unit: Unit) -> None:
    attributes = {"id": unit.id, _SPACE: "preserve"}
    attributes |= {_DIGEST: unit.digest, _TARGET_DIGEST: unit.target_digest}
    element = ET.SubElement(body, _tag("trans-unit"), attributes)
    _write_content(ET.SubElement(element, _tag("source")), unit.source)
    target = ET.SubElement(element, _tag("target"), {"state": unit.state})
    _write_content(target, unit.target)
    if unit.note:
        ET.SubElement(element, _tag("note")).text = speakable(unit.note)


def _write_content(element: ET.Element, content: Content) -> None:
    stack = [element]
    for piece in content:
        if isinstance(piece, str):
            _append_text(stack[-1], speakable(piece))
        elif piece.is_end:
            stack.pop()
        else:
            attributes = {"id": str(piece.number), "ctype": _KINDS[piece.name]}
            stack.append(ET.SubElement(stack[-1], _tag("g"), attributes))


def _append_text(element: ET.Element, text: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


class _Builder(ET.TreeBuilder):
    """Builds the tree of a document without declarations of its own: these could fetch files or explode."""

    def doctype(self, name, pubid, system):
        raise UnreadableError(_("The file declares a document type, and such files are not read."))


def _parsed(data: bytes) -> ET.Element:
    try:
        # The builder refuses declarations before any of them takes hold.
        return ET.fromstring(data, ET.XMLParser(target=_Builder()))  # noqa: S314
    except ET.ParseError as error:
        line, column = error.position
        place = {"line": line, "column": column + 1}
        raise UnreadableError(
            _("The file is broken at line %(line)s, column %(column)s.") % place
        ) from error
    except (LookupError, ValueError) as error:
        if isinstance(error, UnreadableError):
            raise
        raise UnreadableError(_("The file is in an encoding that cannot be read.")) from error


def _read_unit(unit: ET.Element) -> Unit:
    target = unit.find(_tag("target"))
    return Unit(
        id=unit.get("id", ""),
        source=_content(unit.find(_tag("source"))),
        target=_content(target),
        state=_state(unit, target),
        digest=unit.get(_DIGEST, ""),
        note=unit.findtext(_tag("note"), ""),
        target_digest=unit.get(_TARGET_DIGEST, ""),
    )


def _state(unit: ET.Element, target: ET.Element | None) -> str:
    if unit.get("approved") == "yes":
        return TRANSLATED
    return target.get("state", "") if target is not None else ""


def _content(element: ET.Element | None) -> Content:
    """Return text and marks, with neighbouring texts as one."""
    content: list[str | Mark] = []
    pieces = (piece for piece in _pieces(element) if piece) if element is not None else ()
    for is_text, found in groupby(pieces, lambda piece: isinstance(piece, str)):
        # Put together at once: piece by piece, a file of small ones would be copied over and over.
        content += ["".join(map(str, found))] if is_text else found  # noqa: B031 - once in either case
    return tuple(content)


def _pieces(element: ET.Element, depth: int = 0) -> Iterator[str | Mark]:
    if depth > _DEEPEST:
        raise UnreadableError(_("The file is nested too deeply to be read."))
    yield element.text or ""
    for child in element:
        # A tool's own mark around a sentence holds text like any other.
        is_transparent = child.tag == _tag("mrk")
        mark = _mark(child)
        if not is_transparent:
            yield mark
        yield from _pieces(child, depth + 1)
        if not is_transparent:
            yield Mark(mark.number, mark.name, is_end=True)
        yield child.tail or ""


def _mark(element: ET.Element) -> Mark:
    """Return the mark that `element` stands for; number 0, which no text has, for anything strange."""
    number = element.get("id", "")
    is_ours = element.tag == _tag("g") and re.fullmatch("[0-9]{1,6}", number)
    return Mark(int(number) if is_ours else 0, _NAMES.get(element.get("ctype", ""), ""))
