from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class ErasmusSiteConfig(AppConfig):
    name = "erasmus_site"

    def ready(self):
        # Here and not above: it reads settings.
        from erasmus_site.operation import faults

        faults.begin()


class ErasmusAdminConfig(AdminConfig):
    default_site = "erasmus_site.admin.ErasmusAdminSite"
