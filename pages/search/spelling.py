"""What a word that nobody has written was meant to be. Pure.

Two steps, each bounded: words whose consonants are the same but for one are looked up, and of those the
nearest is taken, by the letters that are wrong, missing, too many or have changed places.
"""

from collections.abc import Iterable
from functools import lru_cache

SHORTEST, LONGEST_KEY = 4, 12
_SILENT = frozenset("aeiouyæøåhj")
_SOUNDS = str.maketrans({"c": "k", "q": "k", "w": "v", "z": "s", "x": "k"})
_CONSONANTS = "bdfgklmnprstv"


@lru_cache(maxsize=50_000)
def skeleton(form: str) -> str:
    """Return the consonants of a word as they are heard, those that are doubled once."""
    found: list[str] = []
    for letter in form.translate(_SOUNDS):
        if letter not in _SILENT and (not found or found[-1] != letter):
            found.append(letter)
    return "".join(found)[:LONGEST_KEY]


def keys(form: str) -> list[str]:
    """Return the skeletons of all words that this one may have been meant to be."""
    own = skeleton(form)
    found = {own: None}
    for place in range(len(own) + 1):
        before, after = own[:place], own[place:]
        made = [before + letter + after for letter in _CONSONANTS]
        made += [before + after[1:]]
        made += [before + letter + after[1:] for letter in _CONSONANTS if after]
        made += [before + after[1] + after[0] + after[2:]] if len(after) > 1 else []
        found |= dict.fromkeys(skeleton(one) for one in made)
    return [key for key in found if len(key) > 1]


def most_wrong(form: str) -> int:
    """Return how many letters may be wrong in a word for it to be taken for another."""
    return 1 if len(form) < 6 else 2 if len(form) < 10 else 3


def nearest(form: str, known: Iterable[tuple[str, int]]) -> str | None:
    """Return that of the `known` words which comes nearest, or None where none is near.

    Each has the number of texts that it stands in: of two that are as near, the commoner is meant.
    """
    bound, letters = most_wrong(form), set(form)
    best: tuple[int, int, str] | None = None
    for other, texts in known:
        limit = bound if best is None else best[0]
        # Each wrong letter takes one away and puts one in, at most: most words are told apart by that.
        if len(letters.symmetric_difference(other)) > 2 * limit:
            continue
        distance = distance_within(form, other, limit)
        if distance is not None:
            found = (distance, -texts, other)
            best = found if best is None else min(best, found)
    return best[2] if best else None


def distance_within(a: str, b: str, bound: int) -> int | None:
    """Return how many letters are wrong, missing, too many or swapped between two words.

    None where they are more than `bound`.
    """
    if abs(len(a) - len(b)) > bound:
        return None
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, letter in enumerate(a, start=1):
        earlier, before, row = before, row, [i]
        for j, other in enumerate(b, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == b[j - 2] and a[i - 2] == other:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
        if min(row) > bound and (not before or min(before) > bound):
            return None
    return row[-1] if row[-1] <= bound else None
