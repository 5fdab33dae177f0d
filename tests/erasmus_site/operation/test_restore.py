"""Backups are worth what comes back of them."""

import fcntl
import io
import sqlite3
from contextlib import closing

import pytest
from django.core.files.storage import FileSystemStorage

from erasmus_site.operation import restore
from erasmus_site.operation.archive import DATABASE, Archive, Facts, Writer
from tests.command import refuse, succeed
from tests.erasmus_site.operation import conftest
from tests.erasmus_site.operation.conftest import ask, backups, database, rows

TOKEN = "SELECT token FROM pages_generation"


@pytest.fixture
def made(site):
    succeed(site, "backup")
    return backups(site)[0]


def altered(made, path, change):
    """Return an archive with other facts, rightly sealed."""
    with Archive(made) as archive:
        writer = Writer(path, change(archive.manifest.facts))
        for name in archive.manifest.files:
            with archive.open(name) as file:
                writer.add(name, file)
    writer.close()
    return path


def test_a_fresh_machine_has_every_row_and_file_and_goes_on_from_there(site, made, tmp_path):
    fresh = tmp_path / "fresh"
    succeed(fresh, "restore", str(made))
    without = ("django_session",)
    assert rows(database(fresh), without) == rows(database(site), without)
    assert conftest.files(fresh / "media") == conftest.files(site / "media")
    assert rows(database(fresh))["django_session"] == []
    assert ask(database(fresh), TOKEN) != ask(database(site), TOKEN), "no stored page may hold"
    last = "SELECT seq FROM sqlite_sequence WHERE name = 'pages_page'"
    assert ask(database(fresh), last) == ask(database(site), last) == 2
    with closing(sqlite3.connect(database(fresh))) as found:
        before = ask(database(fresh), TOKEN)
        found.execute("UPDATE pages_page SET lead_nb = 'ny'")
        found.commit()
    assert ask(database(fresh), TOKEN) != before, "changes are seen as before"
    assert "Restored" in succeed(fresh, "restore", "--replace", str(made))


def test_a_site_with_content_is_only_replaced_when_told_and_is_kept(site, made, tmp_path):
    with closing(sqlite3.connect(database(site))) as found:
        found.execute("UPDATE pages_page SET lead_nb = 'skrevet siden'")
        found.commit()
    (site / "media" / "originals" / "ny.webp").write_bytes(b"ny")
    (old,) = (site / "media" / "originals").glob("*.png")
    whole = old.read_bytes()
    old.write_bytes(b"skadd")
    before = rows(database(site)), conftest.files(site / "media")
    assert "--replace" in refuse(site, "restore", str(made))
    assert (rows(database(site)), conftest.files(site / "media")) == before

    # Somebody reads the site meanwhile, and goes on reading.
    with closing(sqlite3.connect(database(site))) as reader:
        question = "SELECT lead_nb FROM pages_page"
        assert reader.execute(question).fetchone()[0] == "skrevet siden"
        succeed(site, "restore", "--replace", str(made))
        assert "Sitat" in reader.execute(question).fetchone()[0]
    assert old.read_bytes() == whole
    assert not (site / "media" / "originals" / "ny.webp").exists()

    (kept,) = (site / "backups").glob("before-restore-*.zip")
    again = tmp_path / "again"
    succeed(again, "restore", str(kept))
    before[0]["django_session"] = []
    assert rows(database(again)) == before[0]
    assert conftest.files(again / "media") == before[1]


def test_a_damaged_archive_changes_nothing(made, tmp_path):
    data = bytearray(made.read_bytes())
    data[len(data) // 2] ^= 1
    damaged = tmp_path / "damaged.zip"
    damaged.write_bytes(data)
    fresh = tmp_path / "fresh"
    assert "is damaged" in refuse(fresh, "restore", str(damaged))
    assert not (fresh / "media").exists()
    assert rows(database(fresh)) == {}


def test_an_archive_of_a_newer_release_is_refused(made, tmp_path):
    newer = altered(
        made,
        tmp_path / "newer.zip",
        lambda facts: {**facts, "migrations": [*facts["migrations"], "pages.9999_later"]},
    )
    told = refuse(tmp_path / "fresh", "restore", str(newer))
    assert "does not know pages.9999_later" in told


def test_one_that_lacks_rows_is_refused(made, tmp_path):
    short = altered(
        made,
        tmp_path / "short.zip",
        lambda facts: {**facts, "rows": {**facts["rows"], "pages_page": 7}},
    )
    assert "its database is not as it was copied" in refuse(
        tmp_path / "fresh", "restore", str(short)
    )


def test_an_archive_of_an_earlier_release_is_brought_to_this_one(site, tmp_path):
    succeed(site, "migrate", "pages", "0009", "--verbosity", "0")
    succeed(site, "backup")
    fresh = tmp_path / "fresh"
    succeed(fresh, "restore", str(backups(site)[0]))
    assert succeed(fresh, "migrate", "--check", "--verbosity", "0") == ""
    words = "SELECT id || title_nb || title_nn || lead_nb || publish_at FROM pages_page"
    assert ask(database(fresh), words) == ask(database(site), words)
    assert ask(database(fresh), TOKEN)


def test_where_the_database_fails_no_new_file_stays(tmp_path):
    """All or nothing: the pictures of a restore that failed must not fill the disk."""
    facts = Facts(made_at="", release="", engine="", migrations=[], rows={})
    writer = Writer(tmp_path / "a.zip", facts)
    for name in (DATABASE, "media/a.webp", "media/originals/b.webp"):
        writer.add(name, io.BytesIO(b"data"))
    writer.close()
    store = FileSystemStorage(location=tmp_path / "media")
    store.save("a.webp", io.BytesIO(b"as it was"))
    with (
        Archive(tmp_path / "a.zip") as archive,
        pytest.raises(ZeroDivisionError),
        restore._new_files(archive, store, print) as differing,
    ):
        assert differing == ["a.webp"]
        assert store.exists("originals/b.webp")
        raise ZeroDivisionError
    assert conftest.files(tmp_path / "media") == {"a.webp": b"as it was"}


def test_one_that_was_cut_off_is_simply_done_again(site, made, tmp_path):
    """Some files have come, one of them half; the database decides whether there is a site."""
    fresh = tmp_path / "fresh"
    (original,) = (site / "media" / "originals").iterdir()
    (fresh / "media" / "originals").mkdir(parents=True)
    (fresh / "media" / "originals" / original.name).write_bytes(original.read_bytes()[:100])
    (fresh / "media" / "noe annet.txt").write_bytes(b"ikke vaart")
    succeed(fresh, "restore", str(made))
    came = conftest.files(fresh / "media")
    assert came.pop("noe annet.txt") == b"ikke vaart", "what is in no backup is not taken away"
    assert came == conftest.files(site / "media")


def test_only_one_at_a_time(site, made):
    """A restore in the middle of a backup would keep half of each."""
    with (site / "backups" / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert "under way" in refuse(site, "backup")
        assert "under way" in refuse(site, "restore", "--replace", str(made))
