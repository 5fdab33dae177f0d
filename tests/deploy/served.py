"""What gunicorn serves in a test: one answer with what the site's database connection is like."""

import json
import sqlite3

from django.conf import settings
from django.db import connection, transaction

# Loaded as the site is, so that the connection is opened, closed and opened again as there.
from erasmus_site.wsgi import application as site  # noqa: F401


def application(_environ, start_response):
    start_response("200 OK", [("Content-Type", "application/json")])
    return [json.dumps(_connection()).encode()]


def _connection() -> dict:
    with connection.cursor() as cursor:
        told = {
            name: _pragma(cursor, name) for name in ("journal_mode", "synchronous", "busy_timeout")
        }
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        told["others_may_write_meanwhile"] = _may_write()
    return told


def _pragma(cursor, name: str):
    return cursor.execute(f"PRAGMA {name}").fetchone()[0]


def _may_write() -> bool:
    other = sqlite3.connect(settings.DATABASES["default"]["NAME"], timeout=0)
    try:
        other.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError:
        return False
    finally:
        other.close()
    return True
