"""The sitemap: every published record in each language it has, with its alternates.

One file while it is short. Beyond that an index of parts, as the protocol asks, each of which costs
the same however large the site is; `django.contrib.sitemaps` reads every record for any part.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from pages.languages import Version, absolute, default_of, versions
from pages.querysets import PublishableQuerySet

# Keys in a part, whose records have an address in each language; the protocol allows 50,000 of them.
PART = 500


@dataclass(frozen=True)
class Entry:
    """One address, when its record was last changed, and the record in every language."""

    url: str
    changed_at: datetime
    versions: list[Version]
    default: Version | None


def number_of_parts(rows: PublishableQuerySet) -> int:
    """Return how many parts hold all of `rows`. By their keys, so that nothing need be counted."""
    last = rows.order_by("-pk").values_list("pk", flat=True).first() or 1
    return (last - 1) // PART + 1


def part_of(rows: PublishableQuerySet, number: int) -> PublishableQuerySet:
    """Return the published records of part `number`, counted from 1."""
    keys = {"pk__gt": (number - 1) * PART, "pk__lte": number * PART}
    return rows.published().filter(**keys).order_by("pk").for_address().with_changed_at()


def entries_of(part: Iterable) -> Iterable[Entry]:
    for record in part:
        found = versions(record)
        for version in found:
            yield Entry(version.absolute_url, record.changed_at, found, default_of(found))


@require_safe
def sitemap(request, sections: Mapping[str, PublishableQuerySet]):
    """Every address while they are few, and otherwise the addresses of the parts."""
    numbers = {name: number_of_parts(rows) for name, rows in sections.items()}
    if max(numbers.values()) == 1:
        entries = [entry for rows in sections.values() for entry in entries_of(part_of(rows, 1))]
        return _xml(request, "sitemap.xml", {"entries": entries})
    urls = [
        absolute(reverse("sitemap_part", args=[name, number]))
        for name, last in numbers.items()
        for number in range(1, last + 1)
    ]
    return _xml(request, "sitemap_index.xml", {"urls": urls})


@require_safe
def sitemap_part(request, sections: Mapping[str, PublishableQuerySet], section: str, number: int):
    if section not in sections or not 1 <= number <= number_of_parts(sections[section]):
        raise Http404
    return _xml(request, "sitemap.xml", {"entries": entries_of(part_of(sections[section], number))})


def _xml(request, template: str, context: dict):
    response = render(request, template, context, content_type="application/xml")
    # The list is for machines to read and no page to find.
    response["X-Robots-Tag"] = "noindex"
    return response
