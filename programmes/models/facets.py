"""By what measures are found: whom they are for, what one can do with them, what one must have done."""

from collections.abc import Iterable, Mapping
from typing import Any, Self

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from pages.models import Ordered, Translated
from pages.querysets import ReadAlong


class Facet(Ordered, Translated):
    """Abstract. An answer to one of the finder's questions; `code` is what addresses carry."""

    ALL_LANGUAGES = True

    code = models.CharField(max_length=80, unique=True, null=True, blank=True, editable=False)
    title = models.CharField(_("name"), max_length=80)

    class Meta:
        abstract = True
        ordering = ["position", "pk"]

    def __str__(self):
        return self.title or self.code or "-"

    @staticmethod
    def along(rows: models.QuerySet) -> ReadAlong:
        """These, to be read along with another row; `told` makes facets of them again."""
        names = {"pk": "pk", "code": "code", "position": "position"}
        return ReadAlong(rows, **names, title=f"title_{get_language()}")

    @classmethod
    def told(cls, rows: Iterable[Mapping[str, Any]]) -> list[Self]:
        """Return in order, each once, what `along` has read, in the language it was read in."""
        found = {row["pk"]: cls(**row) for row in rows}
        return sorted(found.values(), key=lambda facet: (facet.position, facet.pk))

    @property
    def key(self) -> str:
        """What names it in an address: its code, or its number where an editor has made it."""
        return self.code or str(self.pk)


class Audience(Facet):
    """Whom a measure is for: kindergarten, primary school, upper secondary school, owner."""

    class Meta(Facet.Meta):
        verbose_name = _("audience")
        verbose_name_plural = _("audiences")


class Purpose(Facet):
    """What one wants: take a course, travel with pupils, cooperate with a school abroad."""

    class Meta(Facet.Meta):
        verbose_name = _("purpose")
        verbose_name_plural = _("purposes")


class Experience(Facet):
    """What an applicant has done before: nothing, a project, an accreditation."""

    class Meta(Facet.Meta):
        verbose_name = _("experience")
        verbose_name_plural = _("experiences")
