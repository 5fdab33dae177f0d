"""Pages of prose and their sections."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from pages.admin.base import PublishableAdmin
from pages.admin.ordering import OrderedListMixin, OrderedStackedInline
from pages.admin.status import StatusFilter
from pages.models import Page, Section


class SectionInline(OrderedStackedInline):
    model = Section
    extra = 0
    fields = ("heading", "body", "collage", "position")
    autocomplete_fields = ("collage",)


@admin.register(Page)
class PageAdmin(OrderedListMixin, PublishableAdmin):
    list_display = ("title", "status", "path")
    list_display_links = ("title",)
    list_filter = (StatusFilter, "is_in_menu", "is_in_footer")
    search_fields = ("title", "lead", "body")
    autocomplete_fields = ("parent", "image", "sources")
    inlines = (SectionInline,)
    fieldsets = (
        (None, {"fields": ("title", "lead", "image", "body", "explains_words")}),
        (_("Where the facts are from"), {"fields": ("sources",)}),
        (
            _("Place on the site"),
            {"fields": ("slug", "parent", "is_in_menu", "is_in_footer", "position")},
        ),
        PublishableAdmin.PUBLICATION,
        PublishableAdmin.REVIEW,
        PublishableAdmin.SEARCH_RESULTS,
    )

    def get_fieldsets(self, request, obj=None):
        """A page with a fixed address has no slug and no parent to choose."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or not obj.route:
            return fieldsets
        return [
            (name, {**options, "fields": [f for f in options["fields"] if not _is_address(f)]})
            for name, options in fieldsets
        ]

    def has_delete_permission(self, request, obj=None):
        """The site's frame links to pages with a fixed address: withdraw them, don't delete them."""
        return super().has_delete_permission(request, obj) and not (obj and obj.route)

    def may_withdraw(self, record):
        return super().may_withdraw(record) and not record.route


def _is_address(field) -> bool:
    """Whether a field, or a line of one field's languages, is part of the address."""
    name = field if isinstance(field, str) else field[0]
    return name == "parent" or name.startswith("slug_")
