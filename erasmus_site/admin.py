"""The editors' room: Django's admin under this site's name."""

from django.contrib.admin import AdminSite
from django.utils.translation import gettext_lazy as _
from django.views.i18n import JavaScriptCatalog


class ErasmusAdminSite(AdminSite):
    site_header = _("Erasmus+ for schools and kindergartens")
    site_title = _("Editing")
    index_title = _("What do you want to change?")

    def i18n_javascript(self, request, extra_context=None):
        """The words of the admin's scripts, and those of the prose editor's toolbar beside them."""
        packages = ["django.contrib.admin", "django_prose_editor"]
        return JavaScriptCatalog.as_view(packages=packages)(request)
