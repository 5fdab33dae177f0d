"""The overview "For skole og barnehage", the actions and the measures."""

from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from pages.answers import answer
from pages.cache.asked import takes
from pages.models import Page, load_rows
from pages.paging import PARAMETER, part_of
from programmes.models import Action, Measure
from programmes.models.measure import MeasureQuerySet
from programmes.navigation import OVERVIEW, crumbs_below_overview
from programmes.structured_data import action_service, measure_service

# The overview is the start document, which describes this period.
OVERVIEW_PERIOD = "2014-2020"
# Measures of each action in the overview, and in each part of the action's own list.
LISTED = 24
PART = 48


@require_safe
def overview(request):
    pages = Page.objects.visible_to(request.user).in_language().with_content().with_changed_at()
    page = get_object_or_404(pages, route=OVERVIEW)
    measures = Measure.objects.visible_to(request.user).in_language().of_period(OVERVIEW_PERIOD)
    actions = list(Action.objects.visible_to(request.user).in_language().with_content())
    _list_measures(actions, measures)
    load_rows([*page.collages, *(action.collage for action in actions)])
    # The menu shows the same actions: no need to ask for them twice.
    request.menu_actions = [action for action in actions if action.is_published]
    context = {"subject": page, "actions": actions, "crumbs": crumbs_below_overview(request)}
    return answer(request, "programmes/overview", context)


def _list_measures(actions: list[Action], measures: MeasureQuerySet) -> None:
    """Give each action the first of its measures as `listed_measures`, and whether it `has_more`."""
    by_action: dict[int, list[Measure]] = {action.pk: [] for action in actions}
    named = {action.pk: action for action in actions}
    for measure in measures.first_of_each(actions, LISTED + 1).for_list():
        measure.action = named[measure.action_id]
        by_action[measure.action_id].append(measure)
    for action in actions:
        found = by_action[action.pk]
        action.listed_measures, action.has_more = found[:LISTED], len(found) > LISTED


@takes(PARAMETER)
@require_safe
def action_detail(request, slug):
    actions = Action.objects.visible_to(request.user).in_language().with_content()
    actions = actions.with_sources().with_changed_at()
    action = get_object_or_404(actions, slug=slug)
    load_rows([action.collage])
    measures = (
        action.measures.visible_to(request.user)
        .in_language()
        .for_list()
        .select_related("period")
        .order_by("-period__first_year", "position", "pk")
    )
    context = {
        "subject": action,
        "main_entity": action_service(action),
        "part": part_of(measures, request, PART),
        "crumbs": crumbs_below_overview(request, action),
    }
    return answer(request, "programmes/action_detail", context)


@require_safe
def measure_detail(request, action_slug, slug):
    measures = Measure.objects.visible_to(request.user).in_language()
    measures = measures.with_content().with_neighbours().with_next_deadline()
    measures = measures.with_changed_at()
    measure = get_object_or_404(measures, action__slug=action_slug, slug=slug)
    context = {
        "subject": measure,
        "main_entity": measure_service(measure),
        "connections": measure.connections(),
        "crumbs": crumbs_below_overview(request, measure.action, measure),
    }
    return answer(request, "programmes/measure_detail", context)
