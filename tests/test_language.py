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

_PLACEHOLDER = re.compile(r"%\(\w+\)s|\{\w*\}")


def norwegian_texts(language: str) -> Iterator[tuple[str, str]]:
    """Yield every text that a reader may meet in `language`, without markup, and where it stands."""
    path = Path(settings.BASE_DIR) / "locale" / language / "LC_MESSAGES" / "django.po"
    for message in catalogues.read(path):
        if message.id:
            forms = message.string if isinstance(message.string, tuple) else (message.string,)
            yield str(message.id), _PLACEHOLDER.sub(" ", _plain(" ".join(forms)))
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
    abbreviations = re.compile(r"\b[A-ZÆØÅ]{2,}\b")
    mixed = [
        f"{place}: {found} in «{text[max(0, at - 30) : at + 40]}»"
        for place, text in norwegian_texts(language)
        for text in [abbreviations.sub("", text)]
        for found, at in ((match.group(), match.start()) for match in words.finditer(text))
    ]
    assert mixed == []


def words_of_the_site(language: str) -> dict[str, str]:
    """Return every Norwegian word that is read on the site, and a place where it stands."""
    return {
        word: place for place, text in norwegian_texts(language) for word in spelling.words_of(text)
    }


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_every_word_is_spelt_right(language):
    """Teachers would trust nothing else on a page with a misspelt word."""
    words = words_of_the_site(language)
    allowed = spelling.listed(language) | spelling.listed("names")
    strange = {word for word in spelling.unknown(words, language) if word.lower() not in allowed}
    assert {word: words[word] for word in strange} == {}


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_misspelt_words_are_found(language):
    """Also among the right ones, whose parts a misspelt word can be taken for."""
    wrong = {
        "skoole",
        "Barnehagne",
        "tilskuudd",
        "søknadsfirst",
        "veilednign",
        "erfaringsutvekslling",
        "elvgruppe",
        "sekktoren",
        "pratnarar",
    }
    found = spelling.unknown(wrong | words_of_the_site(language).keys(), language)
    assert wrong - found == set()


def test_the_lists_of_words_hold_nothing_that_is_not_needed():
    """A list that only grows would one day let a misspelt word through."""
    everywhere = set()
    for language in ("nb", "nn"):
        words = words_of_the_site(language)
        unknown = {word.lower() for word in spelling.unknown(words, language)}
        assert spelling.listed(language) - unknown == set(), language
        assert unknown & spelling.listed("names"), language
        everywhere |= {word.lower() for word in words}
    assert spelling.listed("names") - everywhere == set()
