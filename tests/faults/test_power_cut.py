"""Everything ends at once in the middle of saving, as when the power goes.

What only a real power cut can take, what the disk itself has not yet written, is left to SQLite's
`synchronous=FULL`, which tests/erasmus_site hold.
"""

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from tests.browser.conftest import ROOT, Site
from tests.faults.load import ask

CUTS, SAVES = 5, 100
# Four editors in processes of their own; each says on one pipe what has been saved, once it has.
SAVING = """
import os
from django.utils import timezone
from pages.discovery import sharing
from pages.models import Page
from django.db import connection
connection.close()
number = next((number for number in range(1, 4) if os.fork() == 0), 0)
with sharing.postponed():  # Drawing cards takes longer than saving.
    for count in range(10_000):
        title = f"Rapport {os.environ['ROUND']} {number} {count}"
        titles = {f"title_{language}": title for language in ("nb", "nn", "en")}
        page = Page.objects.create(**titles, publish_at=timezone.now())
        os.write(1, f"{page.pk} {title}\\n".encode())
"""


def save_until_the_power_goes(site: Site, cut: int) -> list[str]:
    """Return what was acknowledged."""
    environment = {**site.environment, "ROUND": str(cut)}
    command = [sys.executable, "manage.py", "shell", "-v", "0", "-c", SAVING]
    process = subprocess.Popen(
        command,
        **{"cwd": ROOT, "env": environment, "stdout": subprocess.PIPE, "text": True},
        start_new_session=True,
    )
    with process:
        told = [process.stdout.readline() for _save in range(SAVES)]
        os.killpg(process.pid, signal.SIGKILL)
        told += process.stdout.readlines()
    return [line.strip() for line in told]


def test_every_acknowledged_save_outlives_a_power_cut(site, serve, record_property):
    """An editor who has read «Publisert» goes home."""
    file = Path(site.environment["DATA_DIR"]) / "db.sqlite3"
    acknowledged: list[str] = []
    for cut in range(CUTS):
        with serve(site) as server:
            before = _all(file, "SELECT token FROM pages_generation")
            new = save_until_the_power_goes(site, cut)
            server.kill()
        acknowledged += new
        assert _all(file, "PRAGMA integrity_check") == [("ok",)]
        assert _all(file, "PRAGMA foreign_key_check") == []
        assert _all(file, "SELECT token FROM pages_generation") != before
    rows = _all(
        file, "SELECT id, title_nb, path_nb FROM pages_page WHERE title_nb LIKE 'Rapport %'"
    )
    saved = {f"{key} {title}" for key, title, _path in rows}
    addresses = _all(
        file,
        "SELECT object_id, path FROM pages_address WHERE model = 'pages.page' AND language = 'nb'",
    )
    found = len(saved & set(acknowledged))
    record_property(
        "figure",
        f"kill -9 of everything, {CUTS} times while saving: {len(acknowledged)} saves acknowledged, "
        f"{found} found, integrity_check ok each time",
    )
    assert set(acknowledged) <= saved
    assert len(acknowledged) >= CUTS * SAVES
    # What nobody heard of in the moment of the cut may be saved too, and is whole then.
    assert {(key, f"/{path}/") for key, _title, path in rows} <= set(addresses)
    with serve(site):
        for _key, _title, path in rows[:: len(rows) // 10]:
            assert ask(site.origin, f"/{path}/").status == 200


def _all(file: Path, statement: str) -> list[tuple]:
    with closing(sqlite3.connect(file)) as database:
        return database.execute(statement).fetchall()
