"""Text as Markdown (CommonMark) that reads back as the same words. Pure.

Own code, since the vocabulary of `pages.prose` has eight elements, and the packages for this either
leave signs unescaped or write every «Erasmus+» with a backslash, and take no care of bold text that
touches a word.
"""

import re
import string
import unicodedata
from dataclasses import dataclass, field
from html.parser import HTMLParser
from textwrap import indent
from typing import NamedTuple
from urllib.parse import urljoin

_SPACE = re.compile(r"[ \t\n\r\f\v\x1c-\x1f\x85\u2028\u2029]+")
# Signs that mean something wherever they stand, and those that do so at either end of a line.
_SIGNS = re.compile(r"[\\`*_\[\]<~]|&(?=#?\w+;)")
_AT_START = re.compile(r"(?=>|[-+](?:[ -]|$)|#{1,6}(?: |$)|=+$)|(\d{1,9})(?=[.)](?: |$))")
_AT_END = re.compile(r"(?<= )#+$")
# Lists are numbered no further.
_LAST_NUMBER = 999_999_999

_MARKS = {"strong": "**", "em": "_"}
_INLINE = {*_MARKS, "a"}


def escape(text: str) -> str:
    """Return plain text as one line of Markdown that shows it as it is."""
    return _guarded(_signs_escaped(_SPACE.sub(" ", text).strip()))


def from_prose(html: str, base: str) -> str:
    """Return cleaned body text as Markdown; `base` is the address that its links start from."""
    tree = _Tree()
    tree.feed(_with_tidy_marks(html))
    tree.close()
    return "\n\n".join(_blocks(tree.root.children, base))


def destination(href: str, base: str) -> str:
    """Return an absolute address, written so that nothing in it ends the link."""
    try:
        absolute = urljoin(base, href.strip())
    except ValueError:
        absolute = href
    quoted = re.sub(r"[\s()<>\\]", lambda sign: f"%{ord(sign[0]):02X}", absolute)
    return re.sub(r"&(?=#?\w+;)", "&amp;", quoted)


def _signs_escaped(text: str) -> str:
    return _SIGNS.sub(r"\\\g<0>", text)


def _guarded(line: str) -> str:
    """Escape what would make a heading, a list or a rule of a line."""
    if found := _AT_START.match(line):
        line = f"{found[0]}\\{line[found.end() :]}"
    return _AT_END.sub(r"\\\g<0>", line)


# --- The text as a tree ----------------------------------------------------------------------


@dataclass
class _Element:
    tag: str
    attributes: dict[str, str | None] = field(default_factory=dict)
    children: list["_Element | str"] = field(default_factory=list)


class _Tree(HTMLParser):
    def __init__(self):
        super().__init__()
        self.root = _Element("")
        self._open = [self.root]

    def handle_starttag(self, tag, attrs):
        element = _Element(tag, dict(attrs))
        self._open[-1].children.append(element)
        self._open.append(element)

    def handle_endtag(self, tag):
        if self._open[-1].tag == tag:
            self._open.pop()

    def handle_data(self, data):
        self._open[-1].children.append(_SPACE.sub(" ", data))


def _with_tidy_marks(html: str) -> str:
    """Put spaces outside marks, and make one of marks that meet: Markdown can write no others."""
    rules = (
        (r"<(strong|em|a)(?:\s[^>]*)?></\1>", ""),
        (r"</(strong|em)><\1(?:\s[^>]*)?>", ""),
        (r"(<(?:strong|em|a)(?:\s[^>]*)?>)((?:\s|&nbsp;)+)", r"\2\1"),
        # From the beginning of a run only: it would be tried from each of its spaces.
        (r"(?<!\s)(?<!&nbsp;)((?:\s|&nbsp;)+)(</(?:strong|em|a)>)", r"\2\1"),
    )
    while True:
        before = html
        for pattern, replacement in rules:
            html = re.sub(pattern, replacement, html)
        if html == before:
            return html


# --- Blocks ----------------------------------------------------------------------------------


def _blocks(children: list[_Element | str], base: str) -> list[str]:
    """Return the blocks in order. Text that stands between them is a paragraph."""
    blocks, loose = [], []
    for child in [*children, _Element("end")]:
        if isinstance(child, str) or child.tag in _INLINE:
            loose.append(child)
        else:
            blocks += [_line(loose, base), _block(child, base)]
            loose = []
    return [block for block in blocks if block]


def _block(element: _Element, base: str) -> str:
    if element.tag in ("ul", "ol"):
        return _list(element, base)
    line = _line(element.children, base)
    return f"### {line}" if element.tag == "h3" and line else line


def _list(element: _Element, base: str) -> str:
    items = [child for child in element.children if isinstance(child, _Element)]
    found = [blocks for item in items if (blocks := _blocks(item.children, base))]
    start = re.fullmatch(r"[0-9]{1,9}", element.attributes.get("start") or "1")
    number = min(int(start[0]) if start else 1, _LAST_NUMBER - len(found))
    lines = []
    for index, blocks in enumerate(found):
        marker = "- " if element.tag == "ul" else f"{number + index}. "
        inside = indent("\n\n".join(blocks), " " * len(marker))
        lines.append(marker + inside[len(marker) :])
    return "\n".join(lines)


# --- Lines -----------------------------------------------------------------------------------


def _line(children: list[_Element | str], base: str) -> str:
    return _guarded(_inline(children, base).strip(" "))


class _Pair(NamedTuple):
    """Where a mark begins and ends among the pieces of a line."""

    opening: int
    closing: int


def _inline(children: list[_Element | str], base: str) -> str:
    pieces: list[str] = []
    pairs: list[_Pair] = []
    _collect(children, base, pieces, pairs, frozenset())
    while wrong := [pair for pair in pairs if not _can_be_read(pieces, pair)]:
        pairs = [pair for pair in pairs if pair not in wrong]
        for index in (index for pair in wrong for index in pair):
            pieces[index] = ""
    # A link after an exclamation mark would be a picture.
    return re.sub(r"!(?=\[)", r"\\!", re.sub(" {2,}", " ", "".join(pieces)))


def _collect(children, base: str, pieces: list[str], pairs: list[_Pair], within: frozenset) -> None:
    for child in children:
        if isinstance(child, str):
            pieces.append(_signs_escaped(child))
        elif child.tag == "a" and child.attributes.get("href"):
            if text := _inline(child.children, base):
                pieces.append(f"[{text}]({destination(child.attributes['href'], base)})")
        elif child.tag in _MARKS and child.tag not in within:
            opening = len(pieces)
            pieces.append(_MARKS[child.tag])
            _collect(child.children, base, pieces, pairs, within | {child.tag})
            pairs.append(_Pair(opening, len(pieces)))
            pieces.append(_MARKS[child.tag])
        else:
            _collect(child.children, base, pieces, pairs, within)


def _can_be_read(pieces: list[str], pair: _Pair) -> bool:
    """Whether both marks are read as such where they stand; if not, the text goes without them."""
    opening, closing = pair
    mark = pieces[opening]
    before, after = "".join(pieces[:opening])[-1:], "".join(pieces[closing + 1 :])[:1]
    inside = "".join(pieces[opening + 1 : closing])
    return _stands(mark, before, inside[:1]) and _stands(mark, after, inside[-1:])


def _stands(mark: str, outside: str, inside: str) -> bool:
    """Whether CommonMark reads `mark` between these two signs."""
    if not inside or inside.isspace() or outside == mark[0]:
        return False
    touches_word = bool(outside) and not (outside.isspace() or _is_punctuation(outside, "P"))
    return not touches_word or (mark == "**" and not _is_punctuation(inside, "PS"))


def _is_punctuation(sign: str, categories: str) -> bool:
    return sign in string.punctuation or unicodedata.category(sign)[0] in categories
