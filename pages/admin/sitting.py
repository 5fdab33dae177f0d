"""One editor's visit to one form: what was live, what the draft adds, what the form was made from."""

from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils import timezone

from pages import publishing, snapshots
from pages.models import Draft, Publishable, Revision


@dataclass
class Sitting:
    """`record` is None on the form for a new one. `wish` is the name of the button that was pressed."""

    record: models.Model | None
    may_publish: bool
    wish: str = ""
    live: snapshots.Snapshot | None = None
    draft: Draft | None = None
    problems: list[str] = field(default_factory=list)
    # What the form stands on: a later save from another form than this is refused.
    seen: str = ""
    posted_seen: str = ""
    # What was typed earlier is only brought back into the form: nothing may be saved.
    restores: bool = False
    refusal: str = ""
    # Tried in vain: there was no room left to save in.
    is_full: bool = False
    # Rows that another deleted meanwhile, made anew so that what was written in them can be shown.
    brought_back: list[models.Model] = field(default_factory=list)
    conflict: list[snapshots.Change] = field(default_factory=list)
    saved: models.Model | None = None
    form: Any = None
    previous: snapshots.Snapshot | None = None

    WISHES = ("_publish", "_draft", "_preview", "_pick")

    @classmethod
    def of(cls, request: HttpRequest, record: models.Model | None, keeps_drafts: bool) -> "Sitting":
        sitting = cls(record, may_publish=request.user.has_perm("pages.publish"))
        posted = next((name for name in cls.WISHES if name in request.POST), "")
        # A plain «save», as in a pop-up, changes nothing in what is shown and what is not.
        is_live = record is not None and publishing.is_live(record)
        default = "_publish" if sitting.may_publish and is_live else "_draft"
        sitting.wish = posted or default
        sitting.posted_seen = request.POST.get("seen", "")
        sitting.restores = "_restore" in request.POST
        sitting.is_full = getattr(request, "is_disk_full", False)
        if record is not None:
            sitting.live = snapshots.take(record)
            sitting.draft = publishing.draft_of(record) if keeps_drafts else None
        return sitting

    @property
    def is_outdated(self) -> bool:
        """Whether somebody has saved the record since the form that came was opened."""
        return bool(self.posted_seen) and self.record is not None and self.posted_seen != self.seen

    @property
    def stands_on(self) -> str:
        """What the form in answer is to say it was made from: until the other's texts have been
        shown, still what the editor saw, so that correcting a mistake first hides no conflict."""
        return self.seen if self.conflict else self.posted_seen or self.seen

    @property
    def is_live(self) -> bool:
        return self.record is not None and publishing.reaches_visitors(self.record)

    @property
    def is_visible(self) -> bool:
        """Whether visitors see the record now."""
        if self.record is None:
            return False
        return not isinstance(self.record, Publishable) or self.record.is_published

    @property
    def awaits(self) -> bool:
        """Whether the record waits for the moment when it is shown for the first time."""
        moment = getattr(self.record, "publish_at", None)
        return moment is not None and moment > timezone.now()

    @property
    def planned_for(self):
        """The moment that the change, or the record itself, is shown from; None without a plan."""
        if self.draft and self.draft.publish_at:
            return self.draft.publish_at
        return self.record.publish_at if self.awaits else None  # type: ignore[union-attr]

    def bring_in_draft(self) -> None:
        """Make the rows what the draft says, until the transaction is rolled back."""
        if self.record is None:
            return
        if self.draft:
            self.problems = publishing.apply_draft(self.draft, self.record)
        self.previous = snapshots.take(self.record)
        self.seen = snapshots.digest(self.previous)

    def last_by(self):
        """Return who changed the record last, and when; (None, None) where nobody knows."""
        if self.draft:
            return self.draft.changed_by, self.draft.changed_at
        newest = Revision.objects.of(self.record).first()
        return (newest.made_by, newest.made_at) if newest else (None, None)
