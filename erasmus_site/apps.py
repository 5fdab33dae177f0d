from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.core import checks


class ErasmusAdminConfig(AdminConfig):
    default_site = "erasmus_site.admin.ErasmusAdminSite"


class ErasmusSiteConfig(AppConfig):
    """The front desk has no models; it is an app for its commands' sake."""

    name = "erasmus_site"

    def ready(self):
        # Here and not above: both read settings.
        from erasmus_site.operation import faults, readiness

        faults.begin()
        checks.register(readiness.check, checks.Tags.database)
