"""The glossary's page."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from pages.answers import answer
from pages.cache.asked import takes
from programmes.models import Measure, Term
from programmes.tools.glossary.alphabet import Letter, by_letter
from programmes.tools.glossary.finding import meant
from programmes.tools.pages import tool_page
from programmes.tools.then_and_now.matching import asked, is_found

QUERY = "q"


@dataclass(frozen=True)
class Entry:
    """A term as the page shows it, in a language."""

    term: Term
    language: str

    @property
    def synonyms(self) -> tuple[str, ...]:
        return self.term.names_of("synonyms", self.language)

    @property
    def old_names(self) -> tuple[str, ...]:
        return self.term.names_of("old_names", self.language)

    @property
    def abroad(self) -> tuple[str, str]:
        """Return what it is called in the forms, which are in English; to English readers, in Norwegian."""
        code = settings.LANGUAGE_CODE if self.language == "en" else "en"
        word = self.term.translated("title", code)
        return ("", "") if word == self.term.title else (code, word)

    @property
    def measure(self) -> Measure | None:
        measure = self.term.measure
        is_seen = measure and measure.is_published and measure.exists_in(self.language)
        return measure if is_seen else None

    def is_found(self, question: str) -> bool:
        """In any language: who reads an English form may look for its words on a Norwegian page."""
        names = [name for code, _name in settings.LANGUAGES for name in self.term.all_names(code)]
        return is_found(question, names, [self.term.definition])


@takes(QUERY)
@require_safe
def glossary(request):
    page, crumbs = tool_page(request, "tools:glossary")
    entries = _entries(get_language())
    question = asked(request.GET.get(QUERY, ""))
    shown = [entry for entry in entries if entry.is_found(question)]
    context = {
        "subject": page,
        "crumbs": crumbs,
        "question": question,
        "letters": _under_letters(shown),
        "shown": len(shown),
        "number": len(entries),
        "meant": [] if shown else meant(_names(entries), question),
    }
    return answer(request, "tools/glossary", context)


def _entries(language: str) -> list[Entry]:
    terms = Term.objects.published().in_language(language)
    terms = terms.select_related("source", "measure__action", "measure__period")
    return [Entry(term, language) for term in terms]


def _under_letters(entries: Iterable[Entry]) -> list[Letter]:
    return by_letter([(entry.term.title, entry) for entry in entries], get_language() or "")


def _names(entries: Iterable[Entry]) -> list[str]:
    return [name for entry in entries for name in entry.term.all_names(entry.language)]
