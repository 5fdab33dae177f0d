"""What belongs to no single app: the home page and robots.txt."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from pages.languages import absolute
from pages.models import Page
from pages.navigation import home_crumb
from programmes.models import Action


@require_safe
def home(request):
    pages = Page.objects.visible_to(request.user).in_language().with_content()
    page = get_object_or_404(pages, route="home")
    actions = Action.objects.visible_to(request.user).in_language().select_related("image")
    # The menu shows the same actions: no need to ask for them twice.
    request.menu_actions = [action for action in actions if action.is_published]
    context = {"subject": page, "actions": actions, "crumbs": [home_crumb()]}
    return render(request, "erasmus_site/home.html", context)


@require_safe
def robots(request):
    lines = [
        "User-agent: *",
        f"Disallow: {reverse('admin:index')}",
        f"Sitemap: {absolute(reverse('sitemap'))}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
