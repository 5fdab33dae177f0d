"""llms.txt: what an assistant reads first, a line for each page and the address of its Markdown."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from pages.answers import tidy
from pages.languages import in_every_language
from pages.models import Page
from programmes.models import Action, Measure

# Measures of each action, and pages, that are listed here; the sitemap names all.
LISTED = 200


@require_safe
def llms(request):
    """The shape is that of llmstxt.org; only what visitors see, also for editors."""
    pages = Page.objects.published().in_language().with_seo_texts().order_by("position", "pk")
    context = {
        "pages": list(pages[:LISTED]),
        "actions": _actions_with_measures(),
        "home": get_object_or_404(Page.objects.in_language(), route="home"),
        "versions": in_every_language("llms"),
        "sitemap": reverse("sitemap"),
    }
    response = render(
        request, "erasmus_site/llms.md", context, content_type="text/plain; charset=utf-8"
    )
    response.content = tidy(response.content.decode()).encode()
    # The list is for machines to read and no page to find.
    response["X-Robots-Tag"] = "noindex"
    return response


def _actions_with_measures() -> list[Action]:
    """Return the actions, each with the first of its measures as `listed_measures`: two queries."""
    actions = list(Action.objects.published().in_language())
    measures = Measure.objects.published().in_language().first_of_each(actions, LISTED)
    by_action: dict[int, list[Measure]] = {action.pk: [] for action in actions}
    for measure in measures.select_related("action", "period"):
        by_action[measure.action_id].append(measure)
    for action in actions:
        found = by_action[action.pk]
        # What holds now comes first; the sort keeps the order within a period.
        action.listed_measures = sorted(found, key=lambda m: -m.period.first_year)
    return actions
