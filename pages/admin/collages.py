"""Collages: pictures in order."""

from adminsortable2.admin import SortableAdminBase
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from pages.admin.base import EditorAdmin
from pages.admin.images import thumbnail
from pages.admin.ordering import OrderedTabularInline
from pages.models import Collage, CollageImage


class CollageImageInline(OrderedTabularInline):
    model = CollageImage
    extra = 1
    fields = ("preview", "image", "shape", "position")
    readonly_fields = ("preview",)
    autocomplete_fields = ("image",)
    default_order_field = "position"

    @admin.display(description=_("preview"))
    def preview(self, obj):
        return thumbnail(obj.image if obj.image_id else None)

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("image")


@admin.register(Collage)
class CollageAdmin(SortableAdminBase, EditorAdmin):
    list_display = ("title", "first_picture", "number_of_pictures")
    list_display_links = ("title", "first_picture")
    search_fields = ("title",)
    inlines = (CollageImageInline,)

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("collageimage_set__image")

    @admin.display(description=_("preview"))
    def first_picture(self, obj):
        return thumbnail(next((row.image for row in obj.rows), None))

    @admin.display(description=_("pictures"))
    def number_of_pictures(self, obj):
        return len(obj.rows)
