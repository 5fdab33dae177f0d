"""A picture with its words: the original is kept, visitors get its renditions."""

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from pages import renditions
from pages.renditions import PictureError

_SHARE = [MinValueValidator(0), MaxValueValidator(1)]


class Image(models.Model):
    """One picture. Its original is never served: it may carry a place and a name in its metadata.

    `sizes` says which renditions exist: shape to list of [width, height] in pixels, empty until
    `make_renditions()` has written the files. Templates read it and touch no file.
    """

    code = models.CharField(max_length=80, unique=True, null=True, blank=True, editable=False)
    title = models.CharField(
        _("name"), max_length=120, help_text=_("What editors call the picture.")
    )
    original = models.FileField(
        _("file"),
        upload_to="originals/",
        help_text=_("JPEG, PNG, WebP or AVIF, at best 1600 pixels wide or more, at most 25 MB."),
    )
    alt = models.CharField(
        _("alternative text"),
        max_length=250,
        help_text=_("What is seen in the picture, in one sentence, for those who cannot see it."),
    )
    caption = models.CharField(
        _("caption"),
        max_length=200,
        blank=True,
        help_text=_("Shown below the picture. Leave it empty when the picture speaks for itself."),
    )
    credit = models.CharField(_("made by"), max_length=120, blank=True)
    focal_x = models.FloatField(
        _("focal point, from the left"),
        default=0.5,
        validators=_SHARE,
        help_text=_("0 is the left edge, 1 the right. This point survives every cropping."),
    )
    focal_y = models.FloatField(
        _("focal point, from the top"),
        default=0.5,
        validators=_SHARE,
        help_text=_("0 is the upper edge, 1 the lower."),
    )
    width = models.PositiveIntegerField(_("width"), default=0, editable=False)
    height = models.PositiveIntegerField(_("height"), default=0, editable=False)
    digest = models.CharField(max_length=16, blank=True, editable=False)
    sizes = models.JSONField(default=dict, editable=False)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    updated_at = models.DateTimeField(_("last changed"), auto_now=True)

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering = ["-created_at", "-pk"]

    def __str__(self):
        return self.title or self.code or "-"

    def save(self, *args, **kwargs):
        self._describe()
        super().save(*args, **kwargs)

    def clean(self):
        super().clean()
        try:
            self._describe()
        except PictureError as error:
            raise ValidationError({"original": str(error)}) from error

    def _describe(self) -> None:
        """Take size and digest from a new file or a moved focal point; drop what no longer holds.

        Raises PictureError when a new file is not a picture that can be shown.
        """
        if not self.original:
            return
        if not self.original._committed:  # type: ignore[attr-defined]
            self._take_upload()
        digest = renditions.digest(self.content_key, (self.focal_x, self.focal_y))
        if digest != self.digest:
            self.digest, self.sizes = digest, {}

    def _take_upload(self) -> None:
        upload = self.original.file
        upload.seek(0)
        data = upload.read(renditions.MAX_BYTES + 1)
        facts = renditions.inspect(data)
        self.width, self.height = facts.width, facts.height
        # The name tells content and true format: an upload's own name is not to be trusted.
        self.original = ContentFile(data, name=f"{self.key_of(data)}.{facts.extension}")
        self.original._committed = False

    @staticmethod
    def key_of(data: bytes) -> str:
        """Return what `content_key` would be for these bytes."""
        return renditions.content_key(data)

    @property
    def content_key(self) -> str:
        """What tells this file's content from another's; part of its name."""
        return str(self.original.name).rpartition("/")[2].partition(".")[0]

    @property
    def has_renditions(self) -> bool:
        return bool(self.sizes)

    def make_renditions(self) -> None:
        """Write this picture's files and remember their sizes; a second call writes nothing."""
        if self.has_renditions or not self.original:
            return
        storage = self.original.storage
        with self.original.open("rb") as file:
            data = file.read()
        for rendition in renditions.render(data, (self.focal_x, self.focal_y)):
            name = rendition.name(self.digest)
            if not storage.exists(name):
                storage.save(name, ContentFile(rendition.data))
        sizes = renditions.plan(self.width, self.height)
        self.sizes = sizes
        type(self).objects.filter(pk=self.pk, digest=self.digest).update(sizes=sizes)
