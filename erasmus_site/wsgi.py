"""What gunicorn calls: `gunicorn erasmus_site.wsgi`."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "erasmus_site.settings")
django.setup(set_prefix=False)

# Settings and models must stand before the handler and the cache can look at them.
from erasmus_site.handler import Handler  # noqa: E402
from pages.cache.wsgi import PageCache  # noqa: E402

application = PageCache(Handler())
