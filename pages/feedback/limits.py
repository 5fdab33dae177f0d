"""How many answers are taken from one address, counted so that nobody can tell whose they were.

In the process's own memory, under a digest made with a secret that is drawn each day and never leaves it:
nothing of an address is written anywhere. Each process counts for itself, so that an address may send as
many times more as there are processes; what all may send in a day is counted in the database.
"""

import hashlib
import ipaddress
import secrets
from collections import deque
from datetime import date
from threading import Lock

from cachetools import LRUCache

# A whole school may come from one address, and answer together after a course.
PER_ADDRESS, WITHIN = 20, 60 * 60
# From all, in a day: many times what the site hopes for.
PER_DAY = 1_000
_ADDRESSES = 10_000


class Counter:
    """Counts by address. Moments are seconds on any clock that only goes forward."""

    def __init__(self, most: int = PER_ADDRESS, within: float = WITHIN):
        self._most, self._within = most, within
        self._sent: LRUCache[bytes, deque[float]] = LRUCache(_ADDRESSES)
        self._lock = Lock()
        self._day: date | None = None
        self._salt = b""

    def take(self, address: str, today: date, now: float) -> bool:
        """Count one more from `address`; return whether it may be taken."""
        with self._lock:
            if today != self._day:
                self._day, self._salt = today, secrets.token_bytes(32)
                self._sent.clear()
            sent = self._sent.setdefault(self._name(address), deque(maxlen=self._most))
            if len(sent) == self._most and now - sent[0] < self._within:
                return False
            sent.append(now)
            return True

    def _name(self, address: str) -> bytes:
        return hashlib.blake2b(_network(address).encode(), key=self._salt, digest_size=16).digest()


def _network(address: str) -> str:
    """Return what one household or school has for itself: the address, or the first half of IPv6's."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if found.version == 6:
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(found)
