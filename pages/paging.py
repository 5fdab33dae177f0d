"""Long lists in parts that cost the same wherever they are in the list: no total is counted."""

from dataclasses import dataclass

from django.db import models
from django.http import Http404

PARAMETER = "side"
# Nobody leafs further, and a database must pass by all that comes before.
MAX_NUMBER = 1_000


@dataclass(frozen=True)
class Part:
    """Rows of one part of a list; the first part has number 1."""

    number: int
    rows: list
    has_more: bool

    @property
    def previous_query(self) -> str:
        """What the address of the part before ends in; that of the first has no number."""
        return "" if self.number == 2 else f"?{PARAMETER}={self.number - 1}"

    @property
    def next_query(self) -> str:
        return f"?{PARAMETER}={self.number + 1}"

    @property
    def is_first(self) -> bool:
        return self.number == 1


def part_of(rows: models.QuerySet, request, size: int) -> Part:
    """Return the part of `rows` that the address asks for, or raise Http404 where there is none."""
    asked = request.GET.get(PARAMETER, "1")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 5 else 0
    if not 1 <= number <= MAX_NUMBER or asked != str(number):
        raise Http404
    start = (number - 1) * size
    found = list(rows[start : start + size + 1])
    if not found and number > 1:
        raise Http404
    return Part(number, found[:size], len(found) > size)
