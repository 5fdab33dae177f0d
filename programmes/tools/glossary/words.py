"""The glossary's words as texts explain them: settings.DEFINITIONS leads here."""

from collections.abc import Iterator

from django.utils import translation

from pages.definitions import Definition
from programmes.models import Measure, Term


def definitions(language: str) -> Iterator[Definition]:
    """Yield the words that are explained in texts of `language`. One query."""
    terms = Term.objects.published().in_language(language).filter(is_explained=True)
    with translation.override(language):
        for term in terms.order_by("pk"):
            yield _definition(term, language)


def _definition(term: Term, language: str) -> Definition:
    about = f"{Measure._meta.label_lower}/{term.measure_id}" if term.measure_id else ""
    return Definition(
        code=term.code or "",
        title=term.translated("title", language),
        text=term.translated("definition", language),
        url=term.get_absolute_url(),
        names=term.names_of("synonyms", language),
        former=term.names_of("old_names", language),
        about=about,
    )
