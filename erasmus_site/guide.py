"""The editors' guide: `docs/redaktor.md`, written once and shown both where the code lies and in the admin."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token
from PIL import Image

FILE = settings.BASE_DIR / "docs" / "redaktor.md"
PICTURES = FILE.parent / "pictures" / "redaktor"
LANGUAGE = "nb"


@dataclass(frozen=True)
class Guide:
    """The guide as HTML, its title apart, and its headings as pairs of anchor and text."""

    title: str
    body: SafeString
    contents: list[tuple[str, str]]


def read_guide() -> Guide:
    # Raw HTML in the file is shown as text: the policy would refuse a style in it.
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    _open, title, _close, *tokens = parser.parse(FILE.read_text(encoding="utf-8"))
    contents = list(_name_headings(tokens))
    for image in _images(tokens):
        _serve(image)
    html = parser.renderer.render(tokens, parser.options, {})
    return Guide(title.content, mark_safe(html), contents)  # noqa: S308


def _name_headings(tokens: list[Token]) -> Iterator[tuple[str, str]]:
    """Give each heading an anchor; return those that a list of contents names."""
    for opening, inside in pairwise(tokens):
        if opening.type == "heading_open":
            anchor = anchor_of(inside.content)
            opening.attrSet("id", anchor)
            if opening.tag == "h2":
                yield anchor, inside.content


def _images(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield from (child for child in token.children or [] if child.type == "image")


def anchor_of(heading: str) -> str:
    """Return what a link to a heading ends in, by the rule of the places where Markdown is read."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def picture(name: str) -> Path | None:
    """Return the file of one of the guide's pictures, None for any other name."""
    return next((path for path in PICTURES.glob("*.webp") if path.name == name), None)


def _serve(token: Token) -> None:
    """Let a picture be fetched from the admin, with its size, so that the text does not jump."""
    name = str(token.attrs["src"]).rpartition("/")[2]
    token.attrSet("src", reverse("admin:guide_picture", args=[name]))
    token.attrSet("loading", "lazy")
    if path := picture(name):
        with Image.open(path) as image:
            token.attrSet("width", str(image.width))
            token.attrSet("height", str(image.height))
