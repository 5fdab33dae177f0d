"""Asked before the site is served: whether it can be."""

import sys

import django
from django.core.exceptions import ImproperlyConfigured


def require_ready() -> None:
    """Set Django up, and end the process with what is wrong, if anything is."""
    try:
        django.setup()
        # Models must stand before what looks after them can be read.
        from erasmus_site.operation import readiness

        found = readiness.told()
    except ImproperlyConfigured as error:
        found = str(error)
    if found:
        sys.exit(found)
    # A connection must not be shared with the processes that serve.
    django.db.connections.close_all()
