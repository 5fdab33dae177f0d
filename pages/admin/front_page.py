"""Panels of the admin's front page: what waits for somebody, newest or most urgent first."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pages.freshness import SOON
from pages.models import Draft, Link, Publishable, Revision
from pages.models.translated import ABSENT, MISSING, STALE
from pages.navigation import change_url
from pages.translations import todo

# How many rows of a panel are shown.
MOST = 6


@dataclass(frozen=True)
class Row:
    """One thing that waits: its name, where to change it, and a word on when and who."""

    name: str
    url: str
    note: str = ""
    is_mine: bool = False
    is_urgent: bool = False


@dataclass(frozen=True)
class Panel:
    """A heading with rows below it, or with `empty` where there are none."""

    title: str
    rows: list[Row] = field(default_factory=list)
    empty: str = ""
    more_url: str = ""


def drafts(request) -> Panel:
    """Changes that nobody has planned a moment for, and those whose moment failed."""
    found = list(_drafts().filter(models.Q(publish_at=None) | ~models.Q(fault=""))[:MOST])
    rows = [
        Row(
            name,
            url,
            _("could not be published: see why")
            if draft.fault
            else _when_and_who(draft.changed_at, draft.changed_by),
            is_mine=draft.changed_by_id == request.user.pk,
            is_urgent=bool(draft.fault),
        )
        for draft, name, url in _named(found)
    ]
    return Panel(_("Drafts"), rows, _("No drafts are waiting."))


def scheduled(request) -> Panel | None:
    """Changes and new records with a moment to come, the next one first."""
    waiting = list(_drafts().filter(publish_at__isnull=False, fault="").order_by("publish_at"))
    moments: list[tuple[Any, Row]] = [
        (draft.publish_at, Row(name, url, _moment(draft.publish_at)))
        for draft, name, url in _named(waiting[:MOST])
    ]
    for model in _publishable_models():
        coming = model._default_manager.filter(publish_at__gt=timezone.now())
        moments += [
            (record.publish_at, Row(str(record), change_url(record), _moment(record.publish_at)))
            for record in coming.order_by("publish_at")[:MOST]
        ]
    rows = [row for _moment_, row in sorted(moments, key=lambda pair: pair[0])]
    return Panel(_("Will be published"), rows[:MOST]) if rows else None


def due_for_review(request) -> Panel:
    """What is to be read anew within a month, the oldest first; one's own roles are marked."""
    roles = set(request.user.groups.values_list("pk", flat=True))
    until = timezone.localdate() + SOON
    due = [
        record
        for model in _publishable_models()
        for record in model._default_manager.filter(review_on__lte=until).order_by("review_on")[
            :MOST
        ]
    ]
    due.sort(key=lambda record: record.review_on)
    rows = [_review_row(record, record.responsible_id in roles) for record in due[:MOST]]
    return Panel(_("Due for review"), rows, _("Nothing is due."))


def translations(request) -> Panel:
    """What lacks a translation or has an outdated one, the most visited first."""
    words = {ABSENT: _("not begun"), MISSING: _("missing"), STALE: _("outdated")}
    names = dict(settings.LANGUAGES)
    rows = [
        Row(str(e.record), change_url(e.record), f"{names[e.language]}: {words[e.state]}")
        for e in todo()[:MOST]
    ]
    return Panel(_("To translate"), rows, _("Every translation is up to date."))


def dead_links(request) -> Panel | None:
    """Addresses in texts that led nowhere when they were last looked at."""
    found = list(Link.objects.filter(is_dead=True).order_by("-is_internal", "address")[:MOST])
    rows = [Row(link.address, change_url(link), is_urgent=link.is_internal) for link in found]
    return (
        Panel(_("Dead links"), rows, more_url=reverse("admin:pages_link_changelist"))
        if rows
        else None
    )


def published_lately(request) -> Panel:
    kinds = [Revision.Kind.PUBLISHED, Revision.Kind.WITHDRAWN]
    found = Revision.objects.filter(kind__in=kinds).defer("snapshot").select_related("made_by")
    rows = [
        Row(name, url, _when_and_who(revision.made_at, revision.made_by))
        for revision, name, url in _named(list(found[:MOST]))
    ]
    return Panel(_("Published lately"), rows, _("Nothing has been published here yet."))


def _drafts() -> models.QuerySet[Draft]:
    rows = Draft.objects.defer("base", "snapshot").select_related("changed_by")
    return rows.order_by("-changed_at")


def _publishable_models() -> list[Any]:
    return [model for model in admin.site._registry if issubclass(model, Publishable)]


def _named(rows: list) -> Iterable[tuple]:
    """Return each row with its record's name and address; one query for each kind of record."""
    keys: dict[int, set[int]] = defaultdict(set)
    for row in rows:
        keys[row.content_type_id].add(row.object_id)
    records: dict[tuple[int, int], models.Model] = {}
    for kind, pks in keys.items():
        model = ContentType.objects.get_for_id(kind).model_class()
        if model is not None:
            found = model._default_manager.in_bulk(pks)
            records |= {(kind, pk): record for pk, record in found.items()}
    for row in rows:
        record = records.get((row.content_type_id, row.object_id))
        if record is not None:
            yield row, str(record), change_url(record)


def _review_row(record, is_mine: bool) -> Row:
    day = record.review_on
    shown = date_format(day, "DATE_FORMAT")
    is_over = day < timezone.localdate()
    note = (_("overdue since %(day)s") if is_over else _("due on %(day)s")) % {"day": shown}
    return Row(str(record), change_url(record), note, is_mine=is_mine, is_urgent=is_over)


def _moment(moment: datetime | None) -> str:
    return date_format(timezone.localtime(moment), "DATETIME_FORMAT")


def _when_and_who(moment: datetime, person) -> str:
    day = _moment(moment)
    if person is None:
        return day
    return _("%(day)s, by %(name)s") % {"day": day, "name": person.get_full_name() or str(person)}
