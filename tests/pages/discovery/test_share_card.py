"""The card as a picture: what lies on it can be seen, and nothing else is taken for it."""

import io
import re
from pathlib import Path

import pytest
from django.conf import settings
from PIL import Image, ImageChops

from pages.discovery.share_card import MOST, SIZE, compose, digest
from pages.themes import FJORD, Theme
from programmes.models.action import CARD_THEMES
from tests.factories import picture_bytes

COLOURS = ("#ff0000", "#00ff00", "#0000ff", "#00ffff", "#ff00ff")


def card(title="For skole og barnehage", theme=FJORD, pictures=()) -> Image.Image:
    data = compose(title, "Nettstedet", theme, pictures)
    picture = Image.open(io.BytesIO(data))
    assert picture.format == "JPEG"
    return picture.convert("RGB")


def share_of(picture: Image.Image, colour: str) -> float:
    """How much of the picture is nearly of this colour."""
    plain = Image.new("RGB", picture.size, colour)
    far = ImageChops.difference(picture, plain).convert("L").point(lambda v: 255 * (v < 12))
    return far.histogram()[255] / (picture.width * picture.height)


@pytest.mark.parametrize("number", range(MOST + 1))
def test_every_picture_is_seen_and_none_takes_it_all(number):
    wide = [picture_bytes((960, 540), colour=colour) for colour in COLOURS[:number]]
    drawn = card(pictures=wide)
    assert drawn.size == SIZE
    for colour in COLOURS[:number]:
        assert 0.03 < share_of(drawn, colour) < 0.5


def test_a_page_without_pictures_gets_a_boat_on_the_fjord():
    drawn = card()
    assert share_of(drawn, "#d9583b") > 0.02
    assert share_of(drawn, "#f2b632") > 0.02


def test_the_theme_is_seen_at_a_glance():
    for theme in CARD_THEMES.values():
        assert share_of(card(theme=theme), theme.strong) > 0.05


def test_the_title_is_ink_on_paper_and_pictures_stay_out_of_it():
    """Black pictures would drown the letters: below the strip's edge there is paper and ink only."""
    black = [picture_bytes((640, 640), colour="black")] * 3
    title = "Læringsopphold i utlandet for elever og lærere med jobbskygging, kurs og undervisning"
    drawn = card(title, pictures=black)
    blank = card("", pictures=black)
    words = drawn.crop((0, 400, *SIZE))
    assert share_of(words, "#000000") < 0.001
    assert share_of(words, "#14324a") > 0.03
    assert share_of(blank.crop((0, 560, *SIZE)), "#14324a") < 0.001


def test_the_same_is_drawn_the_same():
    assert compose("Kontakt", "N", FJORD, []) == compose("Kontakt", "N", FJORD, [])


def test_whatever_a_card_is_made_from_names_it():
    args = {
        "record": "pages.page 1 nb",
        "title": "A",
        "site": "N",
        "theme": FJORD,
        "pictures": ["a"],
    }
    others = [
        {"record": "pages.page 1 nn"},
        {"title": "B"},
        {"site": "M"},
        {"theme": Theme(FJORD.strong, "#ffffff")},
        {"pictures": ["b"]},
        {"pictures": ["a", "b"]},
    ]
    names = {digest(**args), *(digest(**{**args, **other}) for other in others)}
    assert len(names) == len(others) + 1


def test_cards_have_the_colours_of_the_pages():
    """The colour that one shares is the colour that one meets."""
    tokens = Path(settings.BASE_DIR, "static/css/tokens.css").read_text()
    named = {**CARD_THEMES, "theme": FJORD}
    for name, theme in named.items():
        assert _daylight(tokens, name) == theme.strong
        assert _daylight(tokens, f"{name}-tint") == theme.tint


def _daylight(tokens: str, name: str) -> str:
    return re.search(rf"--{name}: light-dark\((#\w+),", tokens)[1]
