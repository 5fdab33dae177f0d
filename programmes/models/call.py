"""Calls (utlysninger) and their deadlines (søknadsfrister), with what has been changed of them."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Prefetch, Q
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pages.models import Translated
from programmes.models.facets import Facet
from programmes.models.frame import Source
from programmes.models.measure import Measure
from programmes.tools.deadlines.dates import NOON, When, today

YEARS = [MinValueValidator(2014), MaxValueValidator(2099)]
REVISIONS_BEGAN = datetime(2020, 1, 1, tzinfo=UTC)
# A window that is wider says nothing.
WIDEST = timedelta(days=92)


class CallType(Facet):
    """What is called for anew each year: mobility, accreditation, partnerships."""

    class Meta(Facet.Meta):
        verbose_name = _("type of call")
        verbose_name_plural = _("types of call")


class Call(Translated):
    """A call of one year. What it is for, its measures say."""

    ALL_LANGUAGES = True
    SHOWN_ON = "type"
    WORTH = 3

    code = models.CharField(max_length=80, unique=True, null=True, blank=True, editable=False)
    type = models.ForeignKey(
        CallType,
        models.PROTECT,
        related_name="calls",
        verbose_name=_("type of call"),
        help_text=_("What comes back each year: the next deadline of a type follows the last."),
    )
    year = models.PositiveSmallIntegerField(_("year"), validators=YEARS)
    title = models.CharField(
        _("title"), max_length=120, help_text=_("As in «Mobility 2027». No date here.")
    )
    measures = models.ManyToManyField(
        Measure,
        blank=True,
        related_name="calls",
        verbose_name=_("measures"),
        help_text=_("The deadline is shown on their pages, and to those whom they are for."),
    )
    source = models.ForeignKey(
        Source,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="calls",
        verbose_name=_("source"),
        help_text=_("Where the call is announced."),
    )

    # Present on the calls of `Deadline.objects.with_all()` only: those that visitors see.
    shown_measures: list[Measure]

    class Meta:
        verbose_name = _("call")
        verbose_name_plural = _("calls")
        ordering = ["-year", "type__position", "pk"]

    def __str__(self):
        return self.title or self.code or "-"


class DeadlineQuerySet(models.QuerySet):
    def upcoming(self, now):
        """Those that have not closed, the first before the others; cancelled ones not."""
        to_come = Q(moment__gt=now) | Q(moment=None, last_day__gte=today(now))
        return self.filter(to_come, is_cancelled=False).order_by("sorts_on", "pk")

    def with_call(self):
        return self.select_related("call", "call__type")

    def with_all(self):
        """With all that the board shows of them. A constant number of queries."""
        measures = Measure.objects.published().in_language().for_list()
        measures = measures.select_related("action", "period").prefetch_related("audiences")
        return (
            self.with_call()
            .select_related("source", "call__source")
            .prefetch_related(
                "changes", Prefetch("call__measures", measures, to_attr="shown_measures")
            )
        )

    def telling_of(self, codes: Iterable[str]):
        """With `is_for_one`: whether its call is for one of the measures with these codes."""
        measures = Measure.objects.filter(calls=OuterRef("call"), code__in=codes)
        return self.annotate(is_for_one=Exists(measures))

    def as_json(self):
        """With `json`: what it takes to show one where it is read along with another row."""
        names = ("day", "time", "first_day", "last_day")
        return self.annotate(json=JSONObject(**{name: name for name in names})).values("json")


class Deadline(Translated):
    """A deadline of a call. Its day is known, or expected between two days.

    What is typed are a day and a time in Brussels; `moment` and `sorts_on` follow from them when it is
    saved. A change of what a calendar shows moves `revised_at` and is kept as a `DeadlineChange`.
    """

    PARTS = ("changes",)
    ALL_LANGUAGES = True
    SHOWN_ON = "call"
    WORTH = 3
    # What follows from the others.
    FOLLOWING = ("first_day", "last_day", "moment", "sorts_on", "uid", "revised_at")

    # Present on the rows of `telling_of()` only.
    is_for_one: bool

    class Status(models.TextChoices):
        CONFIRMED = "confirmed", _("confirmed")
        EXPECTED = "expected", _("expected")

    code = models.CharField(max_length=80, unique=True, null=True, blank=True, editable=False)
    call = models.ForeignKey(Call, models.CASCADE, related_name="deadlines", verbose_name=_("call"))
    title = models.CharField(
        _("round"),
        max_length=80,
        blank=True,
        help_text=_("Where a call has several deadlines: what this one is called."),
    )
    status = models.CharField(
        _("status"),
        max_length=9,
        choices=Status,
        default=Status.CONFIRMED,
        help_text=_(
            "Confirmed: an official page names the day. That it has passed, the clock tells."
        ),
    )
    day = models.DateField(_("day"), null=True, blank=True)
    time = models.TimeField(
        _("time"), default=NOON, help_text=_("Brussels time, which is Norwegian time.")
    )
    first_day = models.DateField(
        _("expected from"),
        null=True,
        blank=True,
        help_text=_("The first day that it can be, as long as the day is not known."),
    )
    last_day = models.DateField(_("expected until"), null=True, blank=True)
    basis = models.TextField(
        _("why it is expected then"),
        blank=True,
        help_text=_("In a sentence, as in «In 2024 and 2026 it was in February»."),
    )
    note = models.TextField(
        _("note"),
        blank=True,
        help_text=_(
            "For visitors, in a sentence, such as why it was moved. It is kept with the change."
        ),
    )
    is_cancelled = models.BooleanField(
        _("cancelled"),
        default=False,
        help_text=_("Shown as cancelled, in calendars too. Don't delete it: nobody would be told."),
    )
    source = models.ForeignKey(
        Source,
        models.PROTECT,
        related_name="deadlines",
        verbose_name=_("source"),
        help_text=_("Where the day, or what is expected, is from."),
    )
    # Its name in calendars, which stays whatever becomes of it.
    uid = models.CharField(max_length=36, unique=True, editable=False)
    revised_at = models.DateTimeField(default=timezone.now, editable=False)
    moment = models.DateTimeField(null=True, editable=False, db_index=True)
    sorts_on = models.DateField(null=True, editable=False, db_index=True)

    objects = DeadlineQuerySet.as_manager()

    class Meta:
        verbose_name = _("deadline")
        verbose_name_plural = _("deadlines")
        ordering = ["-sorts_on", "pk"]

    def __str__(self):
        shown = self.day or " – ".join(str(d) for d in (self.first_day, self.last_day) if d)
        return f"{self.name}: {shown}"

    @property
    def name(self) -> str:
        """The call's title, and the round's where it has a name."""
        return ": ".join(filter(None, [self.call.title if self.call_id else "", self.title]))

    @property
    def anchor(self) -> str:
        """What a link to it on the board ends in."""
        return f"deadline-{self.pk}"

    @property
    def plan_path(self) -> str:
        """Where the planner plans for it."""
        return f"{reverse('tools:planner')}?frist={self.pk}"

    @property
    def series(self) -> int:
        """What it has in common with the deadlines of other years."""
        return self.call.type_id

    @property
    def sequence(self) -> int:
        """How often its calendar entry was revised, as a number that only grows: seconds since 2020."""
        return int((self.revised_at - REVISIONS_BEGAN).total_seconds())

    @property
    def when(self) -> When:
        return When(self.day, self.time, self.first_day, self.last_day, self.is_cancelled)

    def clean(self):
        super().clean()
        errors = self._day_errors() if self.status == self.Status.CONFIRMED else self._span_errors()
        if errors:
            raise ValidationError(errors)

    @transaction.atomic
    def save(self, *args, update_fields=None, **kwargs):
        self._settle()
        before = type(self)._base_manager.filter(pk=self.pk).first() if self.pk else None
        has_moved = before is not None and before.when != self.when
        if before is not None:
            self.uid, self.revised_at = before.uid, before.revised_at
        if before is not None and has_moved:
            # Never the same second twice: calendars go by whole ones.
            self.revised_at = max(timezone.now(), before.revised_at + timedelta(seconds=1))
        if update_fields is not None:
            update_fields = {*update_fields, *self.FOLLOWING}
        super().save(*args, update_fields=update_fields, **kwargs)
        if before is not None and has_moved:
            DeadlineChange.record(before, self)

    def _settle(self) -> None:
        self.uid = self.uid or str(uuid4())
        if self.status == self.Status.CONFIRMED and self.day:
            self.first_day = self.last_day = None
        self.moment, self.sorts_on = self.when.moment, self.when.earliest

    def _day_errors(self) -> dict[str, Any]:
        if self.day is None:
            return {"day": gettext("Write the day, or choose «expected» above.")}
        return self._year_errors("day")

    def _span_errors(self) -> dict[str, Any]:
        errors: dict[str, Any] = {}
        if self.day is not None:
            errors["day"] = gettext(
                "What is expected has no day. Take it away, or choose «confirmed» above."
            )
        for name in ("first_day", "last_day"):
            if getattr(self, name) is None:
                errors[name] = gettext("Write between which days it is expected.")
        if self.first_day and self.last_day:
            errors |= _span_order_errors(self.first_day, self.last_day)
            errors |= self._year_errors("first_day")
        for code in settings.REQUIRED_LANGUAGES:
            if not self.translated("basis", code):
                errors[f"basis_{code}"] = gettext(
                    "Say why it is expected then, so that nobody takes it for a fact."
                )
        return errors

    def _year_errors(self, name: str) -> dict[str, Any]:
        day = getattr(self, name)
        if self.call_id is None or abs(day.year - self.call.year) <= 1:
            return {}
        text = gettext("The call is of %(year)s. Is the year right here, and is it the right call?")
        return {name: text % {"year": self.call.year}}


def _span_order_errors(first: date, last: date) -> dict[str, str]:
    if last < first:
        return {"last_day": gettext("The last day comes before the first.")}
    if last - first > WIDEST:
        return {"last_day": gettext("That is more than three months: nobody can plan by it.")}
    return {}


class DeadlineChange(Translated):
    """What was changed of a deadline, and when that was made known: the change log that visitors see.

    Kept by itself whenever a deadline gets another day, gets a day, is cancelled or holds after all.
    """

    ALL_LANGUAGES = True
    SHOWN_ON = "deadline"

    class Kind(models.TextChoices):
        MOVED = "moved", _("moved")
        CONFIRMED = "confirmed", _("confirmed")
        CANCELLED = "cancelled", _("cancelled")
        REVIVED = "revived", _("holds after all")

    code = models.CharField(max_length=80, unique=True, null=True, blank=True, editable=False)
    deadline = models.ForeignKey(
        Deadline, models.CASCADE, related_name="changes", verbose_name=_("deadline")
    )
    kind = models.CharField(_("what was changed"), max_length=9, choices=Kind)
    made_at = models.DateTimeField(
        _("made known"), null=True, blank=True, help_text=_("Empty: it is not known when.")
    )
    old_day = models.DateField(_("day before"), null=True, blank=True)
    old_time = models.TimeField(_("time before"), default=NOON)
    old_first_day = models.DateField(_("expected from before"), null=True, blank=True)
    old_last_day = models.DateField(_("expected until before"), null=True, blank=True)
    new_day = models.DateField(_("day after"), null=True, blank=True)
    new_time = models.TimeField(_("time after"), default=NOON)
    new_first_day = models.DateField(_("expected from after"), null=True, blank=True)
    new_last_day = models.DateField(_("expected until after"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True, help_text=_("Why, in a sentence."))

    class Meta:
        verbose_name = _("change of a deadline")
        verbose_name_plural = _("changes of deadlines")
        ordering = [F("made_at").desc(nulls_last=True), "-pk"]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.deadline}"

    @property
    def old(self) -> When:
        return When(self.old_day, self.old_time, self.old_first_day, self.old_last_day)

    @property
    def new(self) -> When:
        return When(self.new_day, self.new_time, self.new_first_day, self.new_last_day)

    @classmethod
    def record(cls, before: Deadline, after: Deadline) -> None:
        """Keep what a save has changed, with the note that was written in the same save."""
        said = {f"old_{name}": getattr(before, name) for name in _DAYS}
        said |= {f"new_{name}": getattr(after, name) for name in _DAYS}
        for code, _name in settings.LANGUAGES:
            new = after.translated("note", code)
            said[f"note_{code}"] = new if new != before.translated("note", code) else ""
        for kind in cls._kinds(before, after):
            cls.objects.create(deadline=after, kind=kind, made_at=after.revised_at, **said)

    @classmethod
    def _kinds(cls, before: Deadline, after: Deadline) -> Iterator[str]:
        if any(getattr(before, name) != getattr(after, name) for name in _DAYS):
            gets_day = before.day is None and after.day is not None
            yield cls.Kind.CONFIRMED if gets_day else cls.Kind.MOVED
        if before.is_cancelled != after.is_cancelled:
            yield cls.Kind.CANCELLED if after.is_cancelled else cls.Kind.REVIVED


_DAYS = ("day", "time", "first_day", "last_day")
