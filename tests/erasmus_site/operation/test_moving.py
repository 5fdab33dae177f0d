"""A site that is moved to PostgreSQL, an S3 store, and back again is the same site."""

import json
import sqlite3
from contextlib import closing
from decimal import Decimal

import psycopg
import pytest
from django.db import DatabaseError, connections, transaction

from erasmus_site import addresses
from erasmus_site.operation import databases
from tests.command import manage, refuse, succeed
from tests.erasmus_site.operation import conftest
from tests.erasmus_site.operation.conftest import backups, database, rows


@pytest.fixture
def empty(postgresql):
    """The address of an empty database of the test's own."""
    with psycopg.connect(postgresql, autocommit=True) as server:
        server.execute("DROP DATABASE IF EXISTS moved")
        server.execute("CREATE DATABASE moved")
    return postgresql.rpartition("/")[0] + "/moved"


def alike(found: dict[str, list]) -> dict[str, list]:
    """JSON means the same in whatever order its names stand, and has numbers of one kind only."""

    def value(cell):
        if not isinstance(cell, str) or cell[:1] not in ("[", "{"):
            return cell
        try:
            tree = json.loads(cell, parse_int=Decimal, parse_float=Decimal)
        except ValueError:
            return cell
        return json.dumps(tree, sort_keys=True, default=lambda number: str(number.normalize()))

    return {
        name: sorted((tuple(map(value, row)) for row in table), key=repr)
        for name, table in found.items()
    }


def test_to_postgresql_and_back_with_history_drafts_and_people(site, empty, tmp_path):
    before = rows(database(site))
    told = succeed(site, "move_database", empty)
    assert "All tables are the same in both" in told
    for table in ("pages_revision", "pages_draft", "auth_user", "auth_user_groups"):
        line = next(line for line in told.splitlines() if line.endswith(f"  {table}"))
        assert int(line.split()[0]) >= 1, line
    assert rows(database(site)) == before, "the source is only read"

    with psycopg.connect(empty, autocommit=True) as moved:

        def ask(question):
            return moved.execute(question).fetchone()[0]

        token = "SELECT token FROM pages_generation"
        first = ask(token)
        moved.execute("UPDATE pages_page SET position = position")
        assert ask(token) != first, "changes are seen there as here"
        assert ask("SELECT nextval(pg_get_serial_sequence('pages_page', 'id'))") == 3
        moved.execute("SELECT setval(pg_get_serial_sequence('pages_page', 'id'), 2)")

    assert "is not empty" in refuse(site, "move_database", empty)
    back = tmp_path / "back.sqlite3"
    node = tmp_path / "node"
    succeed(node, "move_database", f"sqlite:///{back}", DATABASE_URL=empty)
    assert alike(rows(back)) == alike(before)
    with closing(sqlite3.connect(back)) as found, closing(sqlite3.connect(database(site))) as own:
        given = "SELECT seq FROM sqlite_sequence WHERE name = 'pages_page'"
        assert found.execute(given).fetchone() == own.execute(given).fetchone() == (2,)
        assert found.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert found.execute("PRAGMA foreign_key_check").fetchall() == []


def test_a_backup_of_one_engine_comes_back_on_the_other(site, empty, bucket, tmp_path):
    """Whoever has only the file of yesterday must not need the machine of yesterday."""
    succeed(site, "backup")
    services = {"DATABASE_URL": empty, "MEDIA_STORE_URL": bucket}
    node = tmp_path / "node"
    succeed(node, "restore", str(backups(site)[0]), **services)
    assert not (node / "media").exists(), "the machine keeps nothing of its own"
    assert not (node / "db.sqlite3").exists()
    succeed(node, "backup", **services)
    home = tmp_path / "home"
    succeed(home, "restore", str(backups(node)[0]))
    without = ("django_session",)
    assert alike(rows(database(home), without)) == alike(rows(database(site), without))
    assert conftest.files(home / "media") == conftest.files(site / "media")
    assert "--replace" in refuse(node, "restore", str(backups(node)[0]), **services)
    succeed(node, "restore", "--replace", str(backups(node)[0]), **services)


def test_pictures_move_to_a_bucket_and_back(site, bucket, tmp_path):
    own = bucket.replace("/media?", "/flyttet?")
    told = succeed(site, "move_media", own)
    number = len(conftest.files(site / "media"))
    assert f"{number} files are the same in both; {number} were copied now." in told
    assert "; 0 were copied now." in succeed(site, "move_media", own)
    (removed,) = (site / "media" / "originals").iterdir()
    whole = removed.read_bytes()
    removed.unlink()
    assert "The target has 1 files" in manage(site, "move_media", own).stderr
    removed.write_bytes(whole)
    succeed(tmp_path, "move_media", f"file://{tmp_path}/hjemme", MEDIA_STORE_URL=own)
    assert conftest.files(tmp_path / "hjemme") == conftest.files(site / "media")


def test_what_the_other_engine_does_not_take_is_told_and_nothing_is_written(site, empty):
    """PostgreSQL keeps to the length of a column, and has no place for the sign of no sign."""
    with closing(sqlite3.connect(database(site))) as found:
        found.execute("UPDATE pages_page SET lead_nb = 'a' || char(0) || 'b'")
        found.commit()
    told = refuse(site, "move_database", empty)
    assert "pages_page holds what the other database does not take" in told
    with psycopg.connect(empty) as moved:
        assert moved.execute("SELECT count(*) FROM auth_user").fetchone()[0] == 0


@pytest.mark.parametrize(
    ("target", "told"),
    [
        ("tull", "The target is not an address"),
        ("postgres://a:hemmelig@127.0.0.1:1/b", "The target cannot be opened"),
    ],
)
def test_a_wrong_target_is_told(site, target, told):
    answer = refuse(site, "move_database", target)
    assert told in answer
    assert "hemmelig" not in answer


def test_a_site_of_another_release_is_not_moved(tmp_path):
    assert "run `manage.py prepare` first" in refuse(
        tmp_path, "move_database", f"sqlite:///{tmp_path}/a.sqlite3"
    )


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_what_is_read_is_of_one_moment_and_hinders_nobody(
    engine, empty, tmp_path, django_db_blocker
):
    """Editors go on saving while the site is copied, and a copy of two moments fits together nowhere."""
    url = empty if engine == "postgresql" else f"sqlite:///{tmp_path}/live.sqlite3"
    config = addresses.database(url)
    with (
        django_db_blocker.unblock(),
        databases.opened("reader", config) as reader,
        databases.opened("writer", config) as writer,
    ):
        with connections[writer].cursor() as cursor:
            cursor.execute("CREATE TABLE saved (number integer)")
        with databases.as_of_now(reader):
            assert databases.count("saved", reader) == 0
            with connections[writer].cursor() as cursor:
                cursor.execute("INSERT INTO saved VALUES (1)")
            assert databases.count("saved", reader) == 0
            with pytest.raises(DatabaseError), transaction.atomic(reader):
                connections[reader].cursor().execute("INSERT INTO saved VALUES (2)")
        assert databases.count("saved", reader) == 1
        with connections[reader].cursor() as cursor:
            cursor.execute("INSERT INTO saved VALUES (3)")
