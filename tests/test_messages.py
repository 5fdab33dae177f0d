"""Interface words: a missing one would show English in a Norwegian page."""

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from django.conf import settings

from pages import catalogues


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


def test_an_empty_or_uncertain_wording_counts_as_unfinished():
    catalogue = Catalog()
    catalogue.add("whole", "hel")
    catalogue.add("empty", "")
    catalogue.add("guess", "gjetning", flags=["fuzzy"])
    catalogue.add(("one", "many"), ("en", ""))
    assert catalogues.unfinished(catalogue) == ["empty", "guess", "('one', 'many')"]
