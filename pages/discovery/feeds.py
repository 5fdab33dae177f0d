"""The feed: what is new or changed in one language, for those who follow the site in a feed reader.

Atom, as RFC 4287 has it; at the top stands what visitors have seen as it is now for the shortest time.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.http import Http404, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pages.languages import absolute
from pages.links import Reference
from pages.querysets import PublishableQuerySet

LONGEST = 40

# Signs that text from a word processor may hold, and XML may not.
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Entry:
    """A record in the language of the feed."""

    id: str
    url: str
    title: str
    summary: str
    topic: str
    published: datetime
    updated: datetime


@dataclass(frozen=True)
class Feed:
    """What a feed says of itself; `path` is that of the page that shows the same."""

    title: str
    subtitle: str
    path: str


def newest(sections: Iterable[PublishableQuerySet]) -> list:
    """Return the published records that changed last, the newest first. One query for each section."""
    found = [record for rows in sections for record in _newest_of(rows)]
    return sorted(found, key=lambda record: record.seen_since, reverse=True)[:LONGEST]


def _newest_of(rows: PublishableQuerySet) -> PublishableQuerySet:
    # By their keys first: sorting whole texts would take twice as long on a large site.
    newest_keys = rows.published().in_language().newest_first().values("pk")[:LONGEST]
    return rows.filter(pk__in=newest_keys).with_address().with_seo_texts().newest_first()


def entry_of(record) -> Entry:
    return Entry(
        _name_of(record),
        absolute(record.get_absolute_url()),
        record.head_title,
        record.head_description,
        record.topic,
        record.publish_at,
        record.seen_since,
    )


def _name_of(record) -> str:
    """Return a name for the record in this language that stays whatever becomes of its address."""
    reference = Reference(record._meta.label_lower, record.pk)
    return uuid5(NAMESPACE_URL, f"{absolute(reference.url)}#{get_language()}").urn


@require_safe
def feed(request, sections: Mapping[str, PublishableQuerySet]):
    entries = [entry_of(record) for record in newest(sections.values())]
    if not entries:
        raise Http404
    return atom(
        request, entries, Feed(str(settings.SITE_NAME), _("New and changed pages"), reverse("home"))
    )


def atom(request, entries: Sequence[Entry], about: Feed) -> HttpResponse:
    """Answer with a feed of `entries`, of which there must be one. It is known by the address of `request`."""
    context = {
        "origin": settings.SITE_URL,
        "site_name": settings.SITE_NAME,
        "feed": about,
        "own_path": request.path,
        "entries": entries,
        "updated": max(entry.updated for entry in entries),
    }
    text = _NOT_IN_XML.sub("", render_to_string("feed.xml", context, request))
    response = HttpResponse(text, content_type="application/atom+xml; charset=utf-8")
    # It is to be followed; what is to be found are the pages it lists.
    response["X-Robots-Tag"] = "noindex"
    return response
