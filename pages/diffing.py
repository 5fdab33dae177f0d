"""What two texts differ by, word for word: for the history and for translations whose source has changed."""

import re
from difflib import SequenceMatcher
from html.parser import HTMLParser
from typing import Literal, NamedTuple

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

# Every character is part of one token, so that the tokens joined are the text.
_TOKEN = re.compile(r"\s+|\w+|[^\w\s]")


class Change(NamedTuple):
    """A stretch of text that both have, or that one of them lacks."""

    kind: Literal["kept", "removed", "added"]
    text: str


def words(old: str, new: str) -> list[Change]:
    """Return how `old` became `new`: kept and removed joined are `old`, kept and added are `new`."""
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    # Spaces are everywhere: matching by them is slow and tears sentences apart.
    matcher = SequenceMatcher(str.isspace, before, after)
    changes = []
    for tag, start, end, new_start, new_end in matcher.get_opcodes():
        if tag == "equal":
            changes.append(Change("kept", "".join(before[start:end])))
            continue
        changes.append(Change("removed", "".join(before[start:end])))
        changes.append(Change("added", "".join(after[new_start:new_end])))
    return [change for change in changes if change.text]


def marked(old: str, new: str, is_prose: bool = False) -> SafeString:
    """Return `new` as markup with what was removed and added marked, to the ear as to the eye.

    Of prose the readable text is compared, not its tags: one that differs by these alone shows no mark.
    """
    if is_prose:
        old, new = readable(old), readable(new)
    return format_html_join("", "{}", ((_markup(change),) for change in words(old, new)))


def differs(old: str, new: str, is_prose: bool = False) -> bool:
    """Whether `marked` has anything to mark."""
    return readable(old) != readable(new) if is_prose else old != new


def _markup(change: Change) -> SafeString:
    text = mark_safe(escape(change.text).replace("\n", "<br>"))  # noqa: S308 - escaped right here
    if change.kind == "kept":
        return text
    tag, name = (
        ("del", gettext("removed:")) if change.kind == "removed" else ("ins", gettext("added:"))
    )
    # Few screen readers tell of del and ins by themselves.
    return format_html('<{0}><span class="visually-hidden">{1} </span>{2}</{0}>', tag, name, text)


def readable(html: str) -> str:
    """Return what a reader gets from prose: lines of text, marks before list items, targets of links."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    lines = "".join(reader.pieces).split("\n")
    return "\n".join(line.strip() for line in lines if line.strip())


class _Reader(HTMLParser):
    """Collects text, with a new line for each block."""

    BLOCKS = ("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "br", "div", "blockquote")

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self.lists: list[int | None] = []
        self.targets: list[str] = []

    def handle_starttag(self, tag, attrs):
        if tag == "a":
            self.targets.append(dict(attrs).get("href") or "")
        elif tag in ("ul", "ol"):
            self.lists.append(0 if tag == "ol" else None)
        elif tag == "li":
            self.pieces.append(f"\n{self._mark()} ")
        elif tag in self.BLOCKS and not self._is_right_after_a_mark():
            self.pieces.append("\n")

    def handle_endtag(self, tag):
        if tag == "a" and self.targets and (target := self.targets.pop()):
            self.pieces.append(f" ({target})")
        elif tag in ("ul", "ol") and self.lists:
            self.lists.pop()
        if tag in self.BLOCKS:
            self.pieces.append("\n")

    def handle_data(self, data):
        # A line break in the source is a space to the reader.
        self.pieces.append(re.sub(r"\s+", " ", data))

    def _mark(self) -> str:
        if not self.lists or self.lists[-1] is None:
            return "•"
        self.lists[-1] += 1
        return f"{self.lists[-1]}."

    def _is_right_after_a_mark(self) -> bool:
        """Whether a paragraph is the first thing of a list item: it stands on the item's line."""
        return bool(self.pieces) and re.fullmatch(r"\n(•|\d+\.) ", self.pieces[-1]) is not None
