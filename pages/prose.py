"""Body text: one small vocabulary for the editor's toolbar, the allow-list and the output.

Not for titles and other plain fields: those are escaped by the template engine.
"""

import re

from django.core.exceptions import ValidationError
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django_prose_editor.fields import ProseEditorField, create_sanitizer

# The page's own headings are h1 and h2, so text starts at h3.
VOCABULARY = {
    "Bold": True,
    "Italic": True,
    "Heading": {"levels": [3]},
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "Link": {"enableTarget": False},
}

# What cleaning may be given: its time grows with the square of how deep elements lie in each other.
LONGEST, DEEPEST = 100_000, 200
_TAG = re.compile("<(/?)(?!(?:br|hr|img|col|wbr|input|meta|link)[^a-z])[a-z]", re.IGNORECASE)

_sanitise = create_sanitizer(VOCABULARY)


def is_beyond_reason(html: str) -> bool:
    """Whether `html` is longer than any page, or nested as nobody writes."""
    if len(html) > LONGEST:
        return True
    depth = 0
    for tag in _TAG.finditer(html):
        depth = max(0, depth - 1) if tag[1] else depth + 1
        if depth > DEEPEST:
            return True
    return False


def clean_prose(html: str) -> str:
    """Return `html` reduced to the vocabulary. Cleaning twice gives the same as cleaning once."""
    clean = _sanitise(html) if html else ""
    # Broken nesting is read differently once it is written out: repeat until it stays.
    while (again := _sanitise(clean)) != clean:
        clean = again
    # What the editor leaves of a text that was taken away.
    return "" if clean == "<p></p>" else clean


def render_prose(html: str | None) -> SafeString:
    """Return stored text as markup that a template may print as it is.

    Cleaned once more: a row may have come from a restored backup or a hand in the database.
    """
    return mark_safe(clean_prose(html or ""))  # noqa: S308 - cleaned on this very line


class ProseField(ProseEditorField):
    """Text in the vocabulary, cleaned on its way to the database by whichever door it comes.

    The editor's own field cleans in `clean()` only, so that `objects.create()` would store a script.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(
            *args, **{"blank": True, "extensions": VOCABULARY, "sanitize": True, **kwargs}
        )

    def formfield(self, **kwargs):
        # The form's field asks the database, and models must be loaded before that can be imported.
        from pages.forms import ProseFormField

        own = {"form_class": ProseFormField, "language": getattr(self, "language", None)}
        return super().formfield(**{**own, **kwargs})

    def clean(self, value, instance):
        if isinstance(value, str) and is_beyond_reason(value):
            raise ValidationError(
                _(
                    "The text is too long, or formatted in too intricate a way. Paste it as plain "
                    "text, or divide it."
                )
            )
        return super().clean(value, instance)

    def get_prep_value(self, value):
        value = super().get_prep_value(value)
        return clean_prose(value) if isinstance(value, str) else value
