"""What gunicorn calls: `gunicorn erasmus_site.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "erasmus_site.settings")

django_application = get_wsgi_application()

# Settings and models must stand before the cache can look at them.
from pages.cache.wsgi import PageCache  # noqa: E402

application = PageCache(django_application)
