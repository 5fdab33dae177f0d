"""Asked before the site is served: whether it can be."""

import sys
from functools import cache

import django
from django.core.exceptions import ImproperlyConfigured


@cache
def require_ready() -> None:
    """Set Django up, and end the process with what is wrong, if anything is.

    Once in a process: gunicorn reads its configuration anew at HUP, and a server that serves what it has
    stored must not end since the database is away just then.
    """
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
