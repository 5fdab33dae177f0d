"""Who has which form open."""

from datetime import timedelta

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone

from pages.models.history import OfRecord, OfRecordQuerySet


class PresenceQuerySet(OfRecordQuerySet):
    def current(self):
        return self.filter(seen_at__gte=timezone.now() - Presence.LASTS)

    def bygone(self):
        return self.filter(seen_at__lt=timezone.now() - Presence.LASTS)

    def names(self) -> list[str]:
        """What those present are called, in alphabetical order."""
        people = [row.user for row in self.current().select_related("user")]
        return sorted(user.get_full_name() or user.get_username() for user in people)


class Presence(OfRecord):
    """One person has one record's form open, and was there at `seen_at`."""

    SEEN_BY_VISITORS = False

    LASTS = timedelta(seconds=90)

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE)
    seen_at = models.DateTimeField(db_index=True)

    objects = PresenceQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "user"], name="one_presence_each"
            )
        ]

    def __str__(self):
        return f"{self.user}: {self.content_type} {self.object_id}"

    @classmethod
    def note(cls, record: models.Model, user) -> None:
        """`user` has the form of `record` open now. Those who left without a word are cleared away."""
        cls.objects.bygone().delete()
        kind = ContentType.objects.get_for_model(record)
        cls.objects.update_or_create(
            content_type=kind,
            object_id=record.pk,
            user=user,
            defaults={"seen_at": timezone.now()},
        )
