"""The site as it is served, but for static files under their own names: compressing them takes a while."""

from erasmus_site.settings import *  # noqa: F403
from erasmus_site.settings import STATIC_ROOT, STORAGES

STATIC_ROOT.mkdir(exist_ok=True)
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
