"""How long a database is waited for while the site is served, and what is done when it has been silent.

A server that hangs, or a machine that is gone without a word, says nothing for ever: its own limits on a
statement need it to be awake, and TCP sees a connection that is merely quiet. Pure; a clock of the process.
"""

from threading import Lock
from time import monotonic

# After a silence nobody asks for so long, in seconds; then one does.
PAUSE = 1.0


class Patience:
    """`seconds` is how long an answer is waited for; None, as in commands, is for as long as it takes."""

    def __init__(self) -> None:
        self.seconds: float | None = None
        self._lock = Lock()
        self._silent_until = 0.0

    def is_asked_again(self) -> bool:
        """Whether to try: always, unless it has been silent; then one thread at a time, now and then."""
        with self._lock:
            now = monotonic()
            if now < self._silent_until:
                return False
            if self._silent_until:
                # Whoever asks now tries for all the others.
                self._silent_until = now + (self.seconds or 0) + PAUSE
            return True

    def was_silent(self) -> None:
        with self._lock:
            self._silent_until = monotonic() + PAUSE

    def was_answered(self) -> None:
        with self._lock:
            self._silent_until = 0.0


patience = Patience()
