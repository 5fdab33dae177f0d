"""What the seed wrote, so that the next seeding knows what is still the seed's and what is an editor's."""

from django.db import models


class Seeded(models.Model):
    """One row that the seed made: its key in the seed files, its row, and a digest of each value written.

    A value that no longer matches its digest was changed by an editor and is left alone for ever; a
    row that is gone was deleted by one and is not made again.
    """

    model = models.CharField(max_length=80)
    key = models.CharField(max_length=160)
    object_id = models.BigIntegerField()
    digests = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["model", "key"], name="seeded_once")]

    def __str__(self):
        return f"{self.model} {self.key}"
