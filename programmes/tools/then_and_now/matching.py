"""Pure: whether what somebody looks for stands in an old name, today's name or the note on them."""

from collections.abc import Iterable

# Longer questions are read no further: an old name is a few words.
LONGEST = 80


def asked(text: str) -> str:
    """Return what is looked for as it is shown in the form again: one line, without control characters."""
    plain = "".join(letter if letter.isprintable() else " " for letter in text[: LONGEST * 4])
    return " ".join(plain.split())[:LONGEST].strip()


def is_found(question: str, names: Iterable[str], other: Iterable[str] = ()) -> bool:
    """Whether all words of `question` stand in `names` or `other`.

    A code is also found however it is spaced: KA229, ka 229, KA-229. An empty question finds all.
    """
    names = list(names)
    whole = " ".join([*names, *other]).casefold()
    if all(word in whole for word in question.casefold().split()):
        return True
    compact = _compact(question)
    return bool(compact) and any(compact in _compact(name) for name in names)


def _compact(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())
