"""The estimator's page, and the same estimate as a table for a spreadsheet."""

import csv

from django.http import HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from pages.answers import answer
from pages.cache.asked import takes
from programmes.tools.estimator.forms import PARAMETERS, city_options, municipality_options
from programmes.tools.estimator.origins import sources_of
from programmes.tools.estimator.plans import examples, plan_of
from programmes.tools.estimator.wording import euros, reckoned, what
from programmes.tools.pages import tool_page

# Added by the button that asks for one more activity.
ADD = "add"


@takes(*PARAMETERS, ADD)
@require_safe
def estimator(request):
    page, crumbs = tool_page(request, "tools:estimator")
    plan = plan_of(request.GET, adds=ADD in request.GET)
    query = plan.query.urlencode()
    context = {
        "subject": page,
        "crumbs": crumbs,
        "plan": plan,
        "examples": [] if plan.parts else examples(plan),
        "query": query,
        "language_query": f"?{query}" if query else "",
        "municipalities": municipality_options(),
        "cities": city_options(plan.rates.countries),
    }
    return answer(request, "tools/estimator", context)


@takes(*PARAMETERS)
@require_safe
def estimate_table(request):
    """The lines as CSV, which spreadsheets open: semicolons, as Norwegian ones expect."""
    plan = plan_of(request.GET)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="erasmus-anslag.csv"'
    response["X-Robots-Tag"] = "noindex"
    # Without the mark, a spreadsheet reads the letters wrongly.
    response.write("\ufeff")
    table = csv.writer(response, delimiter=";")
    header = (
        *(gettext("Activity"), gettext("What"), gettext("How it is reckoned")),
        *(gettext("Euro"), gettext("Source")),
    )
    table.writerow(header)
    for part in plan.results:
        for line, entries in part.rows:
            amount = "" if line.amount is None else euros(line.amount).replace("\u00a0", "")
            sources = ", ".join(map(str, sources_of(entries)))
            words = (part.name, what(line), reckoned(line, part.activity), amount, sources)
            table.writerow([_harmless(cell) for cell in words])
    by = gettext("By the rates of %(year)s") % {"year": plan.rates.year}
    table.writerow([gettext("Sum"), "", by, euros(plan.sum).replace("\u00a0", ""), ""])
    return response


def _harmless(cell: object) -> str:
    """A cell that begins as a formula would be run by the spreadsheet."""
    text = str(cell)
    return f"'{text}" if text[:1] in "=+-@\t\r" else text
