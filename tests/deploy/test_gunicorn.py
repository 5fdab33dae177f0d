"""gunicorn with the site's own configuration, and what its workers are like."""

import json
import os
import socket
import subprocess
import sys
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from tests import services
from tests.browser.conftest import HAND_OVER

ROOT = Path(settings.BASE_DIR)
COMMAND = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py"]


# An application of Python's own: quick to load where the site itself does not matter.
PLAIN = "wsgiref.simple_server:demo_app"


@contextmanager
def gunicorn(tmp_path, application: str, handed_over: socket.socket | None = None, **settings: str):
    """Serve `application` until the block ends."""
    command = [*COMMAND, "--pythonpath", str(Path(__file__).parent), application]
    if handed_over:
        command = [sys.executable, "-c", HAND_OVER, str(handed_over.fileno()), *command]
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            "HOME": str(tmp_path),
            "DATA_DIR": str(tmp_path / "data"),
            "SECRET_KEY": "tests-only",
            "DJANGO_SETTINGS_MODULE": "erasmus_site.settings",
            **settings,
        },
        pass_fds=[handed_over.fileno()] if handed_over else [],
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(40)


def answer(port: int) -> bytes:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=60) as response:
        return response.read()


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def test_what_an_editor_saved_is_on_the_disk_and_two_who_save_wait_for_each_other(tmp_path):
    """Held on the very connection a worker has: what settings say of it is not yet so."""
    port = services.free_port()
    with gunicorn(tmp_path, "served", BIND=f"127.0.0.1:{port}"):
        services.wait_for(lambda: listens(port), "gunicorn", 60)
        told = json.loads(answer(port))
    full = 2
    assert told == {
        "journal_mode": "wal",
        "synchronous": full,
        "busy_timeout": 20_000,
        "others_may_write_meanwhile": False,
    }


def test_machines_of_any_size_are_served_by_settings_alone(tmp_path):
    port = services.free_port()
    with gunicorn(tmp_path, PLAIN, PORT=str(port), WEB_CONCURRENCY="3") as process:
        services.wait_for(lambda: listens(port), "gunicorn", 60)
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        services.wait_for(lambda: len(children.read_text().split()) == 3, "three workers")


def test_who_asks_during_a_restart_waits_and_is_answered(tmp_path):
    """An update in working hours must not show anybody an error."""
    # One, which has begun by the time it answers: gunicorn may overhear who is told to end before that.
    one = {"WEB_CONCURRENCY": "1"}
    with socket.create_server(("127.0.0.1", 0)) as held:
        port = held.getsockname()[1]
        with gunicorn(tmp_path, PLAIN, held, **one):
            assert b"Hello world!" in answer(port)
        with ThreadPoolExecutor() as visitors:
            asked = [visitors.submit(answer, port) for _visitor in range(5)]
            with gunicorn(tmp_path, PLAIN, held, **one):
                assert all(b"Hello world!" in visitor.result(60) for visitor in asked)
