"""Every setting of the site, read top to bottom.

Values come from the environment or from a file `.env` beside `manage.py` (`make run` writes one at
its first run). Nothing but SECRET_KEY must be set: the defaults are safe and run on one machine.
"""

import re
from pathlib import Path

import environ
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from erasmus_site import addresses, listing

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
env.read_env(BASE_DIR / ".env")


def _whole_number(name: str, default: int) -> int:
    try:
        return int(env(name, default="") or default)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} is {env(name)!r}; write a whole number.") from error


# --- Where the site lives -------------------------------------------------------------------

# Everything that must survive a release: database, pictures. Also the collected static files.
DATA_DIR = Path(env("DATA_DIR", default="") or BASE_DIR / "var")
try:
    # SQLite makes its file but not the folder above it.
    DATA_DIR.mkdir(parents=True, exist_ok=True)
except OSError as error:
    raise ImproperlyConfigured(
        f"DATA_DIR is {str(DATA_DIR)!r}, which cannot be made ({error.strerror}): "
        "name a folder that the site's user may write to."
    ) from error

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

# What the site is called, in result lists, shared links and the admin.
SITE_NAME = _("Erasmus+ for schools and kindergartens")
# Who runs the site and how to reach them: printed in the footer of every page when set.
SITE_OPERATOR = env("SITE_OPERATOR", default="")
SITE_CONTACT = env("SITE_CONTACT", default="")
# Where faults in safety are told of, in /.well-known/security.txt: an email address or a URL.
SECURITY_CONTACT = env("SECURITY_CONTACT", default=SITE_CONTACT)

# Where editors sign in and work. All that is theirs lies below it, the account pages too.
ADMIN_PATH = env("ADMIN_PATH", default="admin/")
if not re.fullmatch(r"[A-Za-z0-9-]+/", ADMIN_PATH):
    raise ImproperlyConfigured(
        f"ADMIN_PATH is {ADMIN_PATH!r}; write letters, digits and dashes with one slash at the end, "
        "as in redigering/"
    )

# Search engines are told of new, changed and withdrawn pages by `manage.py indexnow` when there is a
# key: any word of these signs. It is no secret; the site shows it to prove that the word is its own.
INDEXNOW_KEY = env("INDEXNOW_KEY", default="")
if INDEXNOW_KEY and not re.fullmatch(r"[A-Za-z0-9-]{8,128}", INDEXNOW_KEY):
    raise ImproperlyConfigured(
        f"INDEXNOW_KEY is {INDEXNOW_KEY!r}; write 8 to 128 letters from a to z, digits and dashes, "
        "or leave it out to tell search engines nothing."
    )
INDEXNOW_ENDPOINT = env("INDEXNOW_ENDPOINT", default="https://api.indexnow.org/indexnow")
if not re.match(r"https?://[^/]", INDEXNOW_ENDPOINT):
    raise ImproperlyConfigured(
        f"INDEXNOW_ENDPOINT is {INDEXNOW_ENDPOINT!r}; write a whole address, as in "
        "https://api.indexnow.org/indexnow"
    )
# On what terms others may use the site's words and drawings: a name and an address, stated on every
# page. The operator decides; empty: nothing is stated, and the law's own terms hold.
_licence = env("CONTENT_LICENCE", default="CC BY 4.0 https://creativecommons.org/licenses/by/4.0/")
_name, _, _address = _licence.strip().rpartition(" ")
if _licence.strip() and not (_name and re.fullmatch(r"https?://\S+", _address)):
    raise ImproperlyConfigured(
        f"CONTENT_LICENCE is {_licence!r}; write a name and an address, as in "
        "CC BY 4.0 https://creativecommons.org/licenses/by/4.0/"
    )
CONTENT_LICENCE = {"name": _name.strip(), "url": _address}

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
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=IS_TLS)
# How many proxies of ours an address in X-Forwarded-For has passed; what a visitor wrote before it
# is not believed.
PROXY_COUNT = _whole_number("PROXY_COUNT", int(BEHIND_PROXY))
if PROXY_COUNT < 0:
    raise ImproperlyConfigured(
        f"PROXY_COUNT is {PROXY_COUNT}; write how many proxies there are, or 0."
    )
if BEHIND_PROXY:
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
# The account pages need less: the scripts that speak with a passkey, which ask what they are to sign.
ACCOUNT_CSP = {"script-src": [SELF], "connect-src": [SELF]}

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
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_prose_editor",
    "erasmus_site.door",
    "pages",
    "programmes",
    "erasmus_site.apps.ErasmusSiteConfig",
]
MIDDLEWARE = [
    "erasmus_site.middleware.BrowserLimitsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Below the files, above all that may fail.
    "erasmus_site.operation.requests.AccessLogMiddleware",
    # No visitor's page holds a secret, and Django pads its answers against guessing by length.
    "pages.middleware.TextCompressionMiddleware",
    "pages.middleware.CacheControlMiddleware",
    "csp.middleware.CSPMiddleware",
    "erasmus_site.middleware.AdminPolicyMiddleware",
    "erasmus_site.middleware.NextPageMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "pages.middleware.PathLanguageMiddleware",
    "erasmus_site.middleware.EditorLanguageMiddleware",
    "pages.middleware.MarkdownAddressMiddleware",
    "erasmus_site.middleware.SlashMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "erasmus_site.door.middleware.SessionLimitMiddleware",
    "erasmus_site.door.middleware.SecondFactorMiddleware",
    "erasmus_site.door.middleware.AskAgainMiddleware",
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
                "erasmus_site.door.frame.frame",
            ],
        },
    }
]

# --- Data -----------------------------------------------------------------------------------

DATABASE_URL = env("DATABASE_URL", default="") or f"sqlite:///{DATA_DIR / 'db.sqlite3'}"
DATABASES = {"default": addresses.database(DATABASE_URL)}
# How long a PostgreSQL may take for one answer while the site is served, in seconds: longer than anything
# that the site asks takes. 0: as long as it wants.
DATABASE_PATIENCE = _whole_number("DATABASE_PATIENCE", 5)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Whole pages, kept for all visitors: in files that the processes of one machine share, or wherever
# CACHE_URL points. Pages that are not asked for any longer make room for others.
CACHE_URL = env("CACHE_URL", default="") or f"filecache://{DATA_DIR / 'cache'}"
_cache = addresses.cache(CACHE_URL)
CACHES = {
    # Beside the OPTIONS and not among them: a Redis takes those for its own, and sees to its room itself.
    "pages": _cache | {"KEY_PREFIX": "pages", "max_entries": 2_000},
    # Who has tried to sign in and how often: all processes must count the same, and pages that come
    # and go must push nobody's count out.
    "default": {
        "BACKEND": "erasmus_site.door.counts.CountCache",
        "LOCATION": DATA_DIR / "counts",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    },
}
if "redis" in _cache["BACKEND"].lower():
    # Counted in those files where the Redis is away.
    CACHES["counts on this machine"] = CACHES["default"]
    CACHES["default"] = _cache | {
        "BACKEND": "erasmus_site.door.counts.SharedCounts",
        "KEY_PREFIX": "counts",
    }
# How long a cache before the site may show a page without asking for it, in seconds. 0: always ask.
CDN_SECONDS = _whole_number("CDN_SECONDS", 0)

# Pictures: in a folder of this machine, or in the bucket that MEDIA_STORE_URL names (see addresses.store).
MEDIA_ROOT = DATA_DIR / "media"
MEDIA_STORE_URL = env("MEDIA_STORE_URL", default="")
MEDIA_URL = "/media/"
STATIC_ROOT = DATA_DIR / "static"
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": addresses.store(MEDIA_STORE_URL)
    if MEDIA_STORE_URL
    else {"BACKEND": "pages.files.WholeFileStorage"},
    "staticfiles": {"BACKEND": "erasmus_site.static_files.StaticFiles"},
}
# Files that are asked for at the root, whatever a page says: favicon.ico.
WHITENOISE_ROOT = BASE_DIR / "static" / "root"
# Where `manage.py backup` writes, and how many it keeps.
BACKUP_DIR = Path(env("BACKUP_DIR", default="") or DATA_DIR / "backups")
BACKUP_KEEP = _whole_number("BACKUP_KEEP", 14)
# Ours alone: no other site's page may read them.
WHITENOISE_ALLOW_ALL_ORIGINS = False
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
LANGUAGE_COOKIE_PATH = f"/{ADMIN_PATH}"
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

# --- Seeing inside --------------------------------------------------------------------------

# The log goes to standard error, for whatever keeps the server's log: as JSON for machines to read, or
# as a line for a person at a terminal.
LOG_FORMAT = env("LOG_FORMAT", default="json" if IS_TLS else "line")
if LOG_FORMAT not in ("json", "line"):
    raise ImproperlyConfigured(f"LOG_FORMAT is {LOG_FORMAT!r}; write json or line.")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {"()": "erasmus_site.operation.logs.JsonFormatter"},
        "line": {"()": "erasmus_site.operation.logs.LineFormatter"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "erasmus_site": {"level": "INFO"},
        # Who came in, who was refused, and whose rights were changed.
        "erasmus.door": {"level": "INFO"},
        # An address that does not exist is no fault of ours.
        "django.request": {"level": "ERROR"},
        # gunicorn has begun to log when the site is loaded: this puts its lines in the same form.
        "gunicorn.error": {"handlers": ["console"], "level": "INFO", "propagate": False},
    },
}
# A question to the database that takes longer than this is told in the log, in milliseconds.
SLOW_QUERY_MS = _whole_number("SLOW_QUERY_MS", 200)
# Where a Sentry is told of faults. Empty: nobody is told, and the package is not needed.
SENTRY_DSN = env("SENTRY_DSN", default="")

# --- Editors --------------------------------------------------------------------------------

AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
ROUTES_LIST = listing.ROUTES_LIST
# Where the facts of a page are from: a model whose rows templates/partials/source.html shows.
SOURCE_MODEL = "programmes.Source"
# What is searched, by what answers are narrowed, and what means the same: see pages/search/sources.py.
SEARCHED = ["pages.search.own.SEARCHED", "programmes.searching.SEARCHED"]
# Whose words are explained where texts use them: a function of the language, see pages/definitions.py.
DEFINITIONS = "programmes.tools.glossary.words.definitions"
# What finds where the figures of a page are from, made of its sources and the language: see pages/sourced.py.
FIGURES = "programmes.sourcing.Origins"
# Where a request comes from, as far as it can be believed: what answers from visitors are counted by.
CLIENT_ADDRESS = "erasmus_site.door.address.client_address"
# Apps whose records the roles of pages/roles.py may see and change.
EDITED_APPS = ["pages", "programmes"]

# --- The door -------------------------------------------------------------------------------

# erasmus_site/door/ explains it. Whoever may edit needs a second factor where the public is.
REQUIRE_SECOND_FACTOR = env.bool("REQUIRE_SECOND_FACTOR", default=IS_TLS)
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "admin:index"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]

# A working day's meetings do not end a session; a night does. However busy, it ends after a day: what
# was stolen from a browser is of no use for long, and what an editor has typed is kept all the same.
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_LONGEST = 24 * 60 * 60
# For how long whoever has shown who they are may do what could shut others out.
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60

ACCOUNT_ADAPTER = "erasmus_site.door.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
# Per address (ip) and per account (key), whether there is such an account or not. A password is looked
# at only while there are tries left, so that guessing costs the machine nothing either.
ACCOUNT_RATE_LIMITS = {
    "login": None,
    "login_failed": "20/5m/ip,5/5m/key,20/h/key",
    "reauthenticate": "10/5m/user",
    "change_password": "10/5m/user",
}
MFA_ADAPTER = "erasmus_site.door.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {"add_webauthn": "erasmus_site.door.forms.PasskeyForm"}
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_RATE_LIMITS = {"webauthn_login": "30/5m/ip"}
# Nobody signs up here, so nobody can take an address that is another's.
MFA_ALLOW_UNVERIFIED_EMAIL = True
