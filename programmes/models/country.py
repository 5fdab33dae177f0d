"""Countries that take part in the programme."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pages.models import Translated
from programmes.models.frame import Source


class Country(Translated):
    """A country, and the years of the calls it takes part in."""

    ALL_LANGUAGES = True

    code = models.CharField(
        _("ISO code"),
        max_length=2,
        unique=True,
        validators=[RegexValidator("^[A-Z]{2}$", _("Two capital letters, such as NO."))],
        help_text=_("ISO 3166-1, two letters."),
    )
    title = models.CharField(_("name"), max_length=80)
    eligible_from = models.PositiveSmallIntegerField(
        _("takes part from"), null=True, blank=True, help_text=_("The first call year.")
    )
    eligible_to = models.PositiveSmallIntegerField(
        _("takes part to"), null=True, blank=True, help_text=_("The last call year. Empty: still.")
    )
    is_expected = models.BooleanField(
        _("expected"),
        default=False,
        help_text=_("Announced, and not yet certain. Visitors are told so."),
    )
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, verbose_name=_("source")
    )

    class Meta:
        verbose_name = _("country")
        verbose_name_plural = _("countries")
        ordering = ["code"]

    def __str__(self):
        return self.title or self.code

    def takes_part_in(self, year: int) -> bool:
        """Whether it takes part in the calls of that year."""
        has_begun = self.eligible_from is not None and self.eligible_from <= year
        return has_begun and (self.eligible_to is None or year <= self.eligible_to)

    def clean(self):
        super().clean()
        if self.eligible_from and self.eligible_to and self.eligible_to < self.eligible_from:
            raise ValidationError({"eligible_to": gettext("The last year comes before the first.")})
