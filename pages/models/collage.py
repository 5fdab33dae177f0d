"""Several pictures that belong together, shown as one overlapping composition."""

from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _

from pages.models.dated import Dated
from pages.models.image import Image
from pages.models.translated import Translated
from pages.renditions import nearest_shape


class Collage(Translated):
    """Ordered pictures with one name. Each picture keeps its own alternative text."""

    PARTS = ("collageimage_set",)
    ALL_LANGUAGES = True

    code = models.CharField(max_length=80, unique=True, null=True, blank=True, editable=False)
    title = models.CharField(
        _("name"),
        max_length=120,
        help_text=_("Read aloud as the name of the group of pictures."),
    )
    images = models.ManyToManyField(Image, through="CollageImage", verbose_name=_("pictures"))

    class Meta:
        verbose_name = _("collage")
        verbose_name_plural = _("collages")
        ordering = ["pk"]

    def __str__(self):
        return self.title or self.code or "-"

    @property
    def rows(self):
        """Rows in order with their pictures; `load_rows` reads those of many collages at once."""
        return self.collageimage_set.all()

    def append(self, pictures: Iterable[Image]) -> None:
        """Add pictures after those that are there, each in the shape that cuts least of it."""
        highest = self.collageimage_set.aggregate(highest=models.Max("position"))["highest"] or 0
        for position, image in enumerate(pictures, start=highest + 1):
            shape = nearest_shape(image.width, image.height)
            self.collageimage_set.create(image=image, shape=shape, position=position)


class CollageImage(Dated):
    """A picture's place in a collage."""

    SHOWN_ON = "collage"

    class Shape(models.TextChoices):
        WIDE = "wide", _("wide (16:9)")
        SQUARE = "square", _("square")
        TALL = "tall", _("tall (3:4)")

    collage = models.ForeignKey(Collage, models.CASCADE, verbose_name=_("collage"))
    # PROTECT: a picture in use is not deleted from under a page.
    image = models.ForeignKey(Image, models.PROTECT, verbose_name=_("picture"))
    shape = models.CharField(_("shape"), max_length=6, choices=Shape, default=Shape.SQUARE)
    position = models.PositiveIntegerField(_("position"), default=0, db_index=True)

    class Meta:
        verbose_name = _("picture in the collage")
        verbose_name_plural = _("pictures in the collage")
        ordering = ["position", "pk"]

    def __str__(self):
        return f"{self.position}. {self.image}"


def load_rows(collages: Iterable[Collage | None]) -> None:
    """Read the rows and pictures of all these collages, from whatever rows they hang on, in one query."""
    rows = models.Prefetch("collageimage_set", CollageImage.objects.select_related("image"))
    models.prefetch_related_objects([collage for collage in collages if collage], rows)
