"""What means the same, for those who search: hospitering and jobbskygging, PIC and OID."""

from collections.abc import Iterator

from django.conf import settings

from programmes.models import Term


def pairs(language: str) -> Iterator[tuple[str, str]]:
    """Yield each term's title with each other name that it has or had, in a language. One query."""
    for term in Term.objects.published().in_language(language).order_by("pk"):
        title, *others = term.all_names(language)
        yield from ((title, other) for other in others)


def alike() -> Iterator[tuple[str, ...]]:
    """Yield for each term all its names, of every language. One query.

    Who searches in one language may know the word of another: application forms are in English.
    """
    for term in Term.objects.published().order_by("pk"):
        names = (name for code, _name in settings.LANGUAGES for name in term.all_names(code))
        found = tuple(dict.fromkeys(names))
        if len(found) > 1:
            yield found
