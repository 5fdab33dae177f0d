"""The rates of the programme (satser), year by year, each with its source."""

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pages.models import Dated, Translated
from programmes.models.country import Country
from programmes.models.frame import Source


class RateSetQuerySet(models.QuerySet):
    def published(self):
        return self.filter(publish_at__lte=timezone.now())

    def with_rates(self):
        """With everything a tariff is made of."""
        return self.select_related("source").prefetch_related(*RateSet.rows())

    def telling_of_groups(self):
        """With `has_groups`: whether the set says which group each country is in."""
        groups = CountryGroup.objects.filter(rate_set=models.OuterRef("pk"))
        return self.annotate(has_groups=models.Exists(groups))


class RateSet(Dated):
    """The rates of one call year as one body sets them.

    The EU's hold unless the National Agency has set its own: the agency's set holds those only. A set of
    an earlier year stays, so that what was estimated by it can be computed again.
    """

    MOMENTS = ("publish_at",)
    PARTS = ("bands", "groups", "rates")

    # Present on the rows of `telling_of_groups()` only.
    has_groups: bool

    class Agency(models.TextChoices):
        EU = "eu", _("the EU's Programme Guide")
        NATIONAL = "national", _("HK-dir, the National Agency")

    code = models.CharField(max_length=80, unique=True, null=True, blank=True, editable=False)
    year = models.PositiveSmallIntegerField(
        _("call year"), validators=[MinValueValidator(2014)], db_index=True
    )
    agency = models.CharField(_("set by"), max_length=8, choices=Agency, default=Agency.EU)
    source = models.ForeignKey(
        Source,
        models.PROTECT,
        related_name="rate_sets",
        verbose_name=_("source"),
        help_text=_("Where the rates are from, unless a rate names another."),
    )
    publish_at = models.DateTimeField(
        _("shown from"), null=True, blank=True, help_text=_("Empty: a draft that no visitor sees.")
    )

    objects = RateSetQuerySet.as_manager()

    class Meta:
        verbose_name = _("rate set")
        verbose_name_plural = _("rate sets")
        ordering = ["-year", "agency"]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "agency"],
                name="one_rate_set_a_year",
                violation_error_message=_("There is a rate set of this year already."),
            )
        ]

    def __str__(self):
        return f"{self.year}: {self.get_agency_display()}"

    @property
    def is_published(self) -> bool:
        return self.publish_at is not None and self.publish_at <= timezone.now()

    @staticmethod
    def rows() -> tuple[models.Prefetch, ...]:
        """Return what reads everything that a tariff is made of."""
        return (
            models.Prefetch("bands", DistanceBand.objects.select_related("source")),
            models.Prefetch("groups", CountryGroup.objects.select_related("country")),
            models.Prefetch("rates", Rate.objects.select_related("source")),
        )


_MONEY: dict[str, Any] = {
    "max_digits": 9,
    "decimal_places": 2,
    "validators": [MinValueValidator(Decimal(0))],
}


class RateOfSet(Translated):
    """Abstract. A row of a rate set, with a source of its own where it is from elsewhere."""

    SHOWN_ON = "rate_set"
    OPTIONAL = ("note",)

    source = models.ForeignKey(
        Source,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("source"),
        help_text=_("Empty: that of the set."),
    )
    is_uncertain = models.BooleanField(
        _("uncertain"),
        default=False,
        help_text=_("Sources disagree, or it is told at second hand. Visitors are told so."),
    )
    note = models.CharField(_("note"), max_length=250, blank=True)

    class Meta:
        abstract = True

    @property
    def provenance(self) -> Source:
        """Where it is from: its own source, or else that of the set."""
        return self.source or self.rate_set.source  # type: ignore[attr-defined]


class Rate(RateOfSet):
    """What one unit of something is worth, in euro: exact, a range, or known from above only."""

    class Category(models.TextChoices):
        STAFF_DAY = "staff-day", _("stay, staff, per day")
        PUPIL_DAY = "pupil-day", _("stay, pupil, per day")
        ORGANISATION = "organisation", _("organisational support, per participant")
        COURSE_FEE = "course-fee", _("course fee, per participant and day")
        COURSE_FEE_MOST = "course-fee-most", _("course fee, most per participant")
        INCLUSION = "inclusion", _("inclusion support, per participant")
        LANGUAGE = "language", _("language support, per participant")
        LANGUAGE_LONG = "language-long", _("language support for long stays, per participant")
        PREPARATORY_VISIT = "preparatory-visit", _("preparatory visit, per participant")
        LUMP_SUM = "lump-sum", _("lump sum, per project")

    # Which keys a category takes; others take none.
    KEYS = {
        Category.STAFF_DAY: ("1", "2", "3"),
        Category.PUPIL_DAY: ("1", "2", "3"),
        Category.ORGANISATION: (
            *("course", "teaching", "shadowing", "group"),
            *("pupil-short", "pupil-long", "expert", "teacher-in-training"),
        ),
        Category.LUMP_SUM: ("KA210", "KA220"),
    }

    rate_set = models.ForeignKey(
        RateSet, models.CASCADE, related_name="rates", verbose_name=_("rate set")
    )
    category = models.CharField(_("what for"), max_length=20, choices=Category)
    key = models.CharField(
        _("which"),
        max_length=20,
        blank=True,
        help_text=_(
            "The country group, the kind of activity or the action; empty where there is one only."
        ),
    )
    amount = models.DecimalField(_("amount in euro"), **_MONEY)
    lowest = models.DecimalField(
        _("from"), null=True, blank=True, help_text=_("For a range: its lower end."), **_MONEY
    )
    is_ceiling = models.BooleanField(
        _("at most"), default=False, help_text=_("Only the ceiling is known.")
    )

    class Meta:
        verbose_name = _("rate")
        verbose_name_plural = _("rates")
        ordering = ["category", "key", "amount"]
        constraints = [
            models.UniqueConstraint(
                fields=["rate_set", "category", "key", "amount"], name="one_rate_of_a_kind"
            )
        ]

    def __str__(self):
        return f"{self.get_category_display()} {self.key}".strip()

    def clean(self):
        super().clean()
        keys = self.KEYS.get(self.Category(self.category), ("",)) if self.category else ()
        if self.category and self.key not in keys:
            named = ", ".join(keys) if any(keys) else gettext("nothing")
            raise ValidationError(
                {"key": gettext("Here this must be one of: %(keys)s.") % {"keys": named}}
            )
        if self.lowest is not None and self.lowest > self.amount:
            raise ValidationError({"lowest": gettext("The lower end is above the upper one.")})
        if self.lowest is not None and self.is_ceiling:
            raise ValidationError(
                {"is_ceiling": gettext("Where the lower end is known, this is a range.")}
            )


class DistanceBand(RateOfSet):
    """What travelling so far gives one traveller, there and back. Kilometres are one way, ends included."""

    rate_set = models.ForeignKey(
        RateSet, models.CASCADE, related_name="bands", verbose_name=_("rate set")
    )
    start = models.PositiveIntegerField(_("from km"))
    end = models.PositiveIntegerField(
        _("to km"), null=True, blank=True, help_text=_("Empty: and all beyond.")
    )
    standard = models.DecimalField(_("standard, euro"), **_MONEY)
    green = models.DecimalField(_("green, euro"), null=True, blank=True, **_MONEY)

    class Meta:
        verbose_name = _("distance band")
        verbose_name_plural = _("distance bands")
        ordering = ["start"]
        constraints = [
            models.UniqueConstraint(fields=["rate_set", "start"], name="one_band_from_there")
        ]

    def __str__(self):
        return f"{self.start}–{self.end or ''} km"

    def clean(self):
        super().clean()
        if self.start is not None and self.end is not None and self.end < self.start:
            raise ValidationError({"end": gettext("The band ends before it begins.")})


class CountryGroup(models.Model):
    """Which group a country is in, in one rate set: it decides what a day is worth."""

    rate_set = models.ForeignKey(
        RateSet, models.CASCADE, related_name="groups", verbose_name=_("rate set")
    )
    country = models.ForeignKey(
        Country, models.PROTECT, related_name="groups", verbose_name=_("country")
    )
    group = models.CharField(
        _("group"), max_length=1, choices=[(number, number) for number in ("1", "2", "3")]
    )

    class Meta:
        verbose_name = _("country group")
        verbose_name_plural = _("country groups")
        ordering = ["group", "country__code"]
        constraints = [
            models.UniqueConstraint(fields=["rate_set", "country"], name="one_group_a_country")
        ]

    def __str__(self):
        return f"{self.country}: {self.group}"


class ExchangeRate(Dated):
    """What a euro cost in kroner on a day."""

    code = models.CharField(max_length=80, unique=True, null=True, blank=True, editable=False)
    date = models.DateField(_("date"), unique=True)
    kroner = models.DecimalField(
        _("kroner for a euro"),
        max_digits=8,
        decimal_places=4,
        validators=[MinValueValidator(Decimal(1))],
    )
    source = models.ForeignKey(Source, models.PROTECT, verbose_name=_("source"))

    class Meta:
        verbose_name = _("exchange rate")
        verbose_name_plural = _("exchange rates")
        ordering = ["-date"]
        get_latest_by = "date"

    def __str__(self):
        return f"{self.date}: {self.kroner}"
