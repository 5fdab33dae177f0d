"""Follows each request: an id that the visitor is told and every line of the log carries, what it
took, and whether it failed.
"""

import logging
import random
import re
from time import perf_counter

from django.conf import settings
from django.db import connection

from erasmus_site.operation import counts
from erasmus_site.operation.logs import REQUEST_ID, without_personal

access = logging.getLogger("erasmus_site.access")
queries = logging.getLogger("erasmus_site.queries")

# An id from a proxy in front is kept where it can do no harm in a log or a header.
_SANE = re.compile(r"[A-Za-z0-9._-]{8,64}")
# A longer statement is cut: its beginning tells which it is.
_LONGEST_SQL = 5000


class Traced:
    """WSGI middleware: gives each request an id, and counts the answers that are faults of the site.

    Before the page cache: what is stored holds no request's id, and has none of its own.
    """

    def __init__(self, application):
        self.application = application

    def __call__(self, environ, start_response):
        given = environ.get("HTTP_X_REQUEST_ID", "")
        request_id = given if _SANE.fullmatch(given) else _new_id()
        REQUEST_ID.set(request_id)

        def start(status, headers, *exc_info):
            if status.startswith("5"):
                counts.add(counts.ERRORS)
            return start_response(status, [*headers, ("X-Request-ID", request_id)], *exc_info)

        try:
            answer = self.application(environ, start)
        except Exception:
            # The id stays: the server has yet to log what happened.
            counts.add(counts.ERRORS)
            raise
        REQUEST_ID.set("")
        return answer


class AccessLogMiddleware:
    """Writes a line for each request that is answered by rendering: no file and no stored page.

    Who asked is not told, nor what stands after the address: both may tell of a person.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        began, tally = perf_counter(), Tally()
        with connection.execute_wrapper(tally):
            response = self.get_response(request)
        if response.streaming:
            # A picture or another file: a page brings a dozen along.
            return response
        facts = {
            **{"method": request.method, "path": without_personal(request.path)},
            **{"status": response.status_code, "ms": _ms(began)},
            **{"queries": tally.count, "slowest_query_ms": tally.slowest},
        }
        access.info("Answered", extra={"facts": facts})
        return response


class Tally:
    """Counts what is asked of the database, and tells of each question that took too long."""

    def __init__(self):
        self.count, self.slowest = 0, 0.0

    def __call__(self, execute, sql, params, many, context):
        began = perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self._note(sql, _ms(began))

    def _note(self, sql: str, ms: float) -> None:
        self.count += 1
        self.slowest = max(self.slowest, ms)
        if ms > settings.SLOW_QUERY_MS:
            counts.add(counts.SLOW_QUERIES)
            # Without its parameters: they may be anybody's name.
            facts = {"ms": ms, "sql": str(sql)[:_LONGEST_SQL]}
            queries.warning("A slow query: %d ms", ms, extra={"facts": facts})


def _new_id() -> str:
    # It tells requests apart and guards nothing: what is hard to guess would cost a stored page more.
    return f"{random.getrandbits(64):016x}"


def _ms(began: float) -> float:
    return round((perf_counter() - began) * 1000, 1)
