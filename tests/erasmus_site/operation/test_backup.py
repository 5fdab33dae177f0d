"""Backups of a real site, made while it is used, killed half-way and starved of room."""

import resource
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from threading import Event, Thread

import pytest

from erasmus_site.operation import backup, files
from erasmus_site.operation.archive import DATABASE, MEDIA, Archive, Facts, Manifest
from tests.command import ROOT, environment, manage, refuse, succeed
from tests.erasmus_site.operation import conftest
from tests.erasmus_site.operation.conftest import backups, database, rows
from tests.services import wait_for


def unpacked(path, folder):
    """Return the database of an archive that is whole, and its other files."""
    with Archive(path) as archive:
        held = {name: archive.open(name).read() for name in archive.verify()}
    (folder / "found.sqlite3").write_bytes(held.pop(DATABASE))
    return folder / "found.sqlite3", {n.removeprefix(MEDIA): data for n, data in held.items()}


def test_every_row_and_file_is_in_it_and_no_session(site, tmp_path):
    told = succeed(site, "backup")
    assert "read back and found whole" in told
    (path,) = backups(site)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    found, media = unpacked(path, tmp_path)
    assert rows(found, ("django_session",)) == rows(database(site), ("django_session",))
    assert media == conftest.files(site / "media")
    assert rows(database(site))["django_session"], "the site itself keeps its sessions"
    assert rows(found)["django_session"] == []
    key = rows(database(site))["django_session"][0][0].encode()
    assert key not in found.read_bytes(), "what is deleted must not linger in the file"


def test_it_is_of_one_moment_while_others_write(site, tmp_path):
    """Two rows that are always written together are both there, or neither is."""
    ended = Event()

    def write():
        with closing(sqlite3.connect(database(site), timeout=60, isolation_level=None)) as site_:
            number = 0
            while not ended.is_set():
                number += 1
                site_.execute("BEGIN IMMEDIATE")
                site_.execute("INSERT INTO auth_group (name) VALUES (?)", [f"gruppe {number}"])
                site_.execute("INSERT INTO pages_presence_pair VALUES (?)", [number])
                site_.execute("COMMIT")

    with closing(sqlite3.connect(database(site))) as site_:
        site_.execute("CREATE TABLE pages_presence_pair (number)")
    before = conftest.ask(database(site), "SELECT count(*) FROM auth_group")
    writer = Thread(target=write)
    writer.start()
    try:
        succeed(site, "backup")
    finally:
        ended.set()
        writer.join()
    found, _media = unpacked(backups(site)[0], tmp_path)
    pairs = conftest.ask(found, "SELECT count(*) FROM pages_presence_pair")
    assert conftest.ask(found, "SELECT count(*) FROM auth_group") - before == pairs > 0


def test_killed_half_way_it_leaves_the_earlier_ones_whole_and_nothing_for_long(site, tmp_path):
    succeed(site, "backup")
    earlier = backups(site)
    large = site / "media" / "originals" / "stor.webp"
    with large.open("wb") as file:
        file.truncate(2_000_000_000)
    half = site / "backups" / ".under-way" / "archive.zip"
    process = subprocess.Popen(
        [sys.executable, "manage.py", "backup"],
        **{"cwd": ROOT, "env": environment(site), "stdout": subprocess.DEVNULL},
    )
    wait_for(lambda: half.exists() and half.stat().st_size > 1_000_000, "half a backup", 60)
    process.send_signal(signal.SIGKILL)
    assert process.wait(20) == -signal.SIGKILL
    assert half.exists()
    assert backups(site) == earlier
    large.unlink()
    succeed(site, "backup", "--keep", "1")
    assert not half.exists()
    assert len(backups(site)) == 1
    assert backups(site) != earlier, "the newest is the one that is kept"
    unpacked(backups(site)[0], tmp_path)


@pytest.mark.parametrize("room", [100_000, 3_000_000])
def test_without_room_it_says_so_and_keeps_nothing_half(site, room):
    """The database does not fit, or the pictures do not."""
    with (site / "media" / "stor.webp").open("wb") as file:
        file.truncate(4_000_000)
    answer = subprocess.run(
        [sys.executable, "manage.py", "backup"],
        **{"cwd": ROOT, "env": environment(site), "capture_output": True, "text": True},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (room, room)),
    )
    assert answer.returncode == 1
    assert "Traceback" not in answer.stderr
    assert "Earlier backups are as they were." in answer.stderr
    assert {path.name for path in (site / "backups").iterdir()} == {".lock"}


def test_a_folder_that_cannot_be_made_is_told(site):
    assert "Earlier backups are as they were" in refuse(site, "backup", "--folder", "/proc/a")


def test_a_site_that_is_not_made_yet_is_told(tmp_path):
    assert "There is no site here yet" in refuse(tmp_path, "backup")


def test_keeping_none_is_refused(site):
    assert "At least one" in refuse(site, "backup", "--keep", "0")


def test_a_lost_picture_is_told_and_the_rest_kept(site, tmp_path):
    (original,) = (site / "media" / "originals").iterdir()
    original.unlink()
    answer = manage(site, "backup")
    assert answer.returncode == 0
    assert f"Missing, and so not in the backup: originals/{original.name}" in answer.stderr
    with Archive(backups(site)[0]) as archive:
        assert archive.manifest.missing == [f"originals/{original.name}"]


def test_a_picture_removed_meanwhile_has_everything_read_anew(tmp_path, monkeypatch):
    """Its row would otherwise come back without it."""
    found = [Manifest(Facts(), missing=["originals/a.webp"]), Manifest(Facts())]
    monkeypatch.setattr(backup, "copy_database", lambda path: None)
    monkeypatch.setattr(backup, "unpack_database", lambda archive, path: None)
    monkeypatch.setattr(files, "named_by", lambda using: set())

    class Whole:
        def __init__(self, path): ...
        def __enter__(self):
            return self

        def __exit__(self, *error): ...
        def verify(self):
            return iter(())

    def fill(path, copy, store, tell):
        path.touch(exist_ok=False)
        return found.pop(0)

    monkeypatch.setattr(backup, "_fill", fill)
    monkeypatch.setattr(backup, "Archive", Whole)
    told = []
    _path, manifest = backup.write(tmp_path, told.append)
    assert manifest.missing == []
    assert "once more from the beginning" in told[0]
