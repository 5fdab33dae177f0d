"""What gunicorn calls: `gunicorn erasmus_site.wsgi`."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "erasmus_site.settings")
django.setup(set_prefix=False)

# Settings and models must stand before these can look at them.
from django.conf import settings  # noqa: E402

from erasmus_site.handler import Handler  # noqa: E402
from erasmus_site.operation.health import Probed  # noqa: E402
from erasmus_site.operation.requests import Traced  # noqa: E402
from erasmus_site.postgresql.patience import patience  # noqa: E402
from pages.cache.wsgi import PageCache  # noqa: E402

patience.seconds = settings.DATABASE_PATIENCE or None

django_application = Handler()
application = Probed(Traced(PageCache(django_application)))
