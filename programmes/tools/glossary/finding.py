"""What was probably meant by a word that is not there. Pure."""

from collections.abc import Iterable
from difflib import get_close_matches

# How alike two words must be, at most 1.
_ALIKE = 0.6


def meant(names: Iterable[str], asked: str, number: int = 3) -> list[str]:
    """Return the names that are spelt nearly as what was asked for, the likest first."""
    by_folded = {name.casefold(): name for name in names}
    found = get_close_matches(asked.casefold(), list(by_folded), number, _ALIKE)
    return [by_folded[name] for name in found]
