"""Rows with a place in one list, changed by dragging or by typing a number."""

from django.core.validators import MaxValueValidator
from django.db import models, transaction
from django.db.models import F, Max
from django.utils.translation import gettext_lazy as _


class Ordered(models.Model):
    """Abstract. No two rows share a place: dragging in the admin refuses a list where they do.

    A row without a place goes last; one that is given a taken place gets it, and the others make room.
    """

    position = models.PositiveIntegerField(
        _("position"),
        default=0,
        db_index=True,
        validators=[MaxValueValidator(100_000)],
        help_text=_(
            "Its number in the list. A number that is taken pushes the others down. 0: last."
        ),
    )

    class Meta:
        abstract = True

    @transaction.atomic
    def save(self, *args, makes_room: bool = True, **kwargs):
        others = type(self)._default_manager.exclude(pk=self.pk)
        if not self.position:
            self.position = (others.aggregate(last=Max("position"))["last"] or 0) + 1
        elif makes_room and others.filter(position=self.position).exists():
            self._make_room(others)
        super().save(*args, **kwargs)

    def _make_room(self, others) -> None:
        """Move those between the old place and the new one step towards the old."""
        rows = type(self)._default_manager.filter(pk=self.pk)
        old = rows.values_list("position", flat=True).first()
        if old is not None and old < self.position:
            between = others.filter(position__gt=old, position__lte=self.position)
            between.update(position=F("position") - 1)
        elif old is not None:
            between = others.filter(position__gte=self.position, position__lt=old)
            between.update(position=F("position") + 1)
        else:
            others.filter(position__gte=self.position).update(position=F("position") + 1)

    @classmethod
    def settle(cls) -> None:
        """Number the rows anew where two share a place, in the order they are shown in."""
        rows = list(cls._default_manager.order_by("position", "pk").values_list("pk", "position"))
        if len({position for _pk, position in rows}) < len(rows):
            for number, (pk, _position) in enumerate(rows, start=1):
                cls._default_manager.filter(pk=pk).update(position=number)
