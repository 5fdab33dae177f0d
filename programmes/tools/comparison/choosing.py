"""Which measures are compared, as an address carries them: `?m=course&m=shadowing`."""

import re
from collections.abc import Iterable
from urllib.parse import urlencode

PARAMETER = "m"
# How many can be read side by side.
FEWEST, MOST = 2, 5
# How many different ones an address may name before the rest is passed by: enough to tell what was too many.
MOST_ASKED = 12
# A code, or the number of a measure that an editor has made.
_KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")


def keys_in(values: Iterable[str]) -> list[str]:
    """Return those of `values` that can name a measure: each once, in order, not more than MOST_ASKED."""
    found = (value.strip().lower() for value in values)
    return list(dict.fromkeys(key for key in found if _KEY.fullmatch(key)))[:MOST_ASKED]


def query_of(keys: Iterable[str]) -> str:
    """Return what an address ends in for these measures, empty for none."""
    pairs = [(PARAMETER, key) for key in sorted(keys)]
    return f"?{urlencode(pairs)}" if pairs else ""
