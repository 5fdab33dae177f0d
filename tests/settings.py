"""The site's settings, with what tests need to be honest and quick."""

import os
import tempfile

# Before the site's settings are read: a developer's .env must not decide what is tested.
os.environ["SECRET_KEY"] = "tests-only"
os.environ["SITE_URL"] = "https://erasmus.test"
os.environ["EXTRA_HOSTS"] = "testserver,127.0.0.1,localhost"
# Playwright keeps an event loop running beside the tests that ask the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="erasmus-tests-")
for name in (
    "BACKUP_KEEP",
    "DEBUG",
    "SITE_OPERATOR",
    "SITE_CONTACT",
    "BEHIND_PROXY",
    "INDEXNOW_KEY",
    "CONTENT_LICENCE",
    "ADMIN_PATH",
):
    os.environ.pop(name, None)
# SQLite and files, or the services that `make test-services` starts.
for name in ("DATABASE_URL", "CACHE_URL", "MEDIA_STORE_URL", "BACKUP_DIR"):
    os.environ[name] = os.environ.get(f"TEST_{name}", "")
if os.environ["CACHE_URL"]:
    # Each worker has a Redis database of its own: what one clears, another is counting.
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
    os.environ["CACHE_URL"] = f"{os.environ['CACHE_URL'].rpartition('/')[0]}/{worker}"

from erasmus_site.settings import *  # noqa: E402, F403
from erasmus_site.settings import STATIC_ROOT, STORAGES  # noqa: E402

STATIC_ROOT.mkdir(exist_ok=True)

# TLS ends before the tests' server; what follows from SITE_URL has tests of its own.
SECURE_SSL_REDIRECT = False
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
# Most tests sign in by a word; what follows from a second factor has tests of its own.
REQUIRE_SECOND_FACTOR = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
