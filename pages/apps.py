from django.apps import AppConfig
from django.conf import settings
from django.conf.locale import LANG_INFO
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from pages.cache import generation
from pages.roles import make_roles


class PagesConfig(AppConfig):
    name = "pages"
    verbose_name = _("Pages and pictures")

    def ready(self):
        post_migrate.connect(_make_roles, dispatch_uid="pages.roles")
        post_migrate.connect(_watch_content, dispatch_uid="pages.generation")
        # Not before all models are there.
        from pages.discovery import sharing

        sharing.watch()
        # The admin asks Django about every language, also those that Django has never heard of.
        for code, name in settings.LANGUAGES:
            LANG_INFO.setdefault(
                code, {"bidi": False, "code": code, "name": name, "name_local": name}
            )


def _make_roles(sender, apps, using, **options):
    """After Django has made the permissions of an app's models."""
    if sender.label in settings.EDITED_APPS:
        make_roles(apps.get_model("auth", "Group"), apps.get_model("auth", "Permission"), using)


def _watch_content(sender, using, **options):
    """After the last of the apps whose content is watched has its tables."""
    if sender.label == settings.EDITED_APPS[-1]:
        from pages.search import watching

        generation.watch(using)
        watching.watch(using)
