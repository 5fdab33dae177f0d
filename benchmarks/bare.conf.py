"""The site's gunicorn configuration for what is not the site, and can ask none of its services."""

import runpy
from pathlib import Path

from erasmus_site import start

start.require_ready = lambda: None
globals().update(
    runpy.run_path(str(Path(__file__).resolve().parent.parent / "deploy" / "gunicorn.conf.py"))
)


def when_ready(server):
    """There is nothing of the site to tell of."""
