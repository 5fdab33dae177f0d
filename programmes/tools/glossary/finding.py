"""Narrowing the glossary to what is asked for. Pure."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

# Nobody looks up a longer word, and comparing costs by the letter.
LONGEST = 80
_NO_LETTER = re.compile(r"[^\w+]+")


@dataclass(frozen=True)
class Looked:
    """What a term is found by: its names in any language, and the text about it."""

    names: Sequence[str]
    text: str


def asked_for(value: str) -> str:
    """Return what was typed as it can be looked for and shown: one line of at most `LONGEST` letters."""
    return " ".join(value.replace("\0", " ").split())[:LONGEST].strip()


def matches(looked: Looked, asked: str) -> bool:
    """Whether all that is asked for stands in the names or in the text."""
    words = _folded(asked).split()
    text = _folded(" ".join([*looked.names, looked.text]))
    return bool(words) and all(word in text for word in words)


def meant(names: Iterable[str], asked: str, number: int = 3) -> list[str]:
    """Return the names that are spelt nearly as what was asked for."""
    by_folded = {_folded(name): name for name in names}
    found = get_close_matches(_folded(asked), list(by_folded), number, 0.6)
    return [by_folded[name] for name in found]


def _folded(text: str) -> str:
    """Return text without capitals, accents and signs; æ, ø and å stay letters of their own."""
    kept = unicodedata.normalize("NFC", text.casefold()).replace("å", "\ue000")
    bare = "".join(c for c in unicodedata.normalize("NFD", kept) if not unicodedata.combining(c))
    return _NO_LETTER.sub(" ", bare.replace("\ue000", "å")).strip()
