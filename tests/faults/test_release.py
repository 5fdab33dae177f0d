"""A release with a migration, taken into use while visitors read and editors save."""

import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.browser.conftest import ROOT, Site
from tests.faults.conftest import before
from tests.faults.load import load

FOLDERS = ("erasmus_site", "pages", "programmes", "templates", "locale", "static", "deploy", "docs")
# What a release may do to a table in use: add what the old code need not know. It holds its locks for
# a while, as on a table that is large.
MIGRATION = """
import time
from django.db import migrations, models

class Migration(migrations.Migration):
    dependencies = [("pages", "{before}")]
    operations = [
        migrations.AddField("page", "extra", models.CharField(max_length=9, null=True)),
        migrations.RunPython(lambda apps, editor: time.sleep(1), migrations.RunPython.noop),
    ]
"""
NEW = "<!-- the new release -->"
SAVER = """
import sys
from pages.models import Page
page = Page.objects.get(path_nb="om-nettstedet")
for number in range(100_000):
    page.title_nn = f"Utgåve {number}"
    page.save()
    print(number, flush=True)
"""


@pytest.fixture
def release(tmp_path) -> Path:
    """The next release: the code as it is, with a new column and a line on every page."""
    folder = tmp_path / "release"
    for name in FOLDERS:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("manage.py", "requirements.txt"):
        shutil.copy(ROOT / name, folder)
    # The settings that tests serve with.
    (folder / "tests/faults").mkdir(parents=True)
    shutil.copy(ROOT / "tests/faults/site_settings.py", folder / "tests/faults")
    last = max(path.stem for path in (folder / "pages/migrations").glob("0*.py"))
    migration = folder / f"pages/migrations/{int(last[:4]) + 1:04}_extra.py"
    migration.write_text(MIGRATION.format(before=last))
    frame = folder / "templates/base.html"
    frame.write_text(frame.read_text().replace("</body>", f"{NEW}</body>"))
    return folder


@contextmanager
def saving(site: Site) -> Iterator[list[int]]:
    """Save a page again and again, in another process. Give the numbers that were acknowledged."""
    command = [sys.executable, "manage.py", "shell", "-v", "0", "-c", SAVER]
    pipe = {"stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, cwd=ROOT, env=site.environment, **pipe) as process:
        saved = [int(process.stdout.readline())]
        try:
            yield saved
        finally:
            process.kill()
            saved += map(int, process.stdout.read().split())


@pytest.mark.parametrize("database", ["SQLite", "PostgreSQL"])
def test_a_release_with_a_migration_costs_no_request(
    database, request, serve, release, tmp_path, record_property
):
    """As deploy/ does it: the port stays open while one release ends and the next begins, and who asks
    meanwhile waits. The old code serves, and saves, while the database is changed below it."""
    site = request.getfixturevalue("site" if database == "SQLite" else "on_postgres")
    with ExitStack() as held, ExitStack() as visiting:
        address = "127.0.0.1", int(site.environment["PORT"])
        port = held.enter_context(socket.create_server(address, backlog=512))
        origin = held.enter_context(before([site], tmp_path))
        with serve(site, handed_over=port):
            visitors = visiting.enter_context(load(origin))
            visitors.wait_for_more(100)
            with saving(site) as saved:
                _manage(release, site, "migrate", "-v", "0")
                during = len(visitors)
                visitors.wait_for_more(50)
            assert all(NEW not in answer.text for answer in visitors[:during])
        held.enter_context(serve(site, root=release, handed_over=port))
        visitors.wait_for_more(100)
        assert NEW in visitors[-1].text
        now = site.manage("shell", "-v", "0", "-c", _TITLE)
        visiting.close()
    more = f", {len(saved)} saves acknowledged by the old code meanwhile"
    figure = visitors.figure(f"a release with a migration on {database}, behind nginx", more)
    record_property("figure", figure)
    assert visitors.failed == []
    assert len(saved) > 1
    assert int(now) >= saved[-1]


_TITLE = """
from pages.models import Page
print(Page.objects.get(path_nb="om-nettstedet").title_nn.rpartition(" ")[2])
"""


def _manage(release: Path, site: Site, *arguments: str) -> None:
    command = [sys.executable, "manage.py", *arguments]
    subprocess.run(command, cwd=release, env=site.environment, check=True, capture_output=True)
