"""What becomes of a change: kept as a draft, previewed, published now or at a time, withdrawn, restored.

All of it stands on one operation, applying a snapshot inside a transaction: to preview and to edit a
draft it is rolled back, to publish it stays. So what was previewed is what goes live, and a draft can
leave no trace on a live row.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import DatabaseError, models, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from pages import snapshots
from pages.models import Address, Draft, Publishable, Revision

logger = logging.getLogger(__name__)


def is_live(record: models.Model) -> bool:
    """Whether a change to `record` could be seen by visitors, now or by a plan already made.

    What has no publication of its own, such as a picture, is seen wherever it is used.
    """
    return not isinstance(record, Publishable) or record.publish_at is not None


def reaches_visitors(record: models.Model) -> bool:
    """Whether a change to `record` could be felt by visitors: in itself, or in pages that lie below it."""
    return is_live(record) or (isinstance(record, Publishable) and record.leads_to_live)


def draft_of(record: models.Model) -> Draft | None:
    return Draft.objects.of(record).select_related("changed_by").first()


@contextmanager
def rolled_back() -> Iterator[None]:
    """Whatever is done to the database inside is undone at the end."""
    with transaction.atomic():
        point = transaction.savepoint()
        try:
            yield
        finally:
            transaction.savepoint_rollback(point)


def apply_draft(draft: Draft, record: models.Model) -> list[str]:
    """Put the draft's differences into the live rows. Return a sentence for each that did not go."""
    return snapshots.apply(record, draft.base, draft.snapshot)


def keep_draft(
    record: models.Model,
    base: snapshots.Snapshot,
    snapshot: snapshots.Snapshot,
    user,
    publish_at: datetime | None = None,
    reason: str = "",
) -> Draft | None:
    """Keep `snapshot` as the draft of `record`; without a difference there is none to keep."""
    kind = ContentType.objects.get_for_model(record)
    if not snapshots.changes(base, snapshot):
        Draft.objects.of(record).delete()
        return None
    values = {"base": base, "snapshot": snapshot, "changed_by": user, "fault": ""}
    values |= {"publish_at": publish_at, "reason": reason}
    draft, _made = Draft.objects.update_or_create(
        content_type=kind, object_id=record.pk, defaults=values
    )
    return draft


def note_live(record: models.Model, live: snapshots.Snapshot) -> None:
    """Keep what is live as a version, if the newest version does not say the same.

    So the first change made here can be undone, and one that came by another way is not lost.
    """
    newest = Revision.objects.of(record).exclude(kind=Revision.Kind.DISCARDED).first()
    if newest is None or snapshots.changes(newest.snapshot, live):
        note(record, Revision.Kind.FOUND, None, snapshot=live)


def note(
    record: models.Model,
    kind: Revision.Kind,
    user,
    reason: str = "",
    snapshot: snapshots.Snapshot | None = None,
) -> Revision:
    """Keep `record` as it is now, or as `snapshot` says, as a version."""
    return Revision.objects.create(
        content_type=ContentType.objects.get_for_model(record),
        object_id=record.pk,
        kind=kind,
        name=str(record)[:200],
        snapshot=snapshot or snapshots.take(record),
        reason=reason,
        made_by=user,
    )


def finish(record: models.Model, user, reason: str = "") -> None:
    """Make what now stands in the database the published version. Inside a transaction."""
    if isinstance(record, Publishable) and record.publish_at is None:
        record.publish_at = timezone.now()
        type(record)._default_manager.filter(pk=record.pk).update(publish_at=record.publish_at)
    snapshots.settle(record)
    if isinstance(record, Publishable):
        # What nobody could see has left to others the addresses that led to them.
        Address.objects.keep([record])
    Draft.objects.of(record).delete()
    note(record, Revision.Kind.PUBLISHED, user, reason)


@transaction.atomic
def publish_draft(draft: Draft, user, reason: str = "") -> list[str]:
    """Publish a draft as it is. Raises ValidationError when the record could not stand like that."""
    record = draft.record
    if record is None:
        draft.delete()
        return []
    note_live(record, snapshots.take(record))
    problems = apply_draft(draft, record)
    with translation.override(settings.LANGUAGE_CODE):
        record.full_clean()
    finish(record, user, reason or draft.reason)
    return problems


@transaction.atomic
def discard(draft: Draft, user) -> None:
    """Put a draft away; what it said stays in the history."""
    if (record := draft.record) is not None:
        note(record, Revision.Kind.DISCARDED, user, draft.reason, draft.snapshot)
    draft.delete()


def unplan(record: models.Model) -> None:
    """Cancel the moment when a draft, or a record that nobody has seen yet, is to be shown."""
    Draft.objects.of(record).update(publish_at=None, fault="")
    if isinstance(record, Publishable):
        waiting = type(record)._default_manager.filter(pk=record.pk, publish_at__gt=timezone.now())
        waiting.update(publish_at=None)


@transaction.atomic
def withdraw(record: Publishable, user, reason: str = "") -> None:
    """Take `record` off the site at once; its address answers that it is gone."""
    note_live(record, snapshots.take(record))
    record.withdraw_at = timezone.now()
    type(record)._default_manager.filter(pk=record.pk).update(withdraw_at=record.withdraw_at)
    note(record, Revision.Kind.WITHDRAWN, user, reason)


@transaction.atomic
def delete(record: models.Model, user, reason: str = "") -> None:
    """Delete `record` and keep what it was, so that it can be recovered."""
    note(record, Revision.Kind.DELETED, user, reason)
    Draft.objects.of(record).delete()
    record.delete()


@transaction.atomic
def restore(revision: Revision, user, keeps_drafts: bool = True) -> tuple[models.Model, list[str]]:
    """Bring back what `revision` holds, where nobody sees it yet, and return the record.

    A live record gets it as a draft, or at once where it `keeps_drafts` not; a deleted one comes back
    unpublished.
    """
    record = revision.record
    if record is None:
        return _recover(revision)
    base = snapshots.take(record)
    with rolled_back():
        problems = snapshots.apply(record, base, _for_today(revision, base))
        snapshot = snapshots.take(record)
    record.refresh_from_db()
    if not keeps_drafts:
        _restore_at_once(record, base, snapshot, user)
    elif reaches_visitors(record):
        if (draft := draft_of(record)) is not None:
            discard(draft, user)
        keep_draft(record, base, snapshot, user)
    else:
        snapshots.apply(record, base, snapshot)
        snapshots.settle(record)
    return record, problems


def _restore_at_once(record, live, snapshot, user) -> None:
    note_live(record, live)
    snapshots.apply(record, live, snapshot)
    finish(record, user)


# Where a record stands and whether it is published are today's matters, not the old version's.
_TODAYS = ("position", "publish_at", "withdraw_at", "review_on", "responsible")


def _for_today(revision: Revision, live: snapshots.Snapshot) -> snapshots.Snapshot:
    todays = {name: live["fields"][name] for name in _TODAYS if name in live["fields"]}
    return {**revision.snapshot, "fields": {**revision.snapshot["fields"], **todays}}


def _recover(revision: Revision) -> tuple[models.Model, list[str]]:
    model = revision.content_type.model_class()
    if model is None:
        raise ValidationError(_("This kind of content no longer exists."))
    record = model(pk=revision.object_id)
    fields = {**revision.snapshot["fields"]}
    fields |= {name: None for name in ("publish_at", "withdraw_at") if name in fields}
    fields |= {"position": 0} if "position" in fields else {}
    nothing: snapshots.Snapshot = {"fields": {}, "many": {}, "parts": {}}
    try:
        problems = snapshots.apply(record, nothing, {**revision.snapshot, "fields": fields})
    except DatabaseError as error:
        raise ValidationError(
            _("It cannot be recovered: something it needs has been deleted too.")
        ) from error
    return record, problems


def publish_due(now: datetime | None = None) -> int:
    """Publish every draft whose moment has come; return how many. Safe to run in many processes."""
    due = Draft.objects.filter(publish_at__lte=now or timezone.now(), fault="")
    return sum(
        _publish_once(key) for key in due.order_by("publish_at").values_list("pk", flat=True)
    )


def _publish_once(key: int) -> bool:
    with transaction.atomic():
        draft = Draft.objects.select_for_update().filter(pk=key, fault="").first()
        if draft is None or draft.publish_at is None or draft.publish_at > timezone.now():
            return False  # Another process was first, or an editor changed their mind.
        try:
            with transaction.atomic():
                publish_draft(draft, draft.changed_by)
        except Exception as error:
            # Whatever is wrong with it, every visitor's request comes by here and must be answered.
            logger.exception("A change that was due could not be published: %s", draft)
            Draft.objects.filter(pk=key).update(fault=str(error))
            return False
    return True
