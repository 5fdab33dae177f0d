"""The site's settings, with what lets it start quickly: static files without the content in their names."""

from erasmus_site.settings import *  # noqa: F403
from erasmus_site.settings import STATIC_ROOT, STORAGES

STATIC_ROOT.mkdir(exist_ok=True)
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
