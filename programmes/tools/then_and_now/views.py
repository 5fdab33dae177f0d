"""The page of old names."""

from dataclasses import dataclass

from django.conf import settings
from django.utils import translation
from django.views.decorators.http import require_safe

from pages.answers import answer
from pages.cache.asked import takes
from programmes.models import FormerName
from programmes.tools.pages import tool_page
from programmes.tools.then_and_now.matching import asked, is_found

ROUTE = "tools:then_and_now"
# Editors keep some dozens; a page of more would help nobody, and its work must have an end.
MOST = 500


@dataclass(frozen=True)
class Group:
    """The old names of one kind, in order."""

    kind: str
    label: str
    names: list[FormerName]

    @property
    def anchor(self) -> str:
        return f"kind-{self.kind}"


@takes("q")
@require_safe
def then_and_now(request):
    page, crumbs = tool_page(request, ROUTE)
    question = asked(request.GET.get("q", ""))
    language = translation.get_language() or settings.LANGUAGE_CODE
    names = list(FormerName.objects.in_language(language).with_content()[:MOST])
    found = [name for name in names if _is_found(question, name)]
    context = {
        "subject": page,
        "question": question,
        "groups": _by_kind(found),
        "found": len(found),
        "sources": sorted({name.source for name in found if name.source}, key=str),
        "crumbs": crumbs,
    }
    return answer(request, "tools/then_and_now", context)


def _is_found(question: str, name: FormerName) -> bool:
    """In any language: who read an old English form may look for its words on a Norwegian page."""
    codes = [code for code, _name in settings.LANGUAGES]
    names = [name.translated(field, code) for field in ("title", "today") for code in codes]
    return is_found(question, names, [name.note or ""])


def _by_kind(names: list[FormerName]) -> list[Group]:
    groups = (
        Group(kind, str(FormerName.Kind(kind).label), [n for n in names if n.kind == kind])
        for kind in FormerName.Kind.values
    )
    return [group for group in groups if group.names]
