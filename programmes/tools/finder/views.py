"""The page of the finder."""

from django.views.decorators.http import require_safe

from pages.answers import answer
from pages.cache.asked import takes
from programmes.tools.finder.addresses import read
from programmes.tools.finder.board import Board
from programmes.tools.finder.matching import QUESTIONS
from programmes.tools.finder.reading import known
from programmes.tools.pages import hold_for_this_year, tool_page


@takes(*QUESTIONS)
@require_safe
def finder(request):
    page, crumbs = tool_page(request, "tools:finder")
    hold_for_this_year(request)
    all_known = known()
    board = Board(all_known, read(request.GET, Board.keys(all_known)))
    context = {
        "subject": page,
        "crumbs": crumbs,
        "board": board,
        "language_query": board.query,
    }
    return answer(request, "tools/finder", context)
