"""Titles and descriptions for result lists, made from a page's own title and text. Pure.

How long either may be is what engines show of it: about sixty characters of a title (they measure some
600 pixels) and about 160 of a description.
"""

import re
from collections.abc import Iterable
from typing import Literal, NamedTuple

from pages import passages

TITLE_SHOWN, DESCRIPTION_SHOWN = 60, 160
# A description made here keeps clear of the edge.
EXCERPT = 155
# Below these, a title or a description leaves room that could tell more.
SHORT_TITLE, SHORT_DESCRIPTION = 10, 110
# A text of fewer characters says too little alone, and the next one is read too.
LEAST = 70
# Sentences that fill less than this leave what tells a page from its siblings unsaid: better a torn one.
FULL = 90

Verdict = Literal["short", "good", "cut"]

# A hard space stays: what it holds together, as in «30 000 euro», is not torn apart.
_SPACE = re.compile(r"\s*[^\S\xa0]\s*|\xa0{2,}")
# Not after «kl.», «f.eks.», «5.» and the like, nor where the next word goes on in small letters.
_SENTENCE_END = re.compile(
    r"""(?:(?:(?<=[^\W_]{3})(?<!f\.eks)|(?<=[)»”"%+]))\.|[!?…])[)»”"]*(?=\s[^\s\da-zæøå]|$)"""
)
_ENDED = re.compile(r"""[.!?…:;,–-][)»”"]*$""")


# Letters of a text with its tags that are read: no excerpt reaches further into it.
_READ = 20_000


class Block(NamedTuple):
    """A paragraph, or an item of a list, as one line of plain text."""

    text: str
    is_item: bool = False


def blocks_of_plain(text: str) -> list[Block]:
    """Return the lines of a text without markup."""
    return [Block(line) for part in text.splitlines() if (line := _spaced(part))]


def blocks_of_prose(html: str) -> list[Block]:
    """Return the paragraphs and items of clean prose. Headings are left out: they are no sentences."""
    prose = passages.split(html[:_READ])
    blocks, before = [], ""
    for piece in prose.frame:
        if isinstance(piece, str):
            before += piece
            continue
        text = _spaced(prose.passages[piece].text)
        if text and not before.rstrip().endswith("<h3>"):
            blocks.append(Block(text, is_item="<li>" in before))
        before = ""
    return blocks


def excerpt(texts: Iterable[list[Block]], limit: int = EXCERPT) -> str:
    """Return the beginning of the first text, in whole sentences where that says enough.

    A text that is too short goes on into the next one.
    """
    whole = ""
    for blocks in texts:
        whole = joined(([Block(whole)] if whole else []) + blocks)
        if len(whole) >= LEAST:
            break
    if len(whole) <= limit:
        return whole
    ends = [end.end() for end in _SENTENCE_END.finditer(whole) if FULL <= end.end() <= limit]
    return whole[: ends[-1]] if ends else shortened(whole, limit)


def shortened(text: str, limit: int) -> str:
    """Return `text` cut between two words, with «…», where it is longer than `limit`."""
    if len(text) <= limit:
        return text
    head = text[:limit].rpartition(" ")[0] or text[: limit - 1]
    return head.rstrip(" \xa0,.;:–-") + "…"


def whole_title(title: str, site: str) -> str:
    """Return a page's title with the site's name after it, where both can be seen in a result list."""
    whole = f"{title} – {site}"
    return whole if site not in title and len(whole) <= TITLE_SHOWN else title


def verdict_on_title(title: str) -> Verdict:
    return _verdict(title, SHORT_TITLE, TITLE_SHOWN)


def verdict_on_description(description: str) -> Verdict:
    return _verdict(description, SHORT_DESCRIPTION, DESCRIPTION_SHOWN)


def _verdict(text: str, least: int, most: int) -> Verdict:
    if len(text) > most:
        return "cut"
    return "good" if len(text) >= least else "short"


def _spaced(text: str) -> str:
    return _SPACE.sub(" ", text).strip()


def joined(blocks: list[Block]) -> str:
    """Return the blocks as one line, with a stop or a comma between two that would run together."""
    line = ""
    for before, block in zip([None, *blocks], blocks, strict=False):
        if before is not None:
            line += _between(before, block)
        line += block.text
    return line


def _between(before: Block, block: Block) -> str:
    if _ENDED.search(before.text):
        return " "
    return ", " if before.is_item and block.is_item else ". "
