"""The editors' room: Django's admin under this site's name, in the editors' words and order."""

from allauth.decorators import rate_limit
from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.http import FileResponse, Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.i18n import JavaScriptCatalog, set_language

from erasmus_site import guide

# The menu. What is not named here comes last, so that nothing disappears.
MENU = (
    (
        _("Content"),
        (
            *("pages.page", "programmes.action", "programmes.measure"),
            *("pages.feedback", "pages.translationfile"),
        ),
    ),
    (_("Pictures"), ("pages.image", "pages.collage")),
    (
        _("Deadlines and plans"),
        (
            *("programmes.deadline", "programmes.call", "programmes.calltype"),
            *("programmes.planstep", "programmes.schoolholiday", "programmes.schoolarea"),
        ),
    ),
    (
        _("Background"),
        (
            *("programmes.audience", "programmes.purpose", "programmes.experience"),
            *("programmes.period", "programmes.source"),
            *("programmes.term", "programmes.formername"),
            *("programmes.eligibilityroute", "programmes.eligibilityrule", "pages.link"),
        ),
    ),
    (
        _("Money"),
        (
            *("programmes.rateset", "programmes.exchangerate", "programmes.country"),
            *("programmes.budgetexample", "programmes.packetpoint"),
        ),
    ),
    (_("People"), ("auth.user", "auth.group")),
)
REST = _("Other")


class ErasmusAdminSite(AdminSite):
    site_header = settings.SITE_NAME
    site_title = _("Editing")
    index_title = _("What do you want to change?")

    def get_urls(self):
        picture = self.admin_view(self.guide_picture, cacheable=True)
        return [
            path("language/", set_language, name="set_language"),
            path("veiledning/", self.admin_view(self.guide), name="guide"),
            path("veiledning/<str:name>", picture, name="guide_picture"),
            *super().get_urls(),
        ]

    def each_context(self, request):
        return {
            **super().each_context(request),
            "site_url": reverse("home"),
            "editor_languages": settings.LANGUAGES,
        }

    def login(self, request, extra_context=None):
        """The one way in is the account pages', which ask for the second factor too."""
        if self.has_permission(request):
            return redirect("admin:index")
        if request.user.is_authenticated:
            return redirect("account_inactive")
        asked_for = request.GET.get("next") or reverse("admin:index")
        return redirect_to_login(asked_for, reverse("account_login"))

    @method_decorator(rate_limit(action="change_password"))
    def password_change(self, request, extra_context=None):
        return super().password_change(request, extra_context)

    def index(self, request, extra_context=None):
        # Here and not above: models are not ready when Django reads this module.
        from erasmus_site.desk import panels

        return super().index(request, {"panels": panels(request), **(extra_context or {})})

    def guide(self, request):
        shown = guide.read_guide()
        context = {
            **self.each_context(request),
            "title": shown.title,
            "guide": shown,
            "guide_language": guide.LANGUAGE,
        }
        return TemplateResponse(request, "admin/guide.html", context)

    def guide_picture(self, request, name):
        path = guide.picture(name)
        if path is None:
            raise Http404
        headers = {"Cache-Control": "private, max-age=3600"}
        return FileResponse(path.open("rb"), content_type="image/webp", headers=headers)

    def get_app_list(self, request, app_label=None):
        """Group the records as editors think of them, not by where their code lies."""
        apps = super().get_app_list(request, app_label)
        if app_label:
            return apps
        found = {m["model"]._meta.label_lower: m for app in apps for m in app["models"]}
        groups = [
            _group(name, [found.pop(label) for label in labels if label in found])
            for name, labels in MENU
        ]
        return [group for group in [*groups, _group(REST, list(found.values()))] if group["models"]]

    def i18n_javascript(self, request, extra_context=None):
        """The words of the admin's scripts, and those of the prose editor's toolbar beside them."""
        packages = ["django.contrib.admin", "django_prose_editor"]
        return JavaScriptCatalog.as_view(packages=packages)(request)


def _group(name, models) -> dict:
    return {"name": name, "models": models}
