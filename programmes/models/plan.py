"""What plans are made from: the steps towards a deadline, and when schools are closed."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pages.models import Ordered, Translated
from programmes.models.facets import Facet
from programmes.models.frame import Source
from programmes.models.measure import Measure

LONGEST_HOLIDAY = timedelta(days=100)


class PlanStep(Ordered, Translated):
    """A step on the way to a deadline, so and so many days before it."""

    ALL_LANGUAGES = True

    code = models.CharField(max_length=80, unique=True, null=True, blank=True, editable=False)
    days_before = models.PositiveSmallIntegerField(
        _("days before the deadline"),
        validators=[MinValueValidator(1), MaxValueValidator(400)],
        help_text=_(
            "The latest day to have it done. It is moved forward from holidays and weekends."
        ),
    )
    title = models.CharField(
        _("title"), max_length=120, help_text=_("What to do, as in «Get an EU Login account».")
    )
    text = models.TextField(_("text"), blank=True, help_text=_("How, in one to three sentences."))
    measures = models.ManyToManyField(
        Measure,
        blank=True,
        related_name="plan_steps",
        verbose_name=_("only for these measures"),
        help_text=_("Empty: for all."),
    )

    class Meta:
        verbose_name = _("step of the plan")
        verbose_name_plural = _("steps of the plan")
        ordering = ["-days_before", "position", "pk"]

    def __str__(self):
        return self.title or self.code or "-"


class SchoolArea(Facet):
    """A county or a municipality whose schools have their holidays in common."""

    class Meta(Facet.Meta):
        verbose_name = _("area with its own school calendar")
        verbose_name_plural = _("areas with their own school calendars")


class SchoolHoliday(Translated):
    """Days without school in an area. Not public holidays, which are reckoned."""

    ALL_LANGUAGES = True
    SHOWN_ON = "area"

    code = models.CharField(max_length=80, unique=True, null=True, blank=True, editable=False)
    area = models.ForeignKey(
        SchoolArea, models.CASCADE, related_name="holidays", verbose_name=_("area")
    )
    school_year = models.PositiveSmallIntegerField(
        _("school year"),
        validators=[MinValueValidator(2020), MaxValueValidator(2099)],
        help_text=_("The year in which it begins: 2026 for 2026–2027."),
    )
    title = models.CharField(_("name"), max_length=80, help_text=_("As in «autumn holiday»."))
    first_day = models.DateField(_("first day without school"))
    last_day = models.DateField(
        _("last day without school"),
        null=True,
        blank=True,
        help_text=_("Empty: not known yet, as for a summer whose next school year is not settled."),
    )
    source = models.ForeignKey(
        Source,
        models.PROTECT,
        related_name="holidays",
        verbose_name=_("source"),
        help_text=_("The school calendar that says so."),
    )

    class Meta:
        verbose_name = _("school holiday")
        verbose_name_plural = _("school holidays")
        ordering = ["area__position", "first_day", "pk"]

    def __str__(self):
        place = self.area if self.area_id else "-"
        year = f"{self.school_year}–{self.school_year + 1}" if self.school_year else ""
        return f"{place}: {self.title} {year}".strip()

    def clean(self):
        super().clean()
        if self.first_day is None or self.school_year is None:
            return
        errors = self._day_errors() or self._clash()
        if errors:
            raise ValidationError(errors)

    def _day_errors(self) -> dict[str, str]:
        last = self.last_day or self.first_day
        if last < self.first_day:
            return {"last_day": gettext("The last day comes before the first.")}
        if last - self.first_day > LONGEST_HOLIDAY:
            return {"last_day": gettext("No holiday lasts so long: look at the years.")}
        begins, ends = date(self.school_year, 8, 1), date(self.school_year + 1, 8, 31)
        if not (begins <= self.first_day and last <= ends):
            text = gettext("The days do not lie in the school year %(first)s–%(last)s.")
            years = {"first": self.school_year, "last": self.school_year + 1}
            return {"first_day": text % years}
        return {}

    def _clash(self) -> dict[str, str]:
        if self.area_id is None:
            return {}
        others = SchoolHoliday.objects.filter(area=self.area_id).exclude(pk=self.pk)
        last = self.last_day or self.first_day
        clash = others.filter(first_day__lte=last, last_day__gte=self.first_day).first()
        if clash is None:
            return {}
        text = gettext("Some of these days are in %(other)s already.")
        return {"first_day": text % {"other": clash}}
