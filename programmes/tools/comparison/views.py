"""The page of the comparison."""

from django.views.decorators.http import require_safe

from pages.answers import answer
from pages.cache.asked import takes
from programmes.tools.comparison.choosing import (
    FEWEST,
    MOST,
    MOST_ASKED,
    PARAMETER,
    keys_in,
    query_of,
)
from programmes.tools.comparison.reading import alike, chosen, to_choose_from
from programmes.tools.comparison.table import table
from programmes.tools.pages import hold_for_this_year, tool_page


@takes(repeated={PARAMETER: MOST_ASKED})
@require_safe
def comparison(request):
    page, crumbs = tool_page(request, "tools:comparison")
    hold_for_this_year(request)
    asked = request.GET.getlist(PARAMETER)
    measures = chosen(keys_in(asked))
    keys = [measure.key for measure in measures]
    context = {
        "subject": page,
        "crumbs": crumbs,
        "is_untouched": not asked,
        "has_unknown": len(set(asked)) > len(measures),
        "measures": measures,
        "table": table(measures) if FEWEST <= len(measures) <= MOST else None,
        "has_too_many": len(measures) > MOST,
        "suggested": _suggested(measures),
        "groups": to_choose_from(measures),
        "chosen_keys": keys,
        "language_query": query_of(keys),
    }
    return answer(request, "tools/comparison", context)


def _suggested(measures) -> list:
    """Where one measure is chosen: others to compare it with, each with the address of that."""
    if len(measures) != 1:
        return []
    return [(m, query_of([measures[0].key, m.key])) for m in alike(measures[0], MOST)]
