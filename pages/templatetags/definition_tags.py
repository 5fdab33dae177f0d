"""What opens in place where a page first names it: words of the glossary, and figures with their sources."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from django import template
from django.conf import settings
from django.template.loader import get_template
from django.utils.module_loading import import_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from pages import definitions, sourced
from pages.defined import definitions as known_in
from pages.definitions import Definition

register = template.Library()


@register.simple_block_tag
def explain(content: str, subject, sources: Sequence[Any] = ()) -> SafeString:
    """What stands inside, with the first use of each word of the glossary explained in place.

    Not where the editors have switched it off for `subject`, nor for the word that it is about itself.
    And with the first mention of each figure opening to that of `sources` which names it.
    """
    language = get_language() or ""
    if sources:
        content = _with_sources(content, sources, language)
    if subject.explains_words:
        about = f"{subject._meta.label_lower}/{subject.pk}"
        content = definitions.mark(content, known_in(language), _term, about)
    return mark_safe(content)  # noqa: S308 - rendered by this template and those of partials/


def _with_sources(content: str, sources: Sequence[Any], language: str) -> str:
    origins = import_string(settings.FIGURES)(sources, language)
    told = cache(_source)

    def figure(words: str, naming: Sequence[Any], anchor: str) -> str:
        context = {
            "words": mark_safe(words),  # noqa: S308 - a piece of the page, escaped already
            "sources": [told(source) for source in naming],
            "anchor": anchor,
            "is_uncertain": all(source.is_secondary for source in naming),
        }
        return get_template("partials/sourced.html").render(context).strip()

    return sourced.mark(content, origins.first_mentions, figure)


def _source(source: Any) -> SafeString:
    told = get_template("partials/source.html").render({"source": source})
    return mark_safe(told.strip())  # noqa: S308 - rendered by a template


def _term(definition: Definition, words: str) -> str:
    context = {
        "definition": definition,
        "words": mark_safe(words),  # noqa: S308 - a piece of the page, escaped already
        "is_former": words.casefold() in {name.casefold() for name in definition.former},
    }
    return get_template("partials/term.html").render(context).strip()
