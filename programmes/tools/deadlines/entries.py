"""Deadlines as entries of a calendar and of a feed, in the active language."""

from collections.abc import Iterable
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pages.discovery import feeds
from pages.languages import absolute
from programmes.models import Deadline, DeadlineChange
from programmes.tools.calendars import Entry, Status
from programmes.tools.deadlines.wording import change_words, day_of


def address_of(deadline: Deadline) -> str:
    """Where it stands on the board."""
    return f"{absolute(reverse('tools:deadlines'))}#{deadline.anchor}"


def calendar_entry(deadline: Deadline) -> Entry | None:
    """Return its event, None where nothing is known of when it is."""
    when = deadline.when
    start = when.moment or when.first_day
    if start is None:
        return None
    return Entry(
        uid=deadline.uid,
        sequence=deadline.sequence,
        changed_at=max(deadline.updated_at, deadline.revised_at),
        start=start,
        last_day=None if isinstance(start, datetime) else when.last_day,
        summary=_summary(deadline),
        description="\n".join(_sentences(deadline)),
        url=address_of(deadline),
        status=_status(deadline),
    )


def _status(deadline: Deadline) -> Status:
    if deadline.is_cancelled:
        return "CANCELLED"
    return "TENTATIVE" if deadline.when.is_expected else "CONFIRMED"


def _summary(deadline: Deadline) -> str:
    if deadline.is_cancelled:
        return _("Cancelled: %(name)s") % {"name": deadline.name}
    if deadline.when.is_expected:
        return _("Expected, not confirmed: deadline for %(name)s") % {"name": deadline.name}
    return _("Deadline: %(name)s") % {"name": deadline.name}


def _sentences(deadline: Deadline) -> Iterable[str]:
    yield _("Erasmus+ %(name)s: %(day)s.") % {"name": deadline.name, "day": day_of(deadline.when)}
    if deadline.when.is_expected:
        yield _("The day is not confirmed.")
        yield deadline.basis or ""
    elif not deadline.is_cancelled:
        yield _("The form closes on the stroke. Submit the day before.")
    yield deadline.note or ""
    for change in deadline.changes.all():
        yield f"{change_words(change)}."
    yield address_of(deadline)


def feed_entries(deadlines: Iterable[Deadline]) -> list[feeds.Entry]:
    """Return each deadline, and each change of one that was made known, the newest first.

    Those that were over already when they were entered are no news, as long as there is any.
    """
    every = list(deadlines)
    news = [one for one in every if not one.when.is_over(one.revised_at)]
    found = [entry for deadline in news or every for entry in _feed_entries(deadline)]
    return sorted(found, key=lambda entry: entry.updated, reverse=True)[: feeds.LONGEST]


def _feed_entries(deadline: Deadline) -> Iterable[feeds.Entry]:
    summary = " ".join(filter(None, [*_sentences(deadline)][:-1]))
    title = f"{_summary(deadline)} – {day_of(deadline.when)}"
    updated = max(deadline.updated_at, deadline.revised_at)
    yield _entry(deadline, deadline.uid, title, summary, deadline.revised_at, updated)
    for change in deadline.changes.all():
        if change.made_at is not None:
            yield _change_entry(deadline, change, change.made_at)


def _change_entry(deadline: Deadline, change: DeadlineChange, made_at: datetime) -> feeds.Entry:
    title = f"{deadline.name}: {change_words(change)}"
    summary = " ".join(filter(None, [f"{change_words(change)}.", change.note]))
    return _entry(
        deadline,
        f"{deadline.uid}/{change.pk}",
        title,
        summary,
        made_at,
        max(made_at, change.updated_at),
    )


def _entry(deadline, name, title, summary, published, updated) -> feeds.Entry:
    return feeds.Entry(
        # No two languages share an entry.
        uuid5(NAMESPACE_URL, f"{name}#{get_language()}").urn,
        address_of(deadline),
        title,
        summary,
        deadline.call.type.title,
        published,
        updated,
    )
