"""Words that are explained where a page first uses them."""

from django import template
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from pages.defined import definitions
from pages.definitions import Definition, mark

register = template.Library()


@register.simple_block_tag
def explain_words(content: str, subject) -> SafeString:
    """What stands inside, with the first use of each word of the glossary explained in place.

    Not where the editors have switched it off for `subject`, nor for the word that it is about itself.
    """
    if not subject.explains_words:
        return mark_safe(content)  # noqa: S308 - rendered by this template
    known = definitions(get_language() or "")
    about = f"{subject._meta.label_lower}/{subject.pk}"
    return mark_safe(mark(content, known, _term, about))  # noqa: S308 - as above, and partials/term.html


def _term(definition: Definition, words: str) -> str:
    context = {
        "definition": definition,
        "words": mark_safe(words),  # noqa: S308 - a piece of the page, escaped already
        "is_former": words.casefold() in {name.casefold() for name in definition.former},
    }
    return get_template("partials/term.html").render(context).strip()
