"""By what measures are found: whom they are for, what one can do with them, what one must have done."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from pages.models import Ordered, Translated


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
