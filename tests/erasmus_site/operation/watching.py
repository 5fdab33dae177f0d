"""A site of its own behind a real gunicorn, for what can only be broken or read for real."""

import json
import os
import shutil
import sqlite3
import urllib.error
import urllib.request
from contextlib import closing, contextmanager
from dataclasses import dataclass
from email.message import Message
from pathlib import Path

import pytest

from tests.browser.conftest import Site, served
from tests.services import free_port


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Message
    text: str

    @property
    def told(self) -> dict:
        return json.loads(self.text)


def ask(address: str, method: str = "GET", **headers: str) -> Answer:
    """Ask a server; one that hangs fails the test."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    question = urllib.request.Request(address, headers=named, method=method)
    try:
        with urllib.request.urlopen(question, timeout=20) as answer:
            return Answer(answer.status, answer.headers, answer.read().decode())
    except urllib.error.HTTPError as error:
        with error:
            return Answer(error.code, error.headers, error.read().decode())


@dataclass(frozen=True)
class Watched:
    """A site with its log; `folder` is its DATA_DIR."""

    site: Site
    folder: Path
    log: Path

    def lines(self) -> list[dict]:
        return [json.loads(line) for line in self.log.read_text().splitlines()]

    def change(self, statement: str, *values) -> list[tuple]:
        """Change the SQLite database past the site."""
        database = sqlite3.connect(self.folder / "db.sqlite3")
        with closing(database), database:
            return database.execute(statement, values).fetchall()

    def status(self) -> dict:
        return json.loads(self.site.manage("status", "--json"))


@contextmanager
def watched(folder: Path, filled: Path | None = None, **environment: str):
    """Serve a seeded site whose pictures have no files yet: a copy of `filled`, or a new one."""
    port = free_port()
    origin = f"http://127.0.0.1:{port}"
    site = Site(
        origin,
        {
            **{"PATH": os.environ["PATH"], "HOME": str(folder), "DATA_DIR": str(folder / "data")},
            **{"SECRET_KEY": "x", "PORT": str(port), "SITE_URL": origin},
            **{"DJANGO_SETTINGS_MODULE": "tests.settings_unhashed", "LOG_FORMAT": "json"},
            **environment,
        },
    )
    if filled:
        shutil.copytree(filled, folder / "data")
    else:
        site.manage("migrate", "-v", "0")
        site.manage("seed_content")
    log = folder / "log"
    with served(site, log):
        yield Watched(site, folder / "data", log)


@pytest.fixture(scope="session")
def running(tmp_path_factory, filled):
    """Every question to its database is a slow one."""
    with watched(tmp_path_factory.mktemp("site"), filled, SLOW_QUERY_MS="0") as site:
        yield site
