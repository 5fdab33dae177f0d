"""The disk is full: whoever saves is told so and keeps what they typed, and nothing is half there."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.factories import picture_bytes
from tests.faults.conftest import editor_at, form_of_about
from tests.faults.load import ask, load
from tests.services import missing

ADD = "/admin/pages/image/add/"
WORDS = {
    f"{name}_{language}": f"Et bilde av fjorden, {name} {language}"
    for name in ("title", "alt")
    for language in ("nb", "nn", "en")
}


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Path]:
    """A disk of its own in memory."""
    folder.mkdir(exist_ok=True)
    if os.geteuid() != 0:
        missing("the right to mount a disk", "run as root, as in a container")
    size = f"size={megabytes}m,mode=777"
    command = ["mount", "-t", "tmpfs", "-o", size, "tmpfs", folder]
    if subprocess.run(command, capture_output=True).returncode:
        missing("the right to mount a disk", "give the container CAP_SYS_ADMIN")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


def fill(folder: Path) -> Path:
    """Take all the room there is, down to the last block."""
    file = folder / "fyll"
    with file.open("wb", buffering=0) as filling, pytest.raises(OSError):
        while True:
            filling.write(b"x" * 4096)
    return file


@pytest.fixture
def on_small_disk(site, edited, tmp_path):
    """A site whose data lies on a disk of 24 MB."""
    shutil.rmtree(tmp_path / "data")
    with small_disk(tmp_path / "data", 24) as folder:
        shutil.copytree(edited, folder, dirs_exist_ok=True)
        yield site, folder


def is_sound(folder: Path) -> bool:
    with closing(sqlite3.connect(folder / "db.sqlite3")) as database:
        return database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def begin_anew(folder: Path) -> None:
    """Empty the write-ahead log: the room that it holds would let a small change through."""
    with closing(sqlite3.connect(folder / "db.sqlite3")) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def files_in(folder: Path) -> set[Path]:
    return {path for path in (folder / "media").rglob("*") if path.is_file()}


def test_whoever_saves_on_a_full_disk_is_told_and_loses_nothing(
    on_small_disk, serve, record_property
):
    site, folder = on_small_disk
    picture = picture_bytes((1600, 1200))
    with serve(site), load(site.origin) as visitors:
        editor = editor_at(site.origin)
        key = form_of_about(editor)
        page, new = editor.form(key), editor.form(ADD)
        visitors.wait_for_more(20)
        files = files_in(folder)
        begin_anew(folder)
        filling = fill(folder)

        told = editor.send(key, page | {"lead_nb": "Skrevet på full disk.", "_publish": "x"})
        assert told.status == 507, told.text
        assert "Ikke lagret: Det er ikke mer plass på serveren" in told.text
        assert "Skrevet på full disk." in told.text
        told = editor.send(ADD, new | WORDS | {"_save": "x"}, original=picture)
        assert told.status == 507, told.text
        assert "Ikke lagret: Det er ikke mer plass på serveren" in told.text
        assert all(f'value="{words}"' in told.text for words in WORDS.values())
        assert "Velg filen på nytt" in told.text
        assert is_sound(folder)
        assert files_in(folder) == files
        visitors.wait_for_more(50)

        filling.unlink()
        again = editor.form(key) | {"lead_nb": "Skrevet på full disk.", "_publish": "x"}
        assert editor.send(key, again).status == 302
        assert "Skrevet på full disk." in ask(site.origin, "/om-nettstedet/").text
        kept = editor.send(ADD, new | WORDS | {"_save": "x"}, original=picture)
        assert kept.status == 302, kept.text
        assert picture in {path.read_bytes() for path in files_in(folder) - files}
        assert is_sound(folder)
    record_property("figure", visitors.figure("a full disk, visitors meanwhile"))
    assert visitors.failed == []


def test_a_disk_that_fills_up_in_the_middle_of_a_picture_keeps_no_half_of_it(on_small_disk, serve):
    """A half file under the name of the whole would be shown as it is from then on."""
    site, folder = on_small_disk
    # Twice the room there will be: what follows the picture is no part of it, and kept with it.
    picture = picture_bytes((1600, 1200), kind="PNG") + b"\0" * 300_000
    with serve(site):
        editor = editor_at(site.origin)
        new = editor.form(ADD)
        files = files_in(folder)
        filling = fill(folder)
        os.truncate(filling, filling.stat().st_size - 200_000)
        told = editor.send(ADD, new | WORDS | {"_save": "x"}, original=picture)
        assert told.status == 507, told.text
        assert files_in(folder) == files
        filling.unlink()
        assert editor.send(ADD, new | WORDS | {"_save": "x"}, original=picture).status == 302
        assert picture in {path.read_bytes() for path in files_in(folder) - files}
        assert not [path for path in files_in(folder) if path.suffix == ".part"]


def test_a_full_cache_of_files_costs_no_page(site, serve, tmp_path, record_property):
    with small_disk(tmp_path / "cache", 1) as folder:
        site.environment["CACHE_URL"] = f"filecache://{folder}"
        fill(folder)
        with serve(site), load(site.origin) as visitors:
            visitors.wait_for_more(100)
    record_property("figure", visitors.figure("a full cache of files"))
    assert visitors.failed == []
