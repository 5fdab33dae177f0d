"""When there is no answer to give: who asks is told what is wrong and when it will be well again."""

import errno
import sqlite3
import sys
from http import HTTPStatus

from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpResponse
from django.template.loader import get_template

# In seconds: a database that restarts is back by then.
COMES_BACK_IN = 30
# Written by another for too long; a disk or a folder that is not there.
_SQLITE_AWAY = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_PROTOCOL,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_IOERR,
}
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def failed(request) -> HttpResponse:
    """Django's handler of status 500. What passes by itself is 503, and 507 is a disk without room."""
    error = sys.exception()
    context: dict = {"is_full": is_disk_full(error), "is_away": is_database_away(error)}
    status = HTTPStatus.INTERNAL_SERVER_ERROR
    if context["is_full"]:
        status = HTTPStatus.INSUFFICIENT_STORAGE
    elif context["is_away"]:
        status = HTTPStatus.SERVICE_UNAVAILABLE
    if "sheet" in request.POST:
        # The browser has kept what was typed there (desk/keep.js).
        context["form"] = request.get_full_path()
    # Without the request, whose session and user are in the database.
    response = HttpResponse(get_template("500.html").render(context), status=status)
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        response.headers["Retry-After"] = str(COMES_BACK_IN)
    return response


def is_disk_full(error: BaseException | None) -> bool:
    """Whether something was not written since there was no room for it: a file, or rows."""
    if isinstance(error, OSError):
        return error.errno in _FULL
    cause = error.__cause__ if isinstance(error, DatabaseError) else None
    if isinstance(cause, sqlite3.Error):
        return getattr(cause, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL
    # PostgreSQL's own word for it.
    return getattr(cause, "sqlstate", None) == "53100"


def is_database_away(error: BaseException | None) -> bool:
    """Whether the database does not answer, or not in time; a table that is missing passes by no waiting."""
    if isinstance(error, OperationalError) and isinstance(error.__cause__, sqlite3.Error):
        # SQLite calls every mistake in a question by the same name as its own absence.
        return getattr(error.__cause__, "sqlite_errorcode", 0) & 0xFF in _SQLITE_AWAY
    return isinstance(error, OperationalError | InterfaceError)
