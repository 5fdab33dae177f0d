"""The page that one searches on: plain addresses, whole without scripts, and nothing of it is kept."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.shortcuts import get_object_or_404
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from pages.answers import answer
from pages.cache.asked import takes
from pages.cache.headers import PRIVATE
from pages.models import Page
from pages.navigation import crumb_of, home_crumb
from pages.paging import PARAMETER
from pages.search import finding
from pages.search.finding import Answers
from pages.search.own import SEARCH
from pages.search.sources import facets, kinds

QUERY, KIND = "q", "type"
SIZE = 10
# Answers in the other written form, which stand below the visitor's own.
OTHER = 5


@dataclass(frozen=True)
class Option:
    label: str
    number: int
    url: str
    is_chosen: bool


@dataclass(frozen=True)
class Filter:
    """A way to narrow the answers; the first option takes it away."""

    label: str
    options: list[Option]


@dataclass(frozen=True)
class Asked:
    """What the address says, as far as it can be understood."""

    path: str
    text: str
    kind: str
    chosen: Mapping[str, str]
    number: int

    @property
    def codes(self) -> list[str]:
        return [facet.code(value) for facet in facets() if (value := self.chosen.get(facet.name))]

    @property
    def is_narrowed(self) -> bool:
        return bool(self.kind or self.chosen)

    def url(self, **changed: str) -> str:
        """Return this address with some of it changed; an empty value is left out."""
        values = {QUERY: self.text, KIND: self.kind, **self.chosen, **changed}
        query = urlencode({name: value for name, value in values.items() if value})
        return f"{self.path}?{query}" if query else self.path


@takes(QUERY, KIND, PARAMETER, *(facet.name for facet in facets()))
@require_safe
def search(request):
    pages = Page.objects.visible_to(request.user).in_language().with_content().with_changed_at()
    page = get_object_or_404(pages, route=SEARCH)
    context = {
        "subject": page,
        "crumbs": [home_crumb(), crumb_of(page)],
        "is_asked": False,
        "question": "",
    }
    if request.GET:
        context |= _answered(request, page)
    response = answer(request, "pages/search", context)
    if request.GET:
        # A question is one visitor's own, and no two are alike: kept, they would push pages out.
        response["Cache-Control"] = PRIVATE
        response["X-Robots-Tag"] = "noindex"
    return response


def _answered(request, page: Page) -> dict:
    labels = {facet.name: dict(facet.options()) for facet in facets()}
    asked = _asked(request, labels)
    answers = finding.find(asked.text, get_language() or "", asked.kind, asked.codes)
    asked = Asked(asked.path, answers.question.text, asked.kind, asked.chosen, asked.number)
    if answers.question.text:
        page.seo_title = gettext("“%(question)s”: search") % {"question": asked.text}
    last = max(1, -(-len(answers.own) // SIZE))
    number = min(asked.number, last)
    start = (number - 1) * SIZE
    shown = answers.own[start : start + SIZE]
    others = answers.other[:OTHER] if number == last else []
    results = finding.results(answers, [*shown, *others])
    return {
        "is_asked": bool(answers.question.text),
        "question": answers.question.text,
        "language_query": asked.url().removeprefix(asked.path),
        "answers": answers,
        "results": [result for result in results if not result.is_other],
        "others": [result for result in results if result.is_other],
        "first": start + 1,
        "filters": _filters(asked, answers, labels),
        "widened_url": asked.url(**{KIND: "", **dict.fromkeys(labels, "")})
        if asked.is_narrowed
        else "",
        "previous_url": asked.url(**{PARAMETER: str(number - 1) if number > 2 else ""})
        if number > 1
        else "",
        "next_url": asked.url(**{PARAMETER: str(number + 1)}) if number < last else "",
        "number": number,
        "last": last,
    }


def _asked(request, labels: Mapping[str, Mapping[str, str]]) -> Asked:
    """Read the address. What nobody could have chosen is as if it was not there."""
    asked, number = request.GET, request.GET.get(PARAMETER, "")
    kind = asked.get(KIND, "")
    chosen = {name: asked[name] for name, known in labels.items() if asked.get(name) in known}
    return Asked(
        path=request.path,
        text=asked.get(QUERY, ""),
        kind=kind if kind in kinds() else "",
        chosen=chosen,
        number=int(number) if number.isascii() and number.isdigit() and 0 < len(number) < 4 else 1,
    )


def _filters(
    asked: Asked, answers: Answers, labels: Mapping[str, Mapping[str, str]]
) -> list[Filter]:
    named = [(code, kind.many) for code, kind in kinds().items()]
    by_kind = _options(asked, KIND, asked.kind, named, answers.kinds)
    found = [Filter(gettext("Kind"), by_kind)]
    for facet in facets():
        counts = {value: answers.facets[facet.code(value)] for value in labels[facet.name]}
        options = _options(
            asked, facet.name, asked.chosen.get(facet.name, ""), labels[facet.name].items(), counts
        )
        found.append(Filter(str(facet.label), options))
    return [one for one in found if len(one.options) > 1]


def _options(
    asked: Asked,
    name: str,
    chosen: str,
    named: Iterable[tuple[str, object]],
    counts: Mapping[str, int],
) -> list[Option]:
    options = [
        Option(str(label), counts[value], asked.url(**{name: value}), value == chosen)
        for value, label in named
        if counts.get(value) or value == chosen
    ]
    every = Option(gettext("All"), 0, asked.url(**{name: ""}), not chosen)
    return [every, *options] if options else []
