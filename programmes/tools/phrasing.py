"""Titles as parts of a sentence. Pure."""

from collections.abc import Iterable


def in_sentence(title: str) -> str:
    """Return a title as it stands within a sentence: «Barnehage» as «barnehage», «EU» as it is."""
    return title[:1].lower() + title[1:] if title[1:2].islower() else title


def listed(titles: Iterable[str]) -> str:
    """Return titles one after another, the first with its capital: «Barnehage, grunnskole»."""
    first, *others = [*titles, ""]
    return ", ".join(filter(None, [first, *map(in_sentence, others)]))
