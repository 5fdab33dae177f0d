"""What belongs to no single app: the home page and robots.txt."""

from django.contrib.admin.views.decorators import staff_member_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from pages.answers import answer
from pages.languages import absolute
from pages.models import Collage, Page, load_rows
from pages.navigation import Crumb, home_crumb
from programmes.models import Action, Measure


@require_safe
def home(request):
    pages = Page.objects.visible_to(request.user).in_language().with_content().with_changed_at()
    page = get_object_or_404(pages, route="home")
    load_rows(page.collages)
    actions = Action.objects.visible_to(request.user).in_language().select_related("image")
    # The menu shows the same actions: no need to ask for them twice.
    request.menu_actions = [action for action in actions if action.is_published]
    context = {"subject": page, "actions": actions, "crumbs": [home_crumb()]}
    return answer(request, "erasmus_site/home", context)


@require_safe
@staff_member_required
def style_guide(request):
    """Every part of the look, for those who work on it."""
    context = {
        "subject": Measure.objects.with_content().first(),
        "crumbs": [home_crumb(), Crumb("Stil", request.path)],
        "collage": Collage.objects.first(),
        "schemes": ["light", "dark"],
        "themes": ["", *Action.objects.values_list("code", flat=True)],
    }
    return render(request, "erasmus_site/style_guide.html", context)


@require_safe
def robots(request):
    lines = [
        "User-agent: *",
        f"Disallow: {reverse('admin:index')}",
        "Disallow: /forhandsvisning/",
        "Disallow: /lenke/",
        # Parts of long lists, and whatever else is chosen by what stands after the address.
        "Disallow: /*?",
        f"Sitemap: {absolute(reverse('sitemap'))}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
