"""Picking several pictures at once, as tiles to tick."""

from django import forms
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from pages.admin.desk import DeskForm
from pages.admin.images import rendition_url
from pages.keys import key_in
from pages.models import Image
from pages.renditions import nearest_shape

NEWEST = 60


def tiles(name: str, pictures: list[Image], chosen: list[str] | None = None) -> SafeString:
    """Return the pictures as checkboxes with thumbnails."""
    shown = [
        {
            "image": image,
            "url": rendition_url(image, "square"),
            "shape": nearest_shape(image.width, image.height),
            "is_chosen": str(image.pk) in (chosen or []),
        }
        for image in pictures
    ]
    return render_to_string("admin/pages/collage/tiles.html", {"name": name, "tiles": shown})


def in_order(keys: list[str], pictures: QuerySet[Image]) -> list[Image]:
    """Return the pictures with these keys, in the order of the keys, each once."""
    numbers = dict.fromkeys(number for key in keys if (number := key_in(key)) is not None)
    found = pictures.in_bulk(numbers)
    return [found[number] for number in numbers if number in found]


class PictureTiles(forms.CheckboxSelectMultiple):
    """Those ticked already, then the newest. With the script on, a field searches among all."""

    search_url = ""

    def render(self, name, value, attrs=None, renderer=None):
        keys = [str(key) for key in value or []]
        chosen = in_order(keys, Image.objects.all())
        newest = Image.objects.exclude(pk__in=[image.pk for image in chosen])[:NEWEST]
        context = {
            "name": name,
            "chosen": ",".join(str(image.pk) for image in chosen),
            "search_url": self.search_url,
            "tiles": tiles(name, [*chosen, *newest], keys),
        }
        return render_to_string("admin/pages/collage/picker.html", context)


class PicturesField(forms.ModelMultipleChoiceField):
    """Pictures in the order they were sent, which is the order they were ticked in."""

    widget = PictureTiles

    def clean(self, value):
        keys = [str(key) for key in value or []]
        # What can be no key is refused as what is no picture is.
        super().clean([key if key_in(key) is not None else "-" for key in keys])
        return in_order(keys, Image.objects.all())


class CollageForm(DeskForm):
    pictures = PicturesField(
        Image.objects.all(),
        required=False,
        initial=[],
        label=_("pictures to add"),
        help_text=_("They come last in the collage, in the order you tick them, when you save."),
    )
