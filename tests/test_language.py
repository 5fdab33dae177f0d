"""Norwegian that a Norwegian teacher would have written: spelt right, in one written form at a time."""

import re
import tomllib
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from django.conf import settings

from pages import catalogues
from programmes.seeding import SEED_DIR
from tests import spelling


def norwegian_texts(language: str) -> Iterator[tuple[str, str]]:
    """Yield every text that a reader may meet in `language`, without markup, and where it stands."""
    path = Path(settings.BASE_DIR) / "locale" / language / "LC_MESSAGES" / "django.po"
    for message in catalogues.read(path):
        if message.id:
            forms = message.string if isinstance(message.string, tuple) else (message.string,)
            yield str(message.id), " ".join(forms)
    yield from seeded_texts(language)


def seeded_texts(language: str) -> Iterator[tuple[str, str]]:
    for file in sorted(SEED_DIR.glob("*.toml")):
        yield from _wordings(file.name, tomllib.loads(file.read_text()), language)


def _wordings(place: str, value: object, language: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, list):
        for item in value:
            yield from _wordings(place, item, language)
    elif isinstance(value, dict):
        if isinstance(value.get(language), str):
            yield place, _plain(value[language])
        for name, item in value.items():
            if name != "slug":
                yield from _wordings(f"{place} {value.get('code', '')} {name}", item, language)


def _plain(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", " ", html))


@pytest.mark.parametrize(("language", "foreign"), [("nn", "only_nb"), ("nb", "only_nn")])
def test_the_two_written_forms_are_not_mixed(language, foreign):
    """A nynorsk page with bokmål in it tells its readers that they come second."""
    words = re.compile(
        rf"(?<![\w.@/-])(?:{'|'.join(spelling.listed(foreign))})(?![\w@/-])", re.IGNORECASE
    )
    abbreviations = re.compile(r"\b[A-ZÆØÅ]{2,}\b|%\([a-z_]+\)s")
    mixed = [
        f"{place}: {found} in «{text[max(0, at - 30) : at + 40]}»"
        for place, text in norwegian_texts(language)
        for text in [abbreviations.sub("", text)]
        for found, at in ((match.group(), match.start()) for match in words.finditer(text))
    ]
    assert mixed == []


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_every_word_of_the_content_is_spelt_right(language):
    """Teachers would trust nothing else on a page with a misspelt word."""
    words = {
        word: place for place, text in seeded_texts(language) for word in spelling.words_of(text)
    }
    allowed = spelling.listed(language) | spelling.listed("names")
    strange = {word for word in spelling.unknown(words, language) if word.lower() not in allowed}
    assert {word: words[word] for word in strange} == {}


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_misspelt_words_are_found(language):
    wrong = {
        "skoole",
        "Barnehagne",
        "tilskuudd",
        "søknadsfirst",
        "veilednign",
        "erfaringsutvekslling",
    }
    assert spelling.unknown(wrong, language) == wrong


def test_the_lists_of_words_hold_nothing_that_is_not_needed():
    """A list that only grows would one day let a misspelt word through."""
    for language in ("nb", "nn"):
        words = {w for _place, text in seeded_texts(language) for w in spelling.words_of(text)}
        unknown = {word.lower() for word in spelling.unknown(words, language)}
        assert spelling.listed(language) - unknown == set(), language
        names = unknown & spelling.listed("names")
        assert names, language
    everywhere = {
        word.lower()
        for language in ("nb", "nn")
        for _place, text in seeded_texts(language)
        for word in spelling.words_of(text)
    }
    assert spelling.listed("names") - everywhere == set()
