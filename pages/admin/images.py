"""The picture library."""

from django import forms
from django.contrib import admin
from django.db import models
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from pages.admin.base import EditorAdmin
from pages.models import Image
from pages.renditions import rendition_name


def thumbnail(image: Image | None) -> str:
    """Return a small square of the picture, cut around its focal point as on the site."""
    if image is None or not image.has_renditions:
        return "–"
    width, height = image.sizes["square"][0]
    url = image.original.storage.url(rendition_name(image.digest, "square", width, "webp"))
    return format_html(
        '<img class="thumbnail" src="{}" alt="" width="{}" height="{}">', url, width, height
    )


@admin.register(Image)
class ImageAdmin(EditorAdmin):
    list_display = ("preview", "title", "alt", "credit", "dimensions")
    list_display_links = ("preview", "title")
    search_fields = ("title", "alt", "caption", "credit")
    readonly_fields = ("preview", "dimensions")
    # No link to the original: it is not served, since it may tell where a picture was taken.
    formfield_overrides = {models.FileField: {"widget": forms.FileInput}}
    fieldsets = (
        (None, {"fields": ("preview", "original", "dimensions", "title", "credit")}),
        (
            _("Words for the picture"),
            {
                "description": _("Say what is seen, not that it is a picture."),
                "fields": ("alt", "caption"),
            },
        ),
        (_("What must survive cropping"), {"fields": ("focal_x", "focal_y")}),
    )

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if not obj.has_renditions:
            obj.make_renditions()

    def delete_queryset(self, request, queryset):
        """One by one: each takes its files with it."""
        for image in queryset:
            image.delete()

    @admin.display(description=_("preview"))
    def preview(self, obj):
        return thumbnail(obj)

    @admin.display(description=_("pixels"))
    def dimensions(self, obj):
        return f"{obj.width} × {obj.height}" if obj.width else "–"
