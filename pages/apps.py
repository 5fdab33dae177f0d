from django.apps import AppConfig
from django.conf import settings
from django.conf.locale import LANG_INFO
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    name = "pages"
    verbose_name = _("Pages and pictures")

    def ready(self):
        # The admin asks Django about every language, also those that Django has never heard of.
        for code, name in settings.LANGUAGES:
            LANG_INFO.setdefault(
                code, {"bidi": False, "code": code, "name": name, "name_local": name}
            )
