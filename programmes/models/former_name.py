"""What things were called before, and what they are called today."""

from collections.abc import Iterator

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pages.models import Ordered, Translated
from pages.slugs import slug_from
from programmes.models.frame import Source
from programmes.models.measure import Measure


class FormerNameQuerySet(models.QuerySet):
    def in_language(self, language: str):
        return self.filter(**{f"title_{language}__gt": ""})

    def published(self):
        """All of them: they are data, and have no drafts."""
        return self

    def for_address(self):
        """With what it takes to tell a row's place on its page, and nothing else."""
        titles = (f"title_{code}" for code, _name in settings.LANGUAGES)
        return self.only("code", *titles)

    def with_content(self):
        """With the published measures of today and the source, as the page of old names shows them."""
        measures = Measure.objects.published().in_language().for_list().select_related("action")
        return self.select_related("source").prefetch_related(models.Prefetch("measures", measures))

    def pairs(self, language: str) -> Iterator[tuple[str, str]]:
        """Yield each old name with today's, where there is one: what a search may take for the same."""
        names = self.in_language(language).values_list(f"title_{language}", f"today_{language}")
        return ((old, new) for old, new in names if new and new != old)


class FormerName(Ordered, Translated):
    """A name or code that is no longer used. `today` is empty where nothing has taken its place."""

    ALL_LANGUAGES = True

    class Kind(models.TextChoices):
        FORM = "form", _("Form codes")
        MEASURE = "measure", _("Measures")
        PLAN = "plan", _("Plans and parts of the programme")
        BODY = "body", _("Offices and agencies")
        TOOL = "tool", _("Tools and numbers")
        WORD = "word", _("Words")

    code = models.CharField(max_length=80, unique=True, null=True, blank=True, editable=False)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    title = models.CharField(_("old name"), max_length=120)
    first_year = models.PositiveSmallIntegerField(
        _("first year"), null=True, blank=True, help_text=_("Empty: not known.")
    )
    last_year = models.PositiveSmallIntegerField(
        _("last year"), null=True, blank=True, help_text=_("Empty: not known.")
    )
    today = models.CharField(
        _("name today"),
        max_length=160,
        blank=True,
        help_text=_("Empty: nothing has taken its place, or it is not known what has."),
    )
    note = models.TextField(
        _("note"), blank=True, help_text=_("What it was, and what is different now.")
    )
    measures = models.ManyToManyField(
        Measure, blank=True, related_name="former_names", verbose_name=_("today's measures")
    )
    url = models.URLField(
        _("address"), max_length=400, blank=True, help_text=_("Where what is used today is found.")
    )
    source = models.ForeignKey(
        Source, models.SET_NULL, null=True, blank=True, verbose_name=_("source")
    )

    objects = FormerNameQuerySet.as_manager()

    class Meta:
        verbose_name = _("old name")
        verbose_name_plural = _("old names")
        ordering = ["position", "pk"]

    def __str__(self):
        return self.title or self.code or "-"

    def clean(self):
        super().clean()
        if self.first_year and self.last_year and self.last_year < self.first_year:
            raise ValidationError({"last_year": gettext("The last year comes before the first.")})

    def exists_in(self, language: str) -> bool:
        return self.has_title_in(language)

    def get_absolute_url(self):
        return f"{reverse('tools:then_and_now')}#{self.anchor}"

    @property
    def anchor(self) -> str:
        """The same in every language where the seed wrote it, and unique on the page."""
        return self.code or f"{slug_from(self.title, 60)}-{self.pk}"

    @property
    def years(self) -> str:
        """When the name was used, as far as is known: «2014–2017», «2020», «–2019» or nothing."""
        if not (self.first_year or self.last_year):
            return ""
        if self.first_year == self.last_year:
            return str(self.first_year)
        return f"{self.first_year or ''}–{self.last_year or ''}"
