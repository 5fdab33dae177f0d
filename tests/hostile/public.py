"""A site set up as for the public, with TLS ended by somebody in front of it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings

from tests.services import free_port, running

HOST = "erasmus.test"


def environment(folder, **more: str) -> dict[str, str]:
    own = {
        "SECRET_KEY": "x" * 50 + "0123456789",
        "SITE_URL": f"https://{HOST}",
        "HOME": str(folder),
    }
    return {"PATH": os.environ["PATH"], "DATA_DIR": str(folder / "data"), **own, **more}


def manage(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess:
    command = [sys.executable, "-W", "error", "manage.py", *arguments]
    said = {"capture_output": True, "text": True}
    return subprocess.run(command, cwd=settings.BASE_DIR, env=environment, **said)


@contextmanager
def served(folder) -> Iterator[int]:
    """Give the port of its gunicorn, which believes what it is told of host and scheme."""
    port = free_port()
    own = environment(folder, PORT=str(port))
    command = [sys.executable, "-m", "gunicorn", "--chdir", str(settings.BASE_DIR)]
    command += ["--config", "deploy/gunicorn.conf.py", "erasmus_site.wsgi"]
    with running(
        ["env", "-i", *(f"{name}={value}" for name, value in own.items()), *command], port, 60
    ):
        yield port
