"""Which words of a Norwegian text neither hunspell nor the lists beside this file know."""

import re
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.services import missing

FOLDER = Path(__file__).parent
# The least letters of a compound's parts: shorter ones are found by chance, unless the texts use
# them as words of their own.
FIRST, LAST = 5, 6
USED_FIRST, USED_LAST = 3, 4
_ADDRESS = re.compile(r"\S+@\S+|https?://\S*|\?\w+=\S+|\btext/\w+|\b[\w-]+(?:\.[\w-]+)+\b")
# As KA122, OID, ID-en and HK-dir: abbreviations are no words of a dictionary.
_ABBREVIATION = re.compile(r"\b[A-ZÆØÅ]*\d[\w-]*|\b[A-ZÆØÅ]{1,}(?:-\w+)?\b|\b[A-ZÆØÅ]{2,}s\b")
_WORD = re.compile(r"[^\W\d_]+")


def words_of(text: str) -> set[str]:
    """Return the words of a plain text, without addresses and abbreviations."""
    text = _ABBREVIATION.sub(" ", _ADDRESS.sub(" ", text))
    return {word for word in _WORD.findall(text) if len(word) > 1}


def listed(name: str) -> set[str]:
    """Return the words of a list, in small letters."""
    lines = (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return {line.strip().lower() for line in lines if line.strip() and not line.startswith("#")}


def unknown(words: Iterable[str], language: str) -> set[str]:
    """Return the words that the dictionary lacks, as they are or as compounds of two that it has."""
    words = set(words)
    used = {word.lower() for word in words}
    strange = _strange(words, language)
    halves = {word: list(_halves(word.lower(), used)) for word in strange}
    parts = {part for pairs in halves.values() for pair in pairs for part in pair}
    known = parts - _strange(parts, language)
    return {word for word in strange if not any(known.issuperset(pair) for pair in halves[word])}


def _halves(word: str, used: set[str]) -> Iterator[tuple[str, str]]:
    """Yield the ways to take a compound apart, with and without an s or an e between."""
    for place in range(USED_FIRST, len(word) - USED_LAST + 1):
        first, last = word[:place], word[place:]
        if len(last) < LAST and last not in used:
            continue
        for stem in (first, first[:-1]) if first[-1] in "se" else (first,):
            if len(stem) >= FIRST or (len(stem) >= USED_FIRST and stem in used):
                yield stem, last


def _strange(words: Iterable[str], language: str) -> set[str]:
    command = ["hunspell", "-d", f"{language}_NO", "-i", "utf-8", "-l"]
    try:
        answer = subprocess.run(
            command, input="\n".join(words), capture_output=True, text=True, encoding="utf-8"
        )
    except FileNotFoundError:
        missing("hunspell", "apt-get install hunspell hunspell-no")
        raise
    if answer.returncode:
        missing("hunspell's Norwegian dictionary", "apt-get install hunspell-no")
    return set(answer.stdout.split())
