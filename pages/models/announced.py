"""What search engines have been told."""

from django.db import models


class Announced(models.Model):
    """A public address that search engines were told of, and since when its page then looked as it did.

    An address that is public and not here, or has changed since, is news to them; so is one that is
    here and no longer public, however it went: no save need remember to say so.
    """

    SEEN_BY_VISITORS = False

    # An origin, and a path as long as Address.path may be.
    url = models.CharField(max_length=1300, unique=True)
    seen_since = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self):
        return self.url
