"""What actions and measures refer to: the period they belong to, and where facts are from."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import OuterRef
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pages.models import Dated
from pages.querysets import PublishableQuerySet, ReadAlong


class Period(Dated):
    """A programme period (programperiode), such as 2014–2020."""

    code = models.CharField(max_length=80, unique=True, null=True, blank=True, editable=False)
    first_year = models.PositiveSmallIntegerField(_("first year"), unique=True)
    last_year = models.PositiveSmallIntegerField(_("last year"))

    class Meta:
        verbose_name = _("programme period")
        verbose_name_plural = _("programme periods")
        ordering = ["-first_year"]

    def __str__(self):
        return f"{self.first_year}–{self.last_year}"

    def clean(self):
        super().clean()
        if self.first_year and self.last_year and self.last_year < self.first_year:
            raise ValidationError({"last_year": gettext("The last year comes before the first.")})

    @property
    def is_past(self) -> bool:
        return self.last_year < timezone.localdate().year


class Source(Dated):
    """Where a fact is from, and when somebody last saw it there."""

    # Editors' own: by them a page finds the source of a figure, but none of their words is shown.
    UNSEEN = ("figures",)

    class Confidence(models.TextChoices):
        OFFICIAL = "V", _("read at an official source")
        SECONDARY = "S", _("read at a secondary source")

    code = models.CharField(max_length=80, unique=True, null=True, blank=True, editable=False)
    title = models.CharField(_("title"), max_length=200)
    language = models.CharField(
        _("language of the title"),
        max_length=8,
        blank=True,
        help_text=_("As in lang attributes: en, de, is. Empty: the language of the page."),
    )
    publisher = models.CharField(_("publisher"), max_length=120)
    url = models.URLField(_("address"), max_length=400, blank=True)
    year = models.PositiveSmallIntegerField(_("year"), help_text=_("The year the facts hold for."))
    checked_on = models.DateField(_("last checked"))
    confidence = models.CharField(
        _("confidence"), max_length=1, choices=Confidence, default=Confidence.OFFICIAL
    )

    figures = models.TextField(
        _("figures that it names"),
        blank=True,
        help_text=_(
            "In bokmål, the amounts, shares and dates that stand there, as in «Kursavgift 80 euro per dag, "
            "høyst 800 euro.» A page may state a figure when one of its sources names it."
        ),
    )

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["publisher", "title", "pk"]

    def __str__(self):
        return f"{self.publisher}: {self.title} ({self.year})"

    @property
    def is_secondary(self) -> bool:
        return self.confidence == self.Confidence.SECONDARY

    @staticmethod
    def along(rows: models.QuerySet) -> ReadAlong:
        """These, to be read along with another row; `told` makes sources of them again."""
        names = (
            *("pk", "title", "language", "publisher", "url", "year", "checked_on", "confidence"),
            "figures",
        )
        return ReadAlong(rows, **{name: name for name in names})

    @classmethod
    def told(cls, rows: Iterable[Mapping[str, Any]]) -> list[Self]:
        """Return in order what `along` has read."""
        days = (date.fromisoformat(row["checked_on"]) for row in rows)
        found = [cls(**{**row, "checked_on": day}) for row, day in zip(rows, days, strict=True)]
        return sorted(found, key=lambda source: (source.publisher, source.title, source.pk))


class SourcedQuerySet(PublishableQuerySet):
    """Rows of what is `Sourced`; `IN_SOURCES` is what sources call them."""

    IN_SOURCES: str

    def with_sources(self):
        """With what `named_sources` needs."""
        sources = Source.objects.filter(**{self.IN_SOURCES: OuterRef("pk")})
        return self.annotate(source_rows=Source.along(sources))


class Sourced:
    """What has sources, each of which its page names. The row must come from a query `with_sources()`."""

    source_rows: list[dict[str, Any]]

    @cached_property
    def named_sources(self) -> list[Source]:
        return Source.told(self.source_rows)
