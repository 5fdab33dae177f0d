"""Keys of rows as they come from outside: in an address, or in a form that may be forged."""

import re

# Beyond 18 digits no database has a key. New rows of a draft have keys below nought.
_KEY = re.compile(r"-?[0-9]{1,18}")


def key_in(text: str) -> int | None:
    """Return the key that `text` is, None where it can be nobody's."""
    return int(text) if _KEY.fullmatch(text) else None
