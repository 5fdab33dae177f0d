"""The ways in to the programme, and the rules that tell who may take which: what «Kan vi søke?» answers by."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Prefetch, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pages.models import Ordered, Translated
from programmes.models.frame import Source
from programmes.models.measure import Measure
from programmes.tools.eligibility import conditions
from programmes.tools.eligibility.inspection import contradicts
from programmes.tools.eligibility.verdicts import Rule, Verdict

MOST_STEPS = 3


class EligibilityRouteQuerySet(models.QuerySet):
    def with_measure(self):
        """With the measure where visitors can see it; a route whose measure they cannot has none."""
        seen = Measure.objects.published().in_language().with_address()
        return self.prefetch_related(Prefetch("measure", seen))


class EligibilityRoute(Ordered, Translated):
    """A way in: something an applicant can apply for, or join. Shown in the order of `position`."""

    ALL_LANGUAGES = True

    class Aim(models.TextChoices):
        MOBILITY = "mobility", _("mobility")
        PARTNERSHIP = "partnership", _("partnership")
        OTHER = "other", _("something else")

    class Way(models.TextChoices):
        ALONE = "alone", _("on one's own")
        JOIN = "join", _("as a member of a consortium")
        LEAD = "lead", _("as the leader of a consortium")

    code = models.CharField(max_length=80, unique=True, null=True, blank=True, editable=False)
    title = models.CharField(_("name"), max_length=120)
    summary = models.TextField(
        _("in short"), max_length=250, help_text=_("One sentence: what it is and what it gives.")
    )
    measure = models.ForeignKey(
        Measure,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="eligibility_routes",
        verbose_name=_("measure"),
        help_text=_("The page that tells all about it."),
    )
    aim = models.CharField(
        _("what it is for"),
        max_length=12,
        choices=Aim,
        default=Aim.OTHER,
        help_text=_("It is shown first to those who want this."),
    )
    way = models.CharField(
        _("how one applies"),
        max_length=8,
        choices=Way,
        blank=True,
        help_text=_("It is shown first to those who want it so. Empty: it makes no difference."),
    )
    first_steps = models.TextField(
        _("the first three steps"),
        help_text=_("One step on each line, three at most. Begin with the one to take today."),
    )

    objects = EligibilityRouteQuerySet.as_manager()

    class Meta:
        verbose_name = _("way in")
        verbose_name_plural = _("ways in")
        ordering = ["position", "pk"]

    def __str__(self):
        return self.title or self.code or "-"

    def clean(self):
        super().clean()
        names = [f.name for f in self._meta.concrete_fields if f.name.startswith("first_steps_")]
        message = gettext("Write at most three steps, one on each line.")
        errors = {name: message for name in names if len(_lines(getattr(self, name))) > MOST_STEPS}
        if errors:
            raise ValidationError(errors)

    @property
    def steps(self) -> list[str]:
        return _lines(self.first_steps)


def _lines(text: str | None) -> list[str]:
    return [line.strip() for line in (text or "").splitlines() if line.strip()]


class ConditionField(models.JSONField):
    """When a rule holds, as in programmes.tools.eligibility.conditions. Kept in the questions' order."""

    def deconstruct(self):
        name, _path, arguments, options = super().deconstruct()
        # To the database it is plain JSON: migrations must not import this module.
        return name, "django.db.models.JSONField", arguments, options

    def validate(self, value, model_instance):
        super().validate(value, model_instance)
        if problems := list(conditions.faults(value)):
            raise ValidationError(problems)

    def clean(self, value, model_instance):
        return conditions.normal(super().clean(value, model_instance))

    def readable(self, value: Any) -> str:
        """Return what editors read of it in the history."""
        return conditions.in_words(value or {})


class EligibilityRule(Translated):
    """One rule of one way in, or of all: when it holds, what it says, and where that is read."""

    ALL_LANGUAGES = True
    SHOWN_ON = "route"

    class Says(models.TextChoices):
        YES = Verdict.YES.value, _("yes")
        IF = Verdict.IF.value, _("yes, if")
        NO = Verdict.NO.value, _("no")

    class Weight(models.IntegerChoices):
        GENERAL = 1, _("1: general rule")
        EXCEPTION = 2, _("2: exception")
        ABOVE_ALL = 3, _("3: above all")

    code = models.CharField(max_length=80, unique=True, null=True, blank=True, editable=False)
    route = models.ForeignKey(
        EligibilityRoute,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="rules",
        verbose_name=_("way in"),
        help_text=_("Empty: the rule is about all of them."),
    )
    verdict = models.CharField(_("says"), max_length=8, choices=Says)
    weight = models.PositiveSmallIntegerField(
        _("weight"),
        choices=Weight,
        default=Weight.GENERAL,
        help_text=_(
            "Of the rules that hold, those of the highest weight decide. Two of the same weight must "
            "not say both yes and no."
        ),
    )
    condition = ConditionField(
        _("holds for"),
        default=dict,
        blank=True,
        help_text=_(
            "Tick the answers that the rule is about. A question without a tick does not matter."
        ),
    )
    reason = models.TextField(
        _("reason"),
        max_length=300,
        help_text=_("The rule in one or two sentences, as it holds whoever reads it."),
    )
    source = models.ForeignKey(
        Source, models.PROTECT, related_name="eligibility_rules", verbose_name=_("source")
    )
    year = models.PositiveSmallIntegerField(
        _("year"),
        validators=[MinValueValidator(2014), MaxValueValidator(2100)],
        help_text=_("The call year that the source speaks of."),
    )
    is_unsettled = models.BooleanField(
        _("not settled"),
        default=False,
        help_text=_("We have not found the answer for Norway. Visitors are told so."),
    )

    class Meta:
        verbose_name = _("rule of who may apply")
        verbose_name_plural = _("rules of who may apply")
        ordering = ["route__position", "weight", "pk"]

    def __str__(self):
        return self.reason or self.code or "-"

    def has_title_in(self, language: str) -> bool:
        """A rule has no title: it is there in a language when its reason is."""
        return bool(self.translated("reason", language))

    @classmethod
    def present_in(cls, language: str) -> Q:
        return Q(**{f"reason_{language}__gt": ""}) | cls.needing_all_languages()

    def clean(self):
        super().clean()
        if not self.verdict or any(conditions.faults(self.condition)):
            return
        own = self.pure()
        for other in self._beside():
            if contradicts(own, other.pure()):
                message = gettext(
                    "This contradicts a rule of the same weight: “%(rule)s” Change the answer, the "
                    "weight or what the rule holds for."
                )
                raise ValidationError({"verdict": message % {"rule": other}})

    def _beside(self) -> models.QuerySet["EligibilityRule"]:
        """The other rules that may speak of the same way in."""
        others = EligibilityRule.objects.exclude(pk=self.pk)
        return others.filter(Q(route=self.route) | Q(route=None)) if self.route_id else others

    def pure(self) -> Rule:
        """Return what is needed to weigh it."""
        condition = {code: frozenset(options) for code, options in self.condition.items()}
        return Rule(self.pk or "", Verdict(self.verdict), self.weight, condition)
