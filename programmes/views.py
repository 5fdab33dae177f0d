"""The overview "For skole og barnehage", the actions and the measures."""

from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from pages.models import Page, load_rows
from programmes.models import Action, Measure
from programmes.navigation import OVERVIEW, crumbs_below_overview

# The overview is the start document, which describes this period.
OVERVIEW_PERIOD = "2014-2020"


@require_safe
def overview(request):
    pages = Page.objects.visible_to(request.user).in_language().with_content()
    page = get_object_or_404(pages, route=OVERVIEW)
    measures = Measure.objects.visible_to(request.user).in_language().of_period(OVERVIEW_PERIOD)
    actions = (
        Action.objects.visible_to(request.user)
        .in_language()
        .with_content()
        .prefetch_related(Prefetch("measures", measures.for_list(), to_attr="listed_measures"))
    )
    load_rows([*page.collages, *(action.collage for action in actions)])
    # The menu shows the same actions: no need to ask for them twice.
    request.menu_actions = [action for action in actions if action.is_published]
    context = {"subject": page, "actions": actions, "crumbs": crumbs_below_overview(request)}
    return render(request, "programmes/overview.html", context)


@require_safe
def action_detail(request, slug):
    actions = Action.objects.visible_to(request.user).in_language().with_content()
    actions = actions.prefetch_related("sources")
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
        "measures": measures,
        "crumbs": crumbs_below_overview(request, action),
    }
    return render(request, "programmes/action_detail.html", context)


@require_safe
def measure_detail(request, action_slug, slug):
    measures = Measure.objects.visible_to(request.user).in_language()
    measures = measures.with_content().with_neighbours()
    measure = get_object_or_404(measures, action__slug=action_slug, slug=slug)
    previous, following = measure.neighbours()
    context = {
        "subject": measure,
        "previous": previous,
        "following": following,
        "crumbs": crumbs_below_overview(request, measure.action, measure),
    }
    return render(request, "programmes/measure_detail.html", context)
