"""Readable addresses from Norwegian titles."""

from django.utils.text import slugify

# slugify() drops letters that it cannot split into a base letter and an accent.
_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "đ": "d", "ŋ": "n", "ŧ": "t", "ß": "ss"})


def slug_from(title: str, max_length: int = 80) -> str:
    """Return a slug of at most `max_length` characters, cut between words where it can be."""
    slug = slugify(title.lower().translate(_LETTERS))
    if len(slug) <= max_length:
        return slug
    head = slug[: max_length + 1].rpartition("-")[0]
    return head or slug[:max_length]
