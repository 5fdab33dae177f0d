"""Every setting of the site, read top to bottom.

Values come from the environment or from a file `.env` beside `manage.py` (`make run` writes one at
its first run). Nothing but SECRET_KEY must be set: the defaults are safe and run on one machine.
"""

import re
from pathlib import Path

import environ
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
env.read_env(BASE_DIR / ".env")

# --- Where the site lives -------------------------------------------------------------------

# Everything that must survive a release: database, pictures. Also the collected static files.
DATA_DIR = Path(env("DATA_DIR", default="") or BASE_DIR / "var")
# SQLite makes its file but not the folder above it.
DATA_DIR.mkdir(parents=True, exist_ok=True)

# The one origin that visitors see. Canonical addresses, allowed hosts and TLS all follow from it.
SITE_URL = env("SITE_URL", default=f"http://127.0.0.1:{env('PORT', default='8000')}").rstrip("/")
_ORIGIN = re.compile(
    r"(?P<scheme>https?)://(?P<host>[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?"
)
_origin = _ORIGIN.fullmatch(SITE_URL)
if _origin is None:
    raise ImproperlyConfigured(
        f"SITE_URL is {SITE_URL!r}; write scheme and host only, as in https://erasmus.example.no"
    )
IS_TLS = _origin["scheme"] == "https"
ALLOWED_HOSTS = [_origin["host"], *env.list("EXTRA_HOSTS", default=["127.0.0.1", "localhost"])]

# Who runs the site and how to reach them: printed in the footer of every page when set.
SITE_OPERATOR = env("SITE_OPERATOR", default="")
SITE_CONTACT = env("SITE_CONTACT", default="")

# Whether links to this machine and its own network are asked too when links are checked.
LINK_CHECK_PRIVATE = env.bool("LINK_CHECK_PRIVATE", default=False)

# --- Secrets and safety ---------------------------------------------------------------------

SECRET_KEY = env("SECRET_KEY", default="")
if not SECRET_KEY:
    raise ImproperlyConfigured(
        "SECRET_KEY is missing: set it in the environment or in the file .env "
        "(`make run` writes one for you)."
    )
DEBUG = env.bool("DEBUG", default=False)

SECURE_SSL_REDIRECT = IS_TLS
SECURE_HSTS_SECONDS = 63_072_000 if IS_TLS else 0
# On the bare domain of a municipality this would bind all its other sites: the operator's choice.
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = env.bool("HSTS_SUBDOMAINS", default=False)
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_TLS
if env.bool("BEHIND_PROXY", default=IS_TLS):
    # gunicorn itself speaks no TLS here and listens on loopback: whoever reaches it is the proxy.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"

# Visitors' pages run no script at all, so none is allowed.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "style-src": [SELF],
        "img-src": [SELF],
        "manifest-src": [SELF],
        # No script runs that could connect: this lets tools that judge a page read its robots.txt.
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
# What the admin needs beyond that. The hash is the one style element that the prose editor's
# Tiptap injects; it changes with the package, and tests/browser/test_admin.py holds it.
ADMIN_CSP = {
    "script-src": [SELF, NONCE],
    "style-src": [SELF, "'sha256-PlumsSlvJ7vvWzjqibGAYKq92O3y/4JTxWWsWJvyUYA='"],
    "font-src": [SELF],
    # A picture just chosen is shown before it is sent: from the browser's memory, whose addresses only
    # the page's own scripts can make.
    "img-src": ["blob:"],
    # The collage's form shows the site's own page of it.
    "frame-src": [SELF],
}

# --- Parts ----------------------------------------------------------------------------------

INSTALLED_APPS = [
    # modeltranslation must stand before the admin.
    "modeltranslation",
    "erasmus_site.apps.ErasmusAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "adminsortable2",
    "csp",
    "django_prose_editor",
    "pages",
    "programmes",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # No visitor's page holds a secret, and Django pads its answers against guessing by length.
    "pages.middleware.TextCompressionMiddleware",
    "pages.middleware.CacheControlMiddleware",
    "csp.middleware.CSPMiddleware",
    "erasmus_site.middleware.AdminPolicyMiddleware",
    "erasmus_site.middleware.NextPageMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "pages.middleware.PathLanguageMiddleware",
    "erasmus_site.middleware.EditorLanguageMiddleware",
    "erasmus_site.middleware.SlashMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "pages.due.DueMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "pages.middleware.LinkMiddleware",
]
ROOT_URLCONF = "erasmus_site.urls"
WSGI_APPLICATION = "erasmus_site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

# --- Data -----------------------------------------------------------------------------------

DATABASE_URL = env("DATABASE_URL", default="") or f"sqlite:///{DATA_DIR / 'db.sqlite3'}"
try:
    DATABASES = {"default": env.db_url_config(DATABASE_URL)}
except ValueError:
    DATABASES = {"default": {}}
if not DATABASES["default"].get("ENGINE", "").startswith("django.db.backends."):
    raise ImproperlyConfigured(
        "DATABASE_URL is not an address of a database; write one such as "
        "postgres://user:password@host/name, or leave it out for SQLite."
    )
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        # Take the write lock at the start: a reader that turns writer would fail at once.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # FULL: an acknowledged save survives a power cut.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-8000",
    }
DATABASES["default"]["CONN_MAX_AGE"] = None
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Whole pages, kept for all visitors: in files that the processes of one machine share, or wherever
# CACHE_URL points. Pages that are not asked for any longer make room for others.
CACHES = {"default": env.cache_url("CACHE_URL", default=f"filecache://{DATA_DIR / 'cache'}")}
CACHES["pages"] = CACHES["default"] | {
    "KEY_PREFIX": "pages",
    "OPTIONS": CACHES["default"].get("OPTIONS", {}) | {"MAX_ENTRIES": 2_000},
}
# How long a cache before the site may show a page without asking for it, in seconds. 0: always ask.
CDN_SECONDS = env.int("CDN_SECONDS", default=0)

MEDIA_ROOT = DATA_DIR / "media"
MEDIA_URL = "/media/"
STATIC_ROOT = DATA_DIR / "static"
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# Which pages a browser may fetch before they are clicked; it asks for just this type.
WHITENOISE_MIMETYPES = {".speculationrules": "application/speculationrules+json"}
# A picture of 20 MB from a camera is welcome; a larger one is refused with a sentence by the form.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
# A measure's form with three languages and its inlines holds a few hundred fields.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000

# --- Languages ------------------------------------------------------------------------------

# Bokmål is the default and stands at the root; the others have a prefix. README tells how to add one.
LANGUAGE_CODE = "nb"
LANGUAGES = [("nb", "Bokmål"), ("nn", "Nynorsk"), ("en", "English")]
# Actions, measures and pictures have words in each of these, always; a prose page may have fewer.
REQUIRED_LANGUAGES = ["nb", "nn", "en"]
# An editor's choice of language, sent to the admin only: a visitor never gets a cookie.
LANGUAGE_COOKIE_NAME = "editor_language"
LANGUAGE_COOKIE_PATH = "/admin/"
LANGUAGE_COOKIE_AGE = 10 * 365 * 24 * 60 * 60
LANGUAGE_COOKIE_SECURE = IS_TLS
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Oslo"
USE_TZ = True
USE_THOUSAND_SEPARATOR = False

# What is not translated does not exist in that language: no text ever stands in for another.
MODELTRANSLATION_FALLBACK_LANGUAGES = {"default": ()}

# --- Logs -----------------------------------------------------------------------------------

# To standard error, for whatever keeps the server's log; without this a fault would be told nowhere.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # An address that does not exist is no fault of ours.
    "loggers": {"django.request": {"level": "ERROR"}},
}

# --- Editors --------------------------------------------------------------------------------

AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "admin:login"
# What pages with an address in the URL table list besides their own words, with the pictures that they
# show of it, so that they are known to have changed when one of those has.
ROUTES_LIST = {
    "home": {"programmes.Action": ["image"]},
    "programmes:overview": {
        "programmes.Action": ["collage", "collage__collageimage", "collage__images"],
        "programmes.Measure": [],
    },
}
# Apps whose records the roles of pages/roles.py may see and change.
EDITED_APPS = ["pages", "programmes"]
