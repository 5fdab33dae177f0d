"""Fixed parts of addresses, one wording per language.

Not through gettext: a catalogue that is missing or newly worded would rename addresses in silence.
"""

from django.conf import settings
from django.utils.functional import lazy
from django.utils.translation import get_language


def _in_active_language(wordings: dict[str, str]) -> str:
    return wordings.get(get_language() or "", wordings[settings.LANGUAGE_CODE])


def localised(**wordings: str) -> str:
    """Return a lazy string: the wording of the active language, else that of the default language."""
    return lazy(_in_active_language, str)(wordings)
