"""What is told when there is no answer. That it is, with all else that fails, tests/faults hold."""

import errno
import sqlite3

import pytest
from django.db import DataError, InterfaceError, OperationalError, connections
from django.db.backends.sqlite3.base import DatabaseWrapper
from django.utils import translation

from pages.failing import failed, is_disk_full


def caused_by(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


class _FullError(sqlite3.OperationalError):
    sqlite_errorcode = sqlite3.SQLITE_FULL


class _PostgresFullError(Exception):
    sqlstate = "53100"


FULL = [
    OSError(errno.ENOSPC, "full"),
    OSError(errno.EDQUOT, "quota"),
    caused_by(OperationalError(), _FullError()),
    caused_by(OperationalError(), _PostgresFullError()),
]


class _SqliteError(sqlite3.OperationalError):
    def __init__(self, code: int):
        super().__init__(f"SQLite's error {code}")
        self.sqlite_errorcode = code


AWAY = [
    OperationalError("gone"),
    InterfaceError("closed"),
    caused_by(OperationalError("busy"), _SqliteError(sqlite3.SQLITE_BUSY_SNAPSHOT)),
    caused_by(OperationalError("lost"), _SqliteError(sqlite3.SQLITE_CANTOPEN)),
]
OTHER = [
    ValueError(),
    OSError(errno.EACCES, "shut"),
    DataError(),
    caused_by(OperationalError("no such table"), _SqliteError(sqlite3.SQLITE_ERROR)),
    caused_by(OperationalError("malformed"), _SqliteError(sqlite3.SQLITE_CORRUPT)),
]


def answer_to(error: Exception, request):
    try:
        raise error
    except Exception:
        return failed(request)


@pytest.mark.parametrize(
    ("error", "status"),
    [*((e, 507) for e in FULL), *((e, 503) for e in AWAY), *((e, 500) for e in OTHER)],
    ids=str,
)
def test_each_fault_has_a_status_of_its_own(rf, error, status):
    """A watch must tell a full disk from a database that restarts, and a cache in front what passes."""
    answer = answer_to(error, rf.get("/"))
    assert answer.status_code == status
    assert answer.headers.get("Retry-After") == ("30" if status == 503 else None)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nb", "når ikke innholdet"),
        ("nn", "når ikkje innhaldet"),
        ("en", "cannot reach its content"),
    ],
)
def test_it_is_told_in_the_language_of_the_page(rf, language, words):
    with translation.override(language):
        assert words in answer_to(AWAY[0], rf.get("/")).content.decode()


@pytest.mark.parametrize("error", [FULL[0], AWAY[0], OTHER[0]], ids=str)
def test_whoever_sent_a_form_is_told_that_their_text_is_kept(rf, error):
    kept = "Det du skrev, er ikke borte"
    sent = answer_to(error, rf.post("/admin/pages/page/3/change/?a=b", {"sheet": "ark"}))
    assert kept in sent.content.decode()
    assert 'href="/admin/pages/page/3/change/?a=b"' in sent.content.decode()
    # A password that was typed is not kept.
    assert kept not in answer_to(error, rf.post("/admin/konto/logg-inn/", {})).content.decode()


@pytest.mark.django_db
def test_a_missing_table_is_a_fault_and_a_missing_file_is_not(rf, tmp_path):
    """It is told to whoever watches, and not waited for: no restart brings it."""
    told = {}
    for name, file in (("table", ":memory:"), ("file", tmp_path / "no" / "folder")):
        settings = {**connections["default"].settings_dict, "NAME": str(file), "OPTIONS": {}}
        database = DatabaseWrapper(settings)
        try:
            with database.cursor() as cursor:
                cursor.execute("SELECT 1 FROM pages_page")
        except OperationalError as error:
            told[name] = answer_to(error, rf.get("/")).status_code
        finally:
            database.close()
    assert told == {"table": 500, "file": 503}


def test_a_database_that_is_away_is_no_full_disk():
    assert not any(map(is_disk_full, [*AWAY, *OTHER, None]))
