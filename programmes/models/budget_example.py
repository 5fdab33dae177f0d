"""Example budgets: what a kindergarten or a school like one's own could do, and what it would bring."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from pages.models import Ordered, Translated


class BudgetExample(Ordered, Translated):
    """An estimate that is shown as an example. It is reckoned anew each time, so it follows the rates."""

    ALL_LANGUAGES = True

    code = models.CharField(max_length=80, unique=True, null=True, blank=True, editable=False)
    title = models.CharField(
        _("name"),
        max_length=120,
        help_text=_("Whose it is, as in «A kindergarten of four groups»."),
    )
    description = models.TextField(_("description"), help_text=_("What they do, in two sentences."))
    query = models.CharField(
        _("estimate"),
        max_length=2000,
        help_text=_("Make the estimate on the site, and paste its address here."),
    )

    class Meta:
        verbose_name = _("example budget")
        verbose_name_plural = _("example budgets")
        ordering = ["position", "pk"]

    def __str__(self):
        return self.title or self.code or "-"
