"""What gunicorn calls: `gunicorn erasmus_site.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "erasmus_site.settings")

django_application = get_wsgi_application()

# Settings and models must stand before these can look at them.
from erasmus_site.operation.health import Probed  # noqa: E402
from erasmus_site.operation.requests import Traced  # noqa: E402
from pages.cache.wsgi import PageCache  # noqa: E402

application = Probed(Traced(PageCache(django_application)))
