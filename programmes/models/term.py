"""The words of the glossary."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from pages.models import Translated
from pages.slugs import slug_from
from programmes.models.frame import Source
from programmes.models.measure import Measure

# What else on the glossary's page has an id.
_TAKEN_ANCHORS = {"content", "lookup"}
_LONGEST_NAME = 120


class TermQuerySet(models.QuerySet):
    def published(self):
        return self.filter(is_published=True)

    def in_language(self, language: str | None = None):
        """Terms with a title and a definition in `language`, the active one when left out."""
        code = language or get_language()
        return self.filter(**{f"title_{code}__gt": "", f"definition_{code}__gt": ""})

    def for_address(self):
        """With what it takes to tell a row's place in the glossary, and nothing else."""
        return self.only("code")


class Term(Translated):
    """A word that teachers meet in the programme, with what it means in a sentence or two.

    Its place on the glossary's page is named by `code`.
    """

    ALL_LANGUAGES = True
    WORTH = 4
    # Each language has names of its own: they are no translations of each other.
    UNTRACKED = ("synonyms", "old_names")

    code = models.CharField(max_length=80, unique=True, null=True, blank=True, editable=False)
    title = models.CharField(
        _("word"),
        max_length=_LONGEST_NAME,
        help_text=_("In the form that one looks up, as in a dictionary."),
    )
    definition = models.TextField(
        _("definition"),
        help_text=_(
            "What it means, in one or two plain sentences. It is read in the middle of a text."
        ),
    )
    synonyms = models.TextField(
        _("other words for it"),
        blank=True,
        help_text=_("One on each line. They are found in searches and explained in texts too."),
    )
    old_names = models.TextField(
        _("old names"), blank=True, help_text=_("What it was called before. One on each line.")
    )
    source = models.ForeignKey(
        Source,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="terms",
        verbose_name=_("source"),
        help_text=_("Where what is said of it is from."),
    )
    measure = models.ForeignKey(
        Measure,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="terms",
        verbose_name=_("measure"),
        help_text=_("The measure that it is the name of, or that tells more of it."),
    )
    is_explained = models.BooleanField(
        _("explain it in texts"),
        default=True,
        help_text=_(
            "The first time a page uses the word, its definition can be opened there. "
            "Not for words that everybody knows."
        ),
    )
    is_published = models.BooleanField(
        _("published"), default=True, help_text=_("Visitors see it in the glossary and in texts.")
    )

    objects = TermQuerySet.as_manager()

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        ordering = ["title", "pk"]

    def __str__(self):
        return self.title or self.code or "-"

    def save(self, *args, update_fields=None, **kwargs):
        if not self.code:
            self.code = self._free_code()
            update_fields = {*update_fields, "code"} if update_fields is not None else None
        super().save(*args, update_fields=update_fields, **kwargs)

    def exists_in(self, language: str) -> bool:
        """Whether the glossary of `language` has it."""
        return bool(self.translated("title", language) and self.translated("definition", language))

    def get_absolute_url(self):
        return f"{reverse('tools:glossary')}#{self.code}"

    def clean(self):
        super().clean()
        errors = {
            f"{field}_{code}": gettext("A name is too long: write one on each line.")
            for field in ("synonyms", "old_names")
            for code, _name in settings.LANGUAGES
            if any(len(name) > _LONGEST_NAME for name in self.names_of(field, code))
        }
        if errors:
            raise ValidationError(errors)

    def names_of(self, field: str, language: str) -> tuple[str, ...]:
        """Return the names that `synonyms` or `old_names` hold in a language."""
        lines = (" ".join(line.split()) for line in self.translated(field, language).splitlines())
        return tuple(dict.fromkeys(filter(None, lines)))

    def all_names(self, language: str) -> tuple[str, ...]:
        """Return all that it is or was called in a language, its title first."""
        title = self.translated("title", language)
        found = (title, *self.names_of("synonyms", language), *self.names_of("old_names", language))
        return tuple(dict.fromkeys(filter(None, found)))

    def _free_code(self) -> str:
        titles = (self.translated("title", code) for code, _name in settings.LANGUAGES)
        wanted = slug_from(next(filter(None, titles), ""), 70) or "term"
        taken: Any = type(self)._base_manager.exclude(pk=self.pk).filter(code__startswith=wanted)
        codes = _TAKEN_ANCHORS | set(taken.values_list("code", flat=True))
        numbered = (f"{wanted}-{number}" for number in range(2, len(codes) + 3))
        return wanted if wanted not in codes else next(c for c in numbered if c not in codes)
