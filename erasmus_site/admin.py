"""The editors' room: Django's admin under this site's name."""

from django.contrib.admin import AdminSite
from django.utils.translation import gettext_lazy as _


class ErasmusAdminSite(AdminSite):
    site_header = _("Erasmus+ for schools and kindergartens")
    site_title = _("Editing")
    index_title = _("What do you want to change?")
    enable_nav_sidebar = True
