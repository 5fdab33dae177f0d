"""The words that are explained in texts: whose they are settings.DEFINITIONS names."""

from collections.abc import Callable, Iterable

from django.conf import settings
from django.utils.module_loading import import_string

from pages.cache import generation
from pages.definitions import Definition, Definitions

# By language, with the generation of the content that they were read in.
_known: dict[str, tuple[str, Definitions]] = {}


def definitions(language: str) -> Definitions:
    """Return all definitions in `language`, read and made ready once in each generation."""
    token = generation.current()
    known = _known.get(language)
    if known is None or known[0] != token:
        source: Callable[[str], Iterable[Definition]] = import_string(settings.DEFINITIONS)
        known = _known[language] = (token, Definitions(source(language), language))
    return known[1]


def forget() -> None:
    """Read anew, for a change that no generation tells of."""
    _known.clear()
