"""The generation of the content."""

from django.db import models


class Generation(models.Model):
    """One row, whose token changes with every change of what visitors may see. See pages.cache.generation.

    A random word and no number: one that is counted up could come back after a backup is restored,
    and a page stored under it before would be taken for today's.
    """

    SEEN_BY_VISITORS = False
    # Each database has its own.
    IS_COPIED = False

    token = models.CharField(max_length=36)

    class Meta:
        default_permissions = ()

    def __str__(self):
        return self.token
