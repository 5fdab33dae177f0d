"""A real Chromium and a real gunicorn on a seeded site of their own.

Where a tool is missing its tests are skipped and say how to get it; with REQUIRE_BROWSER=1, as in
`.ci/run`, they fail instead.
"""

import math
import os
import secrets
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings

from tests.faults.load import Editor
from tests.prepared import EDITOR, PASSWORD
from tests.services import chromium, free_port

ROOT = Path(settings.BASE_DIR)
# As systemd does: the socket becomes file 3, and the process is told that it is meant.
HAND_OVER = (
    "import os, sys; os.dup2(int(sys.argv[1]), 3);"
    "os.environ.update(LISTEN_PID=str(os.getpid()), LISTEN_FDS='1'); os.execv(sys.argv[2], sys.argv[2:])"
)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return {
        **browser_type_launch_args,
        "executable_path": chromium(),
        "args": ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    """Below /admin/ the browser's language counts."""
    return {**browser_context_args, "locale": "nb-NO"}


@dataclass(frozen=True)
class Site:
    """A running site: its origin, and `manage.py` on its data."""

    origin: str
    environment: dict[str, str]

    def manage(self, *arguments: str, **environment: str) -> str:
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env={**self.environment, **environment},
            check=True,
            capture_output=True,
            text=True,
        ).stdout


@pytest.fixture(scope="session")
def site(prepared, tmp_path_factory):
    running = _copy(prepared, tmp_path_factory)
    with served(running, tmp_path_factory.mktemp("log") / "gunicorn.log"):
        yield running


@pytest.fixture(scope="session")
def untouched_site(prepared, tmp_path_factory):
    """The site as it is set up, where no test has edited anything."""
    copy = _copy(prepared, tmp_path_factory)
    with served(copy, tmp_path_factory.mktemp("log") / "gunicorn.log"):
        yield copy


@pytest.fixture
def second_server(site, tmp_path):
    """Serves the same site at an address of its own, for as long as a test lets it."""
    port = free_port()
    origin = f"http://127.0.0.1:{port}"
    environment = {**site.environment, "PORT": str(port), "SITE_URL": origin}

    def serve(**settings: str):
        return served(Site(origin, {**environment, **settings}), tmp_path / "gunicorn.log")

    return serve


def _copy(prepared: Path, tmp_path_factory) -> Site:
    folder = tmp_path_factory.mktemp("site")
    port = free_port()
    origin = f"http://127.0.0.1:{port}"
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "DATA_DIR": str(shutil.copytree(prepared, folder / "data")),
        "SECRET_KEY": "browser-tests-only",
        "PORT": str(port),
        "SITE_URL": origin,
    }
    return Site(origin, environment)


@dataclass(frozen=True)
class Server:
    site: Site
    process: subprocess.Popen

    @property
    def workers(self) -> list[int]:
        pid = self.process.pid
        return [
            int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        ]

    def kill(self) -> None:
        """End it without a word, as a power cut would: the master and all that it has started."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(20)


@contextmanager
def served(site: Site, log: Path, root: Path = ROOT, handed_over: socket.socket | None = None):
    """Serve the site with the code in `root`, at a socket that another holds where one is given."""
    command = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py"]
    command.append("erasmus_site.wsgi")
    if handed_over:
        command = [sys.executable, "-c", HAND_OVER, str(handed_over.fileno()), *command]
    with log.open("a") as output:
        process = subprocess.Popen(
            command,
            cwd=root,
            env=site.environment,
            stdout=output,
            stderr=output,
            start_new_session=True,
            pass_fds=[handed_over.fileno()] if handed_over else [],
        )
    try:
        _wait_until_it_answers(site.origin, process, log)
        yield Server(site, process)
    finally:
        process.terminate()
        process.wait(40)


def _wait_until_it_answers(origin: str, server: subprocess.Popen, log: Path) -> None:
    for _attempt in range(100):
        if server.poll() is not None:
            pytest.fail(f"gunicorn stopped:\n{log.read_text()}")
        try:
            with urllib.request.urlopen(f"{origin}/", timeout=5):
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    pytest.fail(f"gunicorn did not answer:\n{log.read_text()}")


@pytest.fixture
def page(page):
    """A page on which any error in the console, such as a breach of the policy, fails the test."""
    problems: list[str] = []
    page.on("console", lambda message: message.type == "error" and problems.append(message.text))
    page.on("pageerror", lambda error: problems.append(str(error)))
    yield page
    assert problems == []


def sign_in(page, origin: str, name: str = EDITOR) -> None:
    page.goto(f"{origin}/admin/")
    page.fill("#id_login", name)
    page.fill("#id_password", PASSWORD)
    page.press("#id_password", "Enter")
    page.wait_for_url(f"{origin}/admin/")


class Sessions:
    """Sessions of an editor who has signed in: once with a password, and then as often as one is wanted."""

    # Less than after which the site asks again before what could shut others out.
    LONGEST = 5 * 60

    def __init__(self, site: Site):
        self._site = site
        self._database = Path(site.environment["DATA_DIR"], "db.sqlite3")
        self._signed_in_at = -math.inf
        self._key = ""

    def another(self) -> str:
        """Return the cookie of a session that is nobody else's: a test may end it or let it run out."""
        if time.monotonic() > self._signed_in_at + self.LONGEST:
            editor = Editor(self._site.origin)
            assert editor.sign_in().status == 302
            self._key, self._signed_in_at = editor.cookies["sessionid"], time.monotonic()
        key = secrets.token_hex(16)
        copy = (
            "INSERT INTO django_session (session_key, session_data, expire_date)"
            " SELECT ?, session_data, expire_date FROM django_session WHERE session_key = ?"
        )
        with closing(sqlite3.connect(self._database, timeout=20)) as database, database:
            assert database.execute(copy, (key, self._key)).rowcount == 1
        return key


@pytest.fixture(scope="session")
def sessions(site) -> Sessions:
    return Sessions(site)


@pytest.fixture
def editor_page(page, site, sessions):
    """The admin's first page, as an editor sees it who has just signed in."""
    cookie = {"name": "sessionid", "value": sessions.another(), "url": site.origin}
    page.context.add_cookies([{**cookie, "httpOnly": True, "sameSite": "Lax"}])
    page.goto(f"{site.origin}/admin/")
    return page


@pytest.fixture
def form_without_scripts(editor_page, site, browser):
    """The form of «Kontakt» in a browser that runs no scripts."""
    editor_page.goto(f"{site.origin}/admin/pages/page/")
    href = editor_page.get_by_role("link", name="Kontakt", exact=True).get_attribute("href")
    context = browser.new_context(
        java_script_enabled=False,
        storage_state=editor_page.context.storage_state(),
        locale="nb-NO",
    )
    page = context.new_page()
    page.goto(f"{site.origin}{href}")
    yield page
    context.close()
