"""A small site with something of everything in it, in a folder of its own, and services to move it to."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests import services
from tests.command import succeed
from tests.erasmus_site.operation.watching import running  # noqa: F401

# Sessions and history, a draft, a plan, people, a picture with its files, odd words, and a key that was
# given to a row which is gone.
CONTENT = """
from datetime import timedelta
from django.contrib.auth.models import Group, User
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone
from pages import publishing, snapshots
from pages.models import Image, Page, PreviewLink, Revision, TranslationFile
from tests.factories import make_image, make_page, picture_bytes

anna = User.objects.create_user("anna", password="en-lang-frase-her", first_name="Ánná 😀")
anna.groups.add(Group.objects.get(name="Skribent"))
session = SessionStore(); session["_auth_user_id"] = str(anna.pk); session.save()
make_image(picture_bytes((64, 64))).make_renditions()
page = make_page("Ås", lead_nb="«Sitat» \\\\ ' \\" \\t\\u2028\\nlinje", image=Image.objects.get())
publishing.note(page, Revision.Kind.PUBLISHED, anna, "første")
live = snapshots.take(page)
with publishing.rolled_back():
    page.lead_nb = "Senere"; page.save(); wanted = snapshots.take(page)
publishing.keep_draft(page, live, wanted, anna, publish_at=timezone.now() + timedelta(days=2))
PreviewLink.for_editor(page, anna)
TranslationFile.objects.create(name="a.xlf", content=bytes(range(256)), made_by=anna, report={"b": None, "a": [1.0, 1e22, "å"]})
make_page("Borte").delete()
"""


@pytest.fixture(scope="session")
def _site(tmp_path_factory) -> Path:
    data = tmp_path_factory.mktemp("site") / "data"
    succeed(data, "migrate", "--verbosity", "0")
    succeed(data, "shell", "--no-imports", "-c", CONTENT)
    return data


@pytest.fixture
def site(_site, tmp_path) -> Path:
    """The data of a site of the test's own."""
    return shutil.copytree(_site, tmp_path / "site")


@pytest.fixture(scope="session")
def postgresql():
    with services.postgresql() as address:
        yield address


@pytest.fixture(scope="session")
def bucket():
    with services.s3() as address:
        yield address


def database(data: Path) -> Path:
    return data / "db.sqlite3"


def rows(file: Path, without: tuple[str, ...] = ()) -> dict[str, list]:
    """Return every row of every table of an SQLite file, but for what no copy has in common."""
    never = {"pages_generation", "django_migrations", "sqlite_sequence"}
    with closing(sqlite3.connect(file)) as found:
        tables = [
            name
            for (name,) in found.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            # Each database makes what it searches by itself.
            if name not in never.union(without) and not name.startswith("pages_search")
        ]
        return {
            name: sorted(found.execute(f'SELECT * FROM "{name}"'), key=repr)  # noqa: S608
            for name in tables
        }


def ask(file: Path, question: str):
    with closing(sqlite3.connect(file)) as found:
        return found.execute(question).fetchone()[0]


def files(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def backups(data: Path) -> list[Path]:
    return sorted((data / "backups").glob("erasmus-*.zip"))
