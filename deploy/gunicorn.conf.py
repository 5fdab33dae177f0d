"""How gunicorn serves the site; every value can be overridden on its command line."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "erasmus_site.settings")

from erasmus_site.start import require_ready

# systemd hands over a port of its own (deploy/systemd/erasmus-web.socket), which goes before this.
bind = os.environ.get("BIND") or f"127.0.0.1:{os.environ.get('PORT', '8000')}"
# Four threads each: for one machine two are enough; each further takes some 30 MB.
workers = int(os.environ.get("WEB_CONCURRENCY") or 2)
worker_class = "gthread"
threads = 4
# Loaded once and shared: starts faster and takes less memory than once per worker.
preload_app = True
max_requests = 10_000
max_requests_jitter = 1_000
timeout = 30
# Who has begun to send something at a restart may finish.
graceful_timeout = 30
# Workers show that they live by touching a file: on a disk that is busy, a sound one would be stopped.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108
# The socket can stop the server and lies in the home folder; signals do all that is needed here.
control_socket_disable = True

# A site that cannot work does not start, and says why.
require_ready()


def when_ready(server):
    from django.conf import settings

    from erasmus_site.operation import counts

    counts.begin()
    address = f"http://{bind}"
    server.log.info(
        "The site is at %s/, its editing at %s/%s", address, address, settings.ADMIN_PATH
    )
    server.log.info("Make an editor's account with: make editor")
    if not settings.SITE_CONTACT:
        server.log.info("Readers are told to look for contact details at the foot of every page:")
        server.log.info("set SITE_OPERATOR and SITE_CONTACT in the file .env")


def post_fork(server, worker):
    # A connection opened while loading must not be shared between processes.
    from django.db import connections

    connections.close_all()
