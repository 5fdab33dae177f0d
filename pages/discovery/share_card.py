"""Draws the picture that stands where a page is shared: a paper collage over the page's title.

Bytes and words in, a JPEG out; knows no models, no storage and no language. What is drawn lies like
paper: the ground, a hill in the theme's colour, pictures askew with their white edges, and over their
feet two strips cut by hand, the upper of which bears the title.
"""

import hashlib
import io
import math
from collections.abc import Sequence

from PIL import Image, ImageDraw, ImageFilter

from pages.discovery.lettering import Lettering, face, fit
from pages.themes import Theme

WIDTH, HEIGHT = SIZE = (1200, 630)
# The column of the title, and the most that it may take of the height.
LEFT, COLUMN, TALLEST = 64, 1072, 200
# Part of every card's digest: change it when the drawing changes.
DRAWING = "1"
QUALITY = 88
FOLDER = "share"

# The shapes that pictures are cut to, by how many there are; of more, the first are shown.
SHAPES = {
    1: ("wide",),
    2: ("wide", "wide"),
    3: ("square", "wide", "square"),
    4: ("square", "tall", "square", "tall"),
    5: ("tall", "tall", "tall", "tall", "tall"),
}
MOST = max(SHAPES)

_SHEET, _INK, _SOFT = "#fffdf8", "#14324a", "#2a455d"
_SUN = "#f2b632"
_SHADOW = (20, 50, 74)
_LEANS = (-2.2, 1.6, -1.3, 2.0, -1.7)
_SUPERSAMPLED = 2

Outline = Sequence[tuple[float, float]]


def compose(title: str, site: str, theme: Theme, pictures: Sequence[bytes]) -> bytes:
    """Return the card as a JPEG of SIZE. `pictures` are in the shapes that SHAPES names."""
    lettering = fit(title, COLUMN, TALLEST)
    # The home page is called what the site is.
    site = "" if site == title else site
    top = HEIGHT - (92 if site else 52) - lettering.height
    shore = top - 36
    card = Image.new("RGB", SIZE, theme.tint)
    _lay(card, _hill(shore - 210, 60, 0.4), theme.strong)
    _lay(card, _disc(330, 84, 96) if len(pictures) == 1 else _disc(1065, 92, 150), _SUN)
    if len(pictures) < 2:
        _sail(card, shore, scale=1 - 0.42 * len(pictures), at=530 - 340 * len(pictures))
    _scatter(card, pictures[:MOST], shore)
    _lay(card, _hill(shore - 30, 16, 2.6), theme.strong)
    _lay(card, _hill(shore, 12, 0.9), _SHEET)
    _write(card, lettering, top, site, theme)
    buffer = io.BytesIO()
    card.save(buffer, "JPEG", quality=QUALITY, optimize=True)
    return buffer.getvalue()


def digest(record: str, title: str, site: str, theme: Theme, pictures: Sequence[str]) -> str:
    """Return 16 hexadecimal digits that tell a record's card from any other, by all it is made from.

    `record` says whose it is and in which language, so that no two share a file and none is asked for
    when another's is removed; `pictures` are their names, in order.
    """
    made_from = [DRAWING, record, title, site, theme.strong, theme.tint, *pictures]
    return hashlib.sha256("\0".join(made_from).encode()).hexdigest()[:16]


def file_name(digest: str) -> str:
    return f"{FOLDER}/{digest}.jpg"


# --- Words -----------------------------------------------------------------------------------


def _write(card: Image.Image, lettering: Lettering, top: int, site: str, theme: Theme) -> None:
    draw = ImageDraw.Draw(card)
    for x, y, line in lettering.placed():
        draw.text((LEFT + x, top + y), line, font=lettering.font, fill=_INK, anchor="ls")
    if not site:
        return
    base = HEIGHT - 36
    draw.rounded_rectangle((LEFT, base - 12, LEFT + 44, base - 4), 4, fill=theme.strong)
    draw.text((LEFT + 60, base), site, font=face(27, weight=480), fill=_SOFT, anchor="ls")


# --- Pictures --------------------------------------------------------------------------------


def _scatter(card: Image.Image, pictures: Sequence[bytes], shore: int) -> None:
    """Lay pictures in a row from edge to edge, each a little over the one before; one, to the right."""
    cuts = [_opened(picture) for picture in pictures]
    overlap, beyond = 26, 22
    room = WIDTH + 2 * beyond + overlap * (len(cuts) - 1)
    ratios = sum(cut.width / cut.height for cut in cuts)
    height = min(round(room / ratios), shore + 34) if cuts else 0
    widths = [round(height * cut.width / cut.height) for cut in cuts]
    spare = room - sum(widths)
    x = -beyond + (spare // 2 if len(cuts) > 1 else spare - 60)
    for number, (cut, width) in enumerate(zip(cuts, widths, strict=True)):
        middle = (x + width // 2, (shore + 4) // 2 + (-8, 10)[number % 2])
        _lay_sheet(card, cut.resize((width, height), Image.Resampling.LANCZOS), middle, number)
        x += width - overlap


def _opened(picture: bytes) -> Image.Image:
    with Image.open(io.BytesIO(picture)) as opened:
        return opened.convert("RGB")


def _lay_sheet(
    card: Image.Image, picture: Image.Image, middle: tuple[int, int], number: int
) -> None:
    edge = 11
    size = (picture.width + 2 * edge, picture.height + 2 * edge)
    sheet = Image.new("RGB", size, _SHEET)
    sheet.paste(picture, (edge, edge))
    sheet.putalpha(_mask(_unsteady(size, number), size))
    sheet = sheet.rotate(_LEANS[number % len(_LEANS)], Image.Resampling.BILINEAR, expand=True)
    at = (middle[0] - sheet.width // 2, middle[1] - sheet.height // 2)
    _drop_shadow(card, sheet.getchannel("A"), at)
    card.paste(sheet, at, sheet)


def _unsteady(size: tuple[int, int], number: int) -> list[tuple[float, float]]:
    """Return a sheet's corners: scissors never cut two alike."""
    width, height = size
    a, b, c, d = ((number * 3 + step) % 5 for step in (0, 2, 1, 3))
    return [(a, b), (width - c, d), (width - b, height - a), (d, height - c)]


# --- Cut paper -------------------------------------------------------------------------------


def _hill(height: float, swing: float, phase: float) -> Outline:
    """Return all below a line that rolls from edge to edge."""

    def edge(x: float) -> float:
        across = x / WIDTH * math.tau
        return height + swing * (
            math.sin(across + phase) + 0.35 * math.sin(2.3 * across + 2 * phase)
        )

    return [
        *((x, edge(x)) for x in range(-20, WIDTH + 21, 10)),
        (WIDTH, HEIGHT + 20),
        (0, HEIGHT + 20),
    ]


def _disc(x: float, y: float, radius: float) -> Outline:
    turns = (step / 72 * math.tau for step in range(72))
    return [
        (x + radius * math.cos(turn), y + radius * (1 + 0.02 * math.sin(3 * turn)) * math.sin(turn))
        for turn in turns
    ]


# A boat folded of paper, as it lies on a waterline from 0 at its middle.
_BOAT: Sequence[tuple[Outline, str]] = (
    ([(-10, -330), (-158, -94), (6, -94)], _SHEET),
    ([(-18, -274), (160, -90), (-42, -94)], _SUN),
    ([(-230, -104), (230, -108), (130, 30), (-126, 30)], "#d9583b"),
)


def _sail(card: Image.Image, shore: int, scale: float, at: int) -> None:
    """A paper boat on the fjord, where there are no pictures to fill the card."""
    waterline = shore - 40 * scale
    _lay(card, _hill(waterline - 80 * scale, 24, 3.4), "#5f9cc5")
    for outline, colour in _BOAT:
        _lay(card, [(at + x * scale, waterline + y * scale) for x, y in outline], colour)
    _lay(card, _hill(waterline - 6, 12, 1.2), "#2f6690")


def _lay(card: Image.Image, outline: Outline, colour: str) -> None:
    """Lay cut paper of one colour on the card, with its shadow."""
    left, top = (max(0, math.floor(min(along))) for along in zip(*outline, strict=True))
    right, bottom = (math.ceil(max(along)) for along in zip(*outline, strict=True))
    size = (min(right, WIDTH) - left, min(bottom, HEIGHT) - top)
    mask = _mask([(x - left, y - top) for x, y in outline], size)
    _drop_shadow(card, mask, (left, top))
    card.paste(colour, (left, top), mask)


def _mask(outline: Outline, size: tuple[int, int]) -> Image.Image:
    large = Image.new("L", (size[0] * _SUPERSAMPLED, size[1] * _SUPERSAMPLED))
    points = [(x * _SUPERSAMPLED, y * _SUPERSAMPLED) for x, y in outline]
    ImageDraw.Draw(large).polygon(points, fill=255)
    return large.reduce(_SUPERSAMPLED)


def _drop_shadow(card: Image.Image, mask: Image.Image, at: tuple[int, int]) -> None:
    """Darken what lies under a paper's edge; softness needs no more than a quarter of the pixels."""
    spread = 24
    size = (-(-mask.width // 4) * 4 + 2 * spread, -(-mask.height // 4) * 4 + 2 * spread)
    room = Image.new("L", size)
    room.paste(mask, (spread, spread))
    soft = room.reduce(4).filter(ImageFilter.GaussianBlur(2.2)).point(lambda value: value * 0.34)
    shadow = soft.resize(size, Image.Resampling.BILINEAR)
    card.paste(_SHADOW, (at[0] - spread, at[1] - spread + 5), shadow)
