"""What visitors have answered to «Hjalp siden deg?»."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.apps import apps
from django.db import models
from django.db.models import Count, Max, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pages.keys import key_in
from pages.models.publishable import Publishable

# How long the words are kept. That somebody said yes or no is kept for as long as the site.
COMMENTS_KEPT = timedelta(days=365)


class Tally(NamedTuple):
    """How many said yes, how many no, and how many of them wrote something."""

    yes: int
    no: int
    comments: int

    @property
    def number(self) -> int:
        return self.yes + self.no

    @property
    def share(self) -> int | None:
        """Return how many of a hundred said yes; None where nobody has answered."""
        return round(100 * self.yes / self.number) if self.number else None


class FeedbackQuerySet(models.QuerySet["Feedback"]):
    def of(self, record: models.Model):
        return self.filter(model=record._meta.label_lower, object_id=record.pk)

    def with_comment(self):
        return self.exclude(comment="")

    def tally(self) -> Tally:
        """Return the counts of these rows. One query."""
        return Tally(**self.aggregate(**_COUNTS))

    def per_page(self):
        """Group by page: dicts of the page's model and key, counts, and the day of the last answer."""
        counted = self.order_by().values("model", "object_id")
        return counted.annotate(**_COUNTS, last=Max("created_on"))

    def forget_comments(self, today: date) -> int:
        """Delete the words of answers that are too old, and return how many. What they said stays."""
        old = self.filter(created_on__lt=today - COMMENTS_KEPT)
        return old.with_comment().update(comment="")


_COUNTS: dict[str, Any] = {
    "yes": Count("pk", filter=Q(is_helpful=True)),
    "no": Count("pk", filter=Q(is_helpful=False)),
    "comments": Count("pk", filter=~Q(comment="")),
}


class Feedback(models.Model):
    """One answer: which page, yes or no, perhaps a sentence, and the day. Nothing of who answered.

    The page is named by the label of its model and its key, so that an answer outlives the page and no
    table of pages need know of answers.
    """

    SEEN_BY_VISITORS = False

    model = models.CharField(_("kind of page"), max_length=80)
    object_id = models.BigIntegerField()
    language = models.CharField(_("language"), max_length=16)
    is_helpful = models.BooleanField(_("did it help?"))
    comment = models.CharField(_("comment"), max_length=300, blank=True)
    created_on = models.DateField(_("day"), default=timezone.localdate, db_index=True)

    objects = FeedbackQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer from a visitor")
        verbose_name_plural = _("answers from visitors")
        ordering = ["-created_on", "-pk"]
        indexes = [models.Index(fields=["model", "object_id"], name="feedback_of_page")]

    def __str__(self):
        return self.comment or str(self.created_on)


def name_of(record: models.Model) -> str:
    """Return what the form on a record's page calls it."""
    return f"{record._meta.label_lower}-{record.pk}"


def record_named(name: str) -> Any:
    """Return the record with a page of its own that the form calls `name`, or None.

    Visitors must see it now, in the active language.
    """
    label, _dash, key = name.rpartition("-")
    pk = key_in(key)
    try:
        model = apps.get_model(label)
    except (LookupError, ValueError):
        return None
    if pk is None or not issubclass(model, Publishable):
        return None
    pages: Any = model._default_manager
    return pages.published().in_language().with_address().filter(pk=pk).first()


def titles_of(keys: Iterable[tuple[str, int]]) -> dict[tuple[str, int], models.Model]:
    """Return the records with these labels and keys, as far as they are still there. A query per kind."""
    wanted: dict[str, list[int]] = {}
    for label, key in keys:
        wanted.setdefault(label, []).append(key)
    found: dict[tuple[str, int], models.Model] = {}
    for label, of_label in wanted.items():
        try:
            manager = apps.get_model(label)._default_manager
        except LookupError:
            continue
        found |= {(label, key): row for key, row in manager.in_bulk(of_label).items()}
    return found
