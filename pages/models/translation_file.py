"""A translator's file between its upload and the editor's word that it may be imported, and what came of it."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class TranslationFile(models.Model):
    """`content` is emptied by the import, which leaves `report`: what was imported and what was refused."""

    SEEN_BY_VISITORS = False

    LIFETIME = timedelta(days=30)

    name = models.CharField(_("file"), max_length=200, editable=False)
    content = models.BinaryField()
    made_at = models.DateTimeField(_("uploaded"), auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, editable=False, verbose_name=_("by")
    )
    imported_at = models.DateTimeField(_("imported"), null=True, editable=False)
    report = models.JSONField(default=dict, editable=False)

    class Meta:
        verbose_name = _("file from translators")
        verbose_name_plural = _("files from translators")
        ordering = ["-made_at", "-pk"]

    def __str__(self):
        return self.name

    @classmethod
    def sweep(cls) -> None:
        """Delete what nobody has any use for any more."""
        cls.objects.filter(made_at__lt=timezone.now() - cls.LIFETIME).delete()
