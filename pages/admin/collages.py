"""Collages: pictures in order."""

from copy import deepcopy
from urllib.parse import urlencode

from adminsortable2.admin import SortableAdminBase
from csp.constants import SELF
from csp.decorators import csp_replace
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.clickjacking import xframe_options_sameorigin

from pages.admin.base import EditorAdmin
from pages.admin.images import thumbnail
from pages.admin.ordering import OrderedTabularInline
from pages.admin.permissions import may_write
from pages.admin.picker import NEWEST, CollageForm, in_order, tiles
from pages.admin.uses import UsedAdmin, UseFilter
from pages.models import Collage, CollageImage, Image
from pages.views import collage_preview

# More words than this no one means, and a database may refuse.
_LONGEST_SEARCH = 200


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


def collage_of(pairs: list[str]) -> Collage:
    """Return a collage that is in no database, of pairs such as "12-wide": a picture's key and a shape."""
    shapes = [pair.partition("-") for pair in pairs]
    found = {
        str(i.pk): i for i in in_order([key for key, _dash, _shape in shapes], Image.objects.all())
    }
    rows = [
        CollageImage(image=found[key], shape=shape)
        for key, _dash, shape in shapes
        if key in found and shape in CollageImage.Shape.values
    ]
    collage = Collage(pk=0)
    collage._prefetched_objects_cache = {"collageimage_set": rows}  # type: ignore[attr-defined]
    return collage


@admin.register(Collage)
class CollageAdmin(UsedAdmin, SortableAdminBase, EditorAdmin):
    has_preview = True
    form = CollageForm
    list_display = ("title", "first_picture", "number_of_pictures", "used_in_short")
    # The picture would be a link without a name.
    list_display_links = ("title",)
    list_filter = (UseFilter,)
    search_fields = ("title",)
    readonly_fields = ("appearance", "used_in")
    inlines = (CollageImageInline,)
    fieldsets = (
        (None, {"fields": ("title", "used_in")}),
        (_("Add pictures"), {"fields": ("pictures",)}),
        (_("As it will look"), {"fields": ("appearance",)}),
        (_("Publication"), {"fields": ("show_from", "reason")}),
    )

    class Media:
        js = ("desk/pictures.js",)
        css = {"all": ("desk/pictures.css",)}

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("collageimage_set__image")

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        # A copy: the declared field is shared by all requests.
        field = form.base_fields["pictures"] = deepcopy(form.base_fields["pictures"])
        field.disabled = not may_write(request.user)
        field.widget.search_url = reverse("admin:pages_collage_pictures")
        return form

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        if may_write(request.user):
            return fieldsets
        return [fieldset for fieldset in fieldsets if "pictures" not in fieldset[1]["fields"]]

    def save_related(self, request, form, formsets, change):
        """The ticked pictures come after the rows that are there."""
        super().save_related(request, form, formsets, change)
        form.instance.append(form.cleaned_data.get("pictures", []))

    def get_urls(self):
        return [
            path(
                "pictures/",
                self.admin_site.admin_view(self.pictures),
                name="pages_collage_pictures",
            ),
            path(
                "preview/", self.admin_site.admin_view(self.preview), name="pages_collage_preview"
            ),
            *super().get_urls(),
        ]

    def pictures(self, request):
        """Tiles of the newest pictures that have the words of `q`."""
        self._refuse_strangers(request)
        library = self.admin_site.get_model_admin(Image)
        words = request.GET.get("q", "").replace("\0", "")[:_LONGEST_SEARCH]
        found, _duplicates = library.get_search_results(request, Image.objects.all(), words)
        return HttpResponse(tiles("pictures", found[:NEWEST]))

    @method_decorator(xframe_options_sameorigin)
    @method_decorator(csp_replace({"frame-ancestors": [SELF]}))
    def preview(self, request):
        """The site's own page of the rows in the address: the form shows it in frames."""
        self._refuse_strangers(request)
        return collage_preview(request, collage_of(request.GET.getlist("row")))

    def _refuse_strangers(self, request):
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied

    @admin.display(description=_("preview"))
    def appearance(self, obj):
        rows = obj.rows if obj.pk else []
        query = urlencode([("row", f"{row.image_id}-{row.shape}") for row in rows])
        context = {"url": reverse("admin:pages_collage_preview"), "query": f"?{query}"}
        return render_to_string("admin/pages/collage/appearance.html", context)

    @admin.display(description=_("preview"))
    def first_picture(self, obj):
        return thumbnail(next((row.image for row in obj.rows), None))

    @admin.display(description=_("pictures"))
    def number_of_pictures(self, obj):
        return len(obj.rows)
