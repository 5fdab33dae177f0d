"""Headings in body text that ask something, and what a link to each of them ends in. Pure.

Texts have no ids of their own, and need none: the anchor is made of the words, so that a link to a question
holds however the others are moved.
"""

import re
from collections.abc import Iterator
from html import unescape

from pages.slugs import slug_from

_HEADING = re.compile(r"<h3>(.*?)</h3>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_LONGEST = 60


def is_question(heading: str) -> bool:
    return heading.rstrip().endswith("?")


def anchor_of(heading: str, section: str = "") -> str:
    """Return what a link to a question ends in, below its section's anchor; empty if it has no letters."""
    slug = slug_from(heading, _LONGEST)
    return f"{section or 'question'}-{slug}" if slug else ""


def anchors(html: str, section: str = "") -> Iterator[str]:
    """Yield the anchor of each question among the headings of clean prose."""
    for heading in _HEADING.finditer(html):
        text = _text_of(heading[1])
        if is_question(text) and (anchor := anchor_of(text, section)):
            yield anchor


def anchored(html: str, section: str = "") -> str:
    """Return clean prose with an id on each heading that asks something, the first of each wording."""
    given: set[str] = set()

    def with_id(heading: re.Match) -> str:
        anchor = next(anchors(heading[0], section), "")
        if not anchor or anchor in given:
            return heading[0]
        given.add(anchor)
        return f'<h3 id="{anchor}">{heading[1]}</h3>'

    return _HEADING.sub(with_id, html)


def _text_of(markup: str) -> str:
    return unescape(_TAG.sub("", markup)).strip()
