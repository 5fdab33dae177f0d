"""What belongs to no single app: the home page, the manifest, robots.txt and security.txt."""

from datetime import UTC, datetime, time, timedelta

from django.conf import settings
from django.contrib.admin.views.decorators import staff_member_required
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from pages.answers import answer
from pages.languages import absolute
from pages.models import Collage, Page, load_rows
from pages.navigation import Crumb, home_crumb
from programmes.models import Action, Audience, Deadline, Measure
from programmes.navigation import tool
from programmes.tools.finder.board import Choice, beginnings

# How many of the next deadlines the home page tells.
DEADLINES_SHOWN = 3
# Renewed each day, so that a site which nobody runs any longer stops being answered for.
SECURITY_TXT_HOLDS = timedelta(days=90)


@require_safe
def home(request):
    pages = Page.objects.visible_to(request.user).in_language().with_content().with_changed_at()
    # The finder's first question is read along with the page that asks it.
    pages = pages.annotate(audience_rows=Audience.along(Audience.objects.all()))
    page = get_object_or_404(pages, route="home")
    load_rows(page.collages)
    actions = Action.objects.visible_to(request.user).in_language().select_related("image")
    # The menu shows the same actions: no need to ask for them twice.
    request.menu_actions = [action for action in actions if action.is_published]
    context = {
        "subject": page,
        "actions": actions,
        "beginnings": _beginnings(request, page),
        "deadlines": Deadline.objects.upcoming(timezone.now()).with_call()[:DEADLINES_SHOWN],
        "crumbs": [home_crumb()],
    }
    return answer(request, "erasmus_site/home", context)


def _beginnings(request, page) -> list[Choice]:
    return beginnings(Audience.told(page.audience_rows)) if tool(request, "tools:finder") else []


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
def manifest(request):
    """What a phone shows of the site when it lies among its apps, in the path's language."""
    home = reverse("home")
    sizes = [("icons/icon-192.png", "192x192", "any"), ("icons/icon-512.png", "512x512", "any")]
    sizes.append(("icons/maskable-512.png", "512x512", "maskable"))
    words = {
        "id": home,
        "name": str(settings.SITE_NAME),
        "short_name": "Erasmus+",
        "description": gettext(
            "What Erasmus+ can give schools and kindergartens in Norway, who applies, and how to begin."
        ),
        "lang": get_language(),
        "dir": "ltr",
        "start_url": home,
        # The other languages are the same site.
        "scope": "/",
        "display": "minimal-ui",
        "background_color": "#fbf6ec",
        "theme_color": "#f1e6d0",
        "icons": [
            {"src": static("favicon.svg"), "sizes": "any", "type": "image/svg+xml"},
            *(
                {"src": static(name), "sizes": size, "type": "image/png", "purpose": purpose}
                for name, size, purpose in sizes
            ),
        ],
    }
    return JsonResponse(words, content_type="application/manifest+json")


@require_safe
def robots(request):
    # An admin that has been given an address of its own is not told of where everybody looks.
    admin = [f"Disallow: {reverse('admin:index')}"] if settings.ADMIN_PATH == "admin/" else []
    lines = [
        "User-agent: *",
        *admin,
        "Disallow: /forhandsvisning/",
        "Disallow: /lenke/",
        # Parts of long lists, and whatever else is chosen by what stands after the address.
        "Disallow: /*?",
        f"Sitemap: {absolute(reverse('sitemap'))}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
def security_txt(request):
    """Whom to tell of a hole in the site, as RFC 9116 has it. Not for the page cache: it expires."""
    contact = settings.SECURITY_CONTACT
    if not contact:
        raise Http404
    expires = datetime.combine(timezone.now().date(), time(), UTC) + SECURITY_TXT_HOLDS
    lines = [
        f"Contact: {contact if ':' in contact else f'mailto:{contact}'}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        f"Preferred-Languages: {', '.join(code for code, _name in settings.LANGUAGES)}",
        f"Canonical: {absolute(reverse('security_txt'))}",
        "",
    ]
    response = HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
    response.headers["Cache-Control"] = "max-age=86400"
    return response
