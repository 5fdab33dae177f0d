"""psycopg, but for how connections are opened and waited for."""

import math
from typing import Any

import psycopg
from psycopg.pq import TransactionStatus

from erasmus_site.postgresql.patience import patience


class Connection(psycopg.Connection[Any]):
    """Ends itself when the server has been silent for too long: nothing that it says later is wanted."""

    def wait(self, gen, interval=0.1, timeout=None):
        limit = patience.seconds if timeout is None else timeout
        try:
            return super().wait(gen, interval=interval, timeout=limit)
        except psycopg.OperationalError:
            if self.pgconn.transaction_status == TransactionStatus.ACTIVE:
                patience.was_silent()
                self.close()
            raise


def connect(**parameters: Any) -> psycopg.Connection[Any]:
    if patience.seconds is None:
        return Connection.connect(**parameters)
    if not patience.is_asked_again():
        raise psycopg.OperationalError("the database has just been silent")
    longest = min(parameters.get("connect_timeout", math.inf), math.ceil(patience.seconds))
    try:
        found = Connection.connect(**parameters | {"connect_timeout": longest})
    except psycopg.errors.ConnectionTimeout:
        patience.was_silent()
        raise
    except psycopg.Error:
        # Refused: it may be asked again at once.
        patience.was_answered()
        raise
    patience.was_answered()
    return found


def __getattr__(name: str) -> Any:
    return getattr(psycopg, name)
