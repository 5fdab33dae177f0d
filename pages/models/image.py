"""A picture with its words: the original is kept, visitors get its renditions."""

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.dispatch import Signal
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pages import renditions
from pages.models.translated import Translated
from pages.renditions import PictureError

ORIGINALS = "originals/"
KEY_LENGTH = 32
# Sent with `instance` when a picture's files are there: no save tells of it.
rendered = Signal()
_SHARE = [MinValueValidator(0), MaxValueValidator(1)]


class Image(Translated):
    """One picture. Its original is never served: it may carry a place and a name in its metadata.

    `sizes` says which renditions exist: shape to list of [width, height] in pixels, empty until
    `make_renditions()` has written the files. Templates read it and touch no file.
    """

    # What a picture shows is no draft: its files are made, and removed, as it is saved.
    DIRECT = ("original", "focal_x", "focal_y")
    ALL_LANGUAGES = True

    code = models.CharField(max_length=80, unique=True, null=True, blank=True, editable=False)
    title = models.CharField(
        _("name"), max_length=120, help_text=_("What editors call the picture.")
    )
    original = models.FileField(
        _("file"),
        upload_to=ORIGINALS,
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

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering = ["-created_at", "-pk"]

    def __str__(self):
        return self.title or self.code or "-"

    def save(self, *args, **kwargs):
        before = type(self).objects.filter(pk=self.pk).first()
        self._describe()
        super().save(*args, **kwargs)
        if before is not None:
            transaction.on_commit(before.remove_unused_files)

    def delete(self, *args, **kwargs):
        deleted = super().delete(*args, **kwargs)
        transaction.on_commit(self.remove_unused_files)
        return deleted

    def clean(self):
        super().clean()
        for name in ("focal_x", "focal_y"):
            # Not a number is neither below nor above, so that the validators let it pass.
            if not 0 <= getattr(self, name) <= 1:
                raise ValidationError({name: gettext("Write a number from 0 to 1.")})
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
        # Validation and saving both come by here, and decoding is dear.
        if self.original is self.__dict__.get("_taken"):
            return
        upload = self.original.file
        upload.seek(0)
        data = upload.read(renditions.MAX_BYTES + 1)
        facts = renditions.inspect(data)
        self.width, self.height = facts.width, facts.height
        # The name tells content and true format: an upload's own name is not to be trusted.
        name = f"{self.key_of(data)}.{facts.extension}"
        stored = f"{ORIGINALS}{name}"
        if self.original.storage.exists(stored):
            self.original = stored
        else:
            self.original = ContentFile(data, name=name)
            self._taken = self.original

    @staticmethod
    def key_of(data: bytes) -> str:
        """Return what `content_key` would be for these bytes."""
        return renditions.content_key(data)[:KEY_LENGTH]

    @property
    def content_key(self) -> str:
        """What tells this file's content from another's; part of its name."""
        return str(self.original.name).rpartition("/")[2][:KEY_LENGTH]

    @property
    def has_renditions(self) -> bool:
        return bool(self.sizes)

    @property
    def files(self) -> list[str]:
        """Names in the storage of all renditions that `sizes` promises."""
        return [
            renditions.rendition_name(self.digest, shape, width, extension)
            for shape, sizes in self.sizes.items()
            for width, _height in sizes
            for extension in renditions.ENCODERS
        ]

    def lacks_files(self) -> bool:
        """Whether any rendition is missing; asks the storage, so not for a visitor's request."""
        exists = self.original.storage.exists
        return not self.has_renditions or not all(exists(name) for name in self.files)

    def make_renditions(self) -> None:
        """Write this picture's files and remember their sizes. Raises PictureError, OSError."""
        if not self.original:
            return
        storage = self.original.storage
        with self.original.open("rb") as file:
            data = file.read()
        written = []
        try:
            for rendition in renditions.render(data, (self.focal_x, self.focal_y)):
                written.append(name := rendition.name(self.digest))
                # What is there may be of a run that was cut off.
                storage.delete(name)
                storage.save(name, ContentFile(rendition.data))
        except OSError:
            # Where there is no room for all, some would only take the room there is.
            for name in written:
                storage.delete(name)
            raise
        # Last of all: a page shows the picture only when every file is there.
        self.sizes = renditions.plan(self.width, self.height)
        type(self).objects.filter(pk=self.pk, digest=self.digest).update(sizes=self.sizes)
        rendered.send(type(self), instance=self)

    def remove_unused_files(self) -> None:
        """Delete from the storage what no row uses any more: who withdraws a picture wants it gone."""
        rows = type(self).objects
        if not rows.filter(digest=self.digest).exists():
            for name in self.files:
                self.original.storage.delete(name)
        if self.original and not rows.filter(original=self.original.name).exists():
            self.original.storage.delete(str(self.original.name))
