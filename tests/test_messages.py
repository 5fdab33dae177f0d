"""Interface words: a missing one would show English in a Norwegian page."""

import re
import tomllib
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from django.conf import settings

from pages import catalogues
from programmes.seeding import SEED_DIR


def test_every_message_has_a_wording_in_every_catalogue():
    assert catalogues.problems(settings.BASE_DIR, map(Path, settings.LOCALE_PATHS)) == []


def test_messages_are_found_in_templates_and_python():
    ids = {message.id for message in catalogues.collect(settings.BASE_DIR)}
    assert {"Skip to main content", "Who can apply?", "Measures in %(period)s"} <= ids


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_placeholders_survive_translation(language):
    path = Path(settings.BASE_DIR) / "locale" / language / "LC_MESSAGES" / "django.po"
    for message in catalogues.read(path):
        if message.id and "%(" in str(message.id):
            for name in [part.partition(")")[0] for part in str(message.id).split("%(")[1:]]:
                forms = [message.string] if isinstance(message.string, str) else message.string
                assert all(f"%({name})s" in form for form in forms), message.id


# Words that bokmål has and nynorsk has not, and the reverse.
BOKMAL_ONLY = [
    "ikke",
    "hvem",
    "hva",
    "hvor",
    "hvordan",
    "hvilke",
    "noe",
    "noen",
    "dere",
    "deres",
    "fra",
    "skolen",
    "skoler",
    "lærere",
    "ansatte",
    "søker",
    "siden",
    "disse",
    "hun",
    "jeg",
    "mye",
    "gjøre",
    "være",
    "kommer",
    "blitt",
    "også",
    "nå",
    "enkelte",
    "flere",
    "uten",
    "barnehager",
]
NYNORSK_ONLY = [
    "ikkje",
    "kven",
    "kva",
    "kvar",
    "korleis",
    "noko",
    "nokon",
    "dykk",
    "frå",
    "skulen",
    "skular",
    "lærarar",
    "tilsette",
    "søkjer",
    "desse",
    "eg",
    "mykje",
    "gjere",
    "vere",
    "kjem",
    "òg",
    "einskilde",
    "fleire",
    "utan",
    "barnehagar",
]


def norwegian_texts(language):
    """Return every text that a reader may meet in `language`, by where it stands."""
    path = Path(settings.BASE_DIR) / "locale" / language / "LC_MESSAGES" / "django.po"
    yield from ((str(m.id), str(m.string)) for m in catalogues.read(path) if m.id)
    for file in sorted(SEED_DIR.glob("*.toml")):
        yield from _wordings(file.name, tomllib.loads(file.read_text()), language)


def _wordings(place, value, language):
    if isinstance(value, list):
        for item in value:
            yield from _wordings(place, item, language)
    elif isinstance(value, dict):
        if isinstance(value.get(language), str):
            yield place, value[language]
        for name, item in value.items():
            yield from _wordings(f"{place} {value.get('code', '')} {name}", item, language)


@pytest.mark.parametrize(("language", "foreign"), [("nn", BOKMAL_ONLY), ("nb", NYNORSK_ONLY)])
def test_the_two_written_forms_are_not_mixed(language, foreign):
    """A nynorsk page with bokmål in it tells its readers that they come second."""
    words = re.compile(rf"\b({'|'.join(foreign)})\b", re.IGNORECASE)
    mixed = {
        place: found.group()
        for place, text in norwegian_texts(language)
        if (found := words.search(text)) and "http" not in text
    }
    assert mixed == {}


def test_an_empty_or_uncertain_wording_counts_as_unfinished():
    catalogue = Catalog()
    catalogue.add("whole", "hel")
    catalogue.add("empty", "")
    catalogue.add("guess", "gjetning", flags=["fuzzy"])
    catalogue.add(("one", "many"), ("en", ""))
    assert catalogues.unfinished(catalogue) == ["empty", "guess", "('one', 'many')"]
