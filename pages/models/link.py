"""What checking the links of all texts has found, for the list in the admin."""

from datetime import timedelta
from typing import NamedTuple

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

MAX_ADDRESS = 2000
CHECKED_EVERY = timedelta(days=7)
# One failure may be a bad day at the other end.
FAILURES_OF_THE_DEAD = 2


class Outcome(NamedTuple):
    """Whether somebody answered at an address, None when it was not asked, and what was answered."""

    is_alive: bool | None
    told: str


class LinkQuerySet(models.QuerySet["Link"]):
    def due(self):
        """Those elsewhere that it is time to ask for: weekly, or the day after a first failure."""
        failed_once = Q(failures__gt=0, is_dead=False, failed_on__lt=timezone.localdate())
        waited = Q(checked_at=None) | Q(checked_at__lte=timezone.now() - CHECKED_EVERY)
        return self.filter(failed_once | waited, is_internal=False)

    def dead(self):
        return self.filter(is_dead=True)


class Link(models.Model):
    """An address elsewhere that texts link to, or a dead link within the site.

    `uses` says where it stands: a list of dicts with the model's label, the row's key and title, the
    field and the language.
    """

    SEEN_BY_VISITORS = False

    class Problem(models.TextChoices):
        DELETED = "deleted", _("it is deleted")
        UNPUBLISHED = "unpublished", _("visitors cannot see it now")
        ABSENT = "absent", _("it does not exist in this language")
        NOWHERE = "nowhere", _("there is no such page")
        NO_BEGINNING = "beginning", _("it lacks https:// or a slash at the beginning")
        NO_PART = "part", _("the page has no such part")

    address = models.CharField(_("address"), max_length=MAX_ADDRESS, unique=True)
    is_internal = models.BooleanField(_("within the site"), default=False)
    is_dead = models.BooleanField(_("dead"), default=False, db_index=True)
    status = models.CharField(_("answer"), max_length=60, blank=True)
    failures = models.PositiveSmallIntegerField(_("failures"), default=0)
    failed_on = models.DateField(_("last failed"), null=True)
    first_seen = models.DateTimeField(_("first seen"), auto_now_add=True)
    checked_at = models.DateTimeField(_("last checked"), null=True)
    uses = models.JSONField(_("stands in"), default=list)

    objects = LinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")
        ordering = ["-is_dead", "-is_internal", "address"]

    def __str__(self):
        return self.address

    @property
    def told(self) -> str:
        """What is wrong with it, or what was answered, in words."""
        return str(self.Problem(self.status).label) if self.is_internal else self.status

    def take_over(self, known: "Link | None") -> bool:
        """Take what is known of this address from its row; return whether anything differs from it."""
        if known is None:
            return True
        self.pk, self.first_seen = known.pk, known.first_seen
        if self.is_internal:
            return (self.status, self.uses) != (known.status, known.uses)
        for name in ("is_dead", "status", "failures", "failed_on", "checked_at"):
            setattr(self, name, getattr(known, name))
        return self.uses != known.uses

    def note(self, outcome: Outcome) -> None:
        """Remember an answer. What fails is dead only when it fails on another day too."""
        today = timezone.localdate()
        self.status, self.checked_at = outcome.told[:60], timezone.now()
        if outcome.is_alive:
            self.failures, self.failed_on = 0, None
        elif outcome.is_alive is False and self.failed_on != today:
            self.failures, self.failed_on = min(self.failures + 1, 1000), today
        self.is_dead = self.failures >= FAILURES_OF_THE_DEAD
        self.save()
