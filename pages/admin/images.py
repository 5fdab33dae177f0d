"""The picture library."""

from django import forms
from django.contrib import admin
from django.db import models
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from modeltranslation.utils import get_translation_fields

from pages.admin.base import EditorAdmin
from pages.admin.uses import UsedAdmin, UseFilter
from pages.models import Image
from pages.renditions import SHAPES, rendition_name


def rendition_url(image: Image, shape: str, at_least: int = 0) -> str:
    """Return the address of the smallest rendition of this width or more; empty when there is none."""
    widths = [width for width, _height in image.sizes.get(shape, [])]
    if not widths:
        return ""
    width = next((width for width in widths if width >= at_least), widths[-1])
    return image.original.storage.url(rendition_name(image.digest, shape, width, "webp"))


def thumbnail(image: Image | None) -> str:
    """Return a small square of the picture, cut around its focal point as on the site."""
    if image is None or not image.has_renditions:
        return "–"
    width, height = image.sizes["square"][0]
    return format_html(
        '<img class="thumbnail" src="{}" alt="" width="{}" height="{}">',
        rendition_url(image, "square"),
        width,
        height,
    )


class CaptionFilter(admin.SimpleListFilter):
    title = _("caption")
    parameter_name = "caption"

    def lookups(self, request, model_admin):
        return [("some", _("lacks in some languages")), ("none", _("lacks in all languages"))]

    def queryset(self, request, queryset):
        empty = [Q(**{name: ""}) | Q(**{name: None}) for name in get_translation_fields("caption")]
        nowhere = Q(*empty)
        if self.value() == "none":
            return queryset.filter(nowhere)
        if self.value() == "some":
            return queryset.filter(Q(*empty, _connector=Q.OR)).exclude(nowhere)
        return queryset


def _alt_help() -> str:
    return render_to_string("admin/pages/image/alt_help.html")


@admin.register(Image)
class ImageAdmin(UsedAdmin, EditorAdmin):
    list_display = ("preview", "title", "alt", "used_in_short", "dimensions")
    # The picture is part of the link by the style: a link of its own would have no name.
    list_display_links = ("title",)
    list_filter = (UseFilter, CaptionFilter)
    list_per_page = 48
    search_fields = ("title", "alt", "caption", "credit")
    readonly_fields = ("focal_point", "dimensions", "used_in")
    # No link to the original: it is not served, since it may tell where a picture was taken.
    formfield_overrides = {models.FileField: {"widget": forms.FileInput}}
    fieldsets = (
        (
            _("The picture, and what must survive cropping"),
            {"fields": ("original", "focal_point", ("focal_x", "focal_y"), "dimensions")},
        ),
        (
            _("Words for the picture"),
            {
                "description": lazy(_alt_help, str)(),
                "fields": ("title", "alt", "caption", "credit"),
            },
        ),
        (_("Where it is used"), {"fields": ("used_in",)}),
    )

    class Media:
        js = ("desk/focal.js",)
        css = {"all": ("desk/pictures.css",)}

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        if "original" in form.base_fields:
            form.base_fields["original"].widget.attrs["accept"] = "image/*"
        return form

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if not obj.has_renditions:
            obj.make_renditions()

    def without_room(self, request, *arguments):
        if request.sitting.form is not None:
            request.sitting.form.instance.remove_unused_files()
        return super().without_room(request, *arguments)

    @admin.display(description=_("preview"))
    def preview(self, obj):
        return thumbnail(obj)

    @admin.display(description=_("pixels"))
    def dimensions(self, obj):
        return f"{obj.width} × {obj.height}" if obj.width else "–"

    @admin.display(description=_("focal point"))
    def focal_point(self, obj):
        """The whole picture to click on, and beside it what the site cuts from it."""
        crops = [
            {"shape": shape, "ratio": ratio, "url": rendition_url(obj, shape, 480)}
            for shape, (ratio, _widths) in SHAPES.items()
            if ratio
        ]
        context = {"image": obj, "url": rendition_url(obj, "whole", 960), "crops": crops}
        return render_to_string("admin/pages/image/focal_point.html", context)
