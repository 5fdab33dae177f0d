"""Rows with a place in one list, changed by dragging or by typing a number."""

from django.db import models, transaction
from django.db.models import F, Max
from django.utils.translation import gettext_lazy as _


class Ordered(models.Model):
    """Abstract. No two rows share a place: dragging in the admin refuses a list where they do.

    A row without a place goes last; one that is given a taken place pushes the others down.
    """

    position = models.PositiveIntegerField(
        _("position"),
        default=0,
        db_index=True,
        help_text=_(
            "Its number in the list. A number that is taken pushes the others down. 0: last."
        ),
    )

    class Meta:
        abstract = True

    @transaction.atomic
    def save(self, *args, **kwargs):
        others = type(self)._default_manager.exclude(pk=self.pk)
        if not self.position:
            self.position = (others.aggregate(last=Max("position"))["last"] or 0) + 1
        elif others.filter(position=self.position).exists():
            others.filter(position__gte=self.position).update(position=F("position") + 1)
        super().save(*args, **kwargs)
