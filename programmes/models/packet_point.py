"""What the page for the head says besides the figures: what a project brings, what it costs, and the duties."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from pages.models import Ordered, Translated


class PacketPoint(Ordered, Translated):
    """A point on the page that a head or an owner signs. Short: all of them are to fit on one sheet."""

    ALL_LANGUAGES = True

    class Part(models.TextChoices):
        BRINGS = "brings", _("what it brings")
        COSTS = "costs", _("what it costs the employer")
        DUTIES = "duties", _("duties")

    class Reader(models.TextChoices):
        HEAD = "head", _("the head (rektor, styrer)")
        OWNER = "owner", _("the owner")

    code = models.CharField(max_length=80, unique=True, null=True, blank=True, editable=False)
    part = models.CharField(_("where on the sheet"), max_length=8, choices=Part)
    reader = models.CharField(
        _("only for"),
        max_length=8,
        choices=Reader,
        blank=True,
        help_text=_("Empty: for both."),
    )
    title = models.CharField(
        _("point"), max_length=160, help_text=_("One sentence: all must fit on one sheet of paper.")
    )

    class Meta:
        verbose_name = _("point for the head")
        verbose_name_plural = _("points for the head")
        ordering = ["position", "pk"]

    def __str__(self):
        return self.title or self.code or "-"
