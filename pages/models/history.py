"""Drafts of changes to what is live, versions of what was published, and links to a preview.

Each belongs to any record by type and key, and holds it as a snapshot: see `pages.snapshots`.
"""

from datetime import timedelta

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.core.signing import BadSignature, Signer
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class OfRecordQuerySet(models.QuerySet):
    def of(self, record: models.Model):
        """Rows that belong to `record`."""
        return self.filter(
            content_type=ContentType.objects.get_for_model(record), object_id=record.pk
        )


class OfRecord(models.Model):
    """Abstract. Belongs to one record of any model; nothing is deleted with the record."""

    content_type = models.ForeignKey(ContentType, models.CASCADE, editable=False)
    object_id = models.BigIntegerField(editable=False)

    objects = OfRecordQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def record(self) -> models.Model | None:
        model = self.content_type.model_class()
        return model._default_manager.filter(pk=self.object_id).first() if model else None


class Draft(OfRecord):
    """A change to a live record that visitors don't see yet; at most one per record.

    What is published is the difference between `base`, the record as it was live, and `snapshot`.
    """

    MOMENTS = ("publish_at",)

    base = models.JSONField(encoder=DjangoJSONEncoder)
    snapshot = models.JSONField(encoder=DjangoJSONEncoder)
    publish_at = models.DateTimeField(_("to be published"), null=True, blank=True, db_index=True)
    reason = models.CharField(_("why"), max_length=200, blank=True)
    # Why a change that was due could not be published; empty while nothing is wrong.
    fault = models.TextField(blank=True)
    changed_at = models.DateTimeField(_("last changed"), auto_now=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, verbose_name=_("by")
    )

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        constraints = [
            models.UniqueConstraint(fields=["content_type", "object_id"], name="one_draft_each")
        ]
        permissions = [
            ("write", _("May change everything, not only translations")),
            ("publish", _("May publish, withdraw and change what visitors see")),
        ]

    def __str__(self):
        return f"{self.content_type}: {self.object_id}"


class Revision(OfRecord):
    """A record as it was at one moment: published, withdrawn or deleted, by whom and why.

    One with a `label` is kept for ever; `prune_history` takes the others when they are a year old.
    """

    SEEN_BY_VISITORS = False

    class Kind(models.TextChoices):
        PUBLISHED = "published", _("published")
        FOUND = "found", _("as it was before")
        WITHDRAWN = "withdrawn", _("withdrawn")
        DELETED = "deleted", _("deleted")
        DISCARDED = "discarded", _("discarded draft")

    kind = models.CharField(_("what"), max_length=9, choices=Kind)
    name = models.CharField(_("name"), max_length=200)
    snapshot = models.JSONField(encoder=DjangoJSONEncoder)
    reason = models.CharField(_("why"), max_length=200, blank=True)
    label = models.CharField(_("name of the version"), max_length=80, blank=True)
    made_at = models.DateTimeField(_("when"), default=timezone.now, db_index=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, verbose_name=_("who")
    )

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        ordering = ["-made_at", "-pk"]
        indexes = [models.Index(fields=["content_type", "object_id", "-made_at"], name="of_record")]

    def __str__(self):
        return self.label or f"{self.name} {timezone.localtime(self.made_at):%Y-%m-%d %H:%M}"


class PreviewLink(OfRecord):
    """A way for a colleague without an account to see a record before it is published.

    The address carries a signature, so that nobody guesses it; deleting the row revokes it.
    """

    SEEN_BY_VISITORS = False

    LIFETIME = timedelta(days=7)

    made_at = models.DateTimeField(_("when"), auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, verbose_name=_("who")
    )
    expires_at = models.DateTimeField(_("expires"))

    class Meta:
        verbose_name = _("preview link")
        verbose_name_plural = _("preview links")
        ordering = ["-expires_at"]

    def __str__(self):
        return f"{self.content_type} {self.object_id}"

    def save(self, *args, **kwargs):
        self.expires_at = self.expires_at or timezone.now() + self.LIFETIME
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("shared_preview", args=[self.token])

    @property
    def token(self) -> str:
        return Signer(salt="pages.preview").sign(str(self.pk))

    @classmethod
    def for_editor(cls, record: models.Model, user) -> "PreviewLink":
        """Return the link that `user` has to `record`, made now if there is none that lasts a day more."""
        lasting = cls.objects.of(record).filter(
            made_by=user, expires_at__gt=timezone.now() + timedelta(days=1)
        )
        kind = ContentType.objects.get_for_model(record)
        return lasting.first() or cls.objects.create(
            content_type=kind, object_id=record.pk, made_by=user
        )

    @classmethod
    def from_token(cls, token: str) -> "PreviewLink | None":
        """Return the link that `token` was made for, or None if it is forged, expired or revoked.

        Nor does one work whose maker may no longer sign in: they would see drafts with it all the same.
        """
        try:
            key = Signer(salt="pages.preview").unsign(token)
        except BadSignature:
            return None
        gone = models.Q(made_by__is_active=False) | models.Q(made_by__is_staff=False)
        lasting = cls.objects.filter(pk=int(key), expires_at__gt=timezone.now())
        return lasting.exclude(gone).first()
