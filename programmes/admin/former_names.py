"""The form for old names, and their list."""

from django.contrib import admin
from django.db import models
from django.utils.translation import gettext_lazy as _

from pages.admin.base import EditorAdmin
from pages.admin.ordering import OrderedListMixin
from programmes.models import FormerName


@admin.register(FormerName)
class FormerNameAdmin(OrderedListMixin, EditorAdmin):
    keeps_drafts = False
    list_display = ("title", "today", "kind", "years")
    list_display_links = ("title",)
    list_filter = ("kind",)
    search_fields = ("title", "today", "note")
    autocomplete_fields = ("measures", "source")
    fieldsets = (
        (None, {"fields": ("kind", "title", "first_year", "last_year")}),
        (_("Today"), {"fields": ("today", "note", "measures", "url")}),
        (_("Where the facts are from"), {"fields": ("source",)}),
        (_("Place on the site"), {"fields": ("position",)}),
    )
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}

    @admin.display(description=_("years"))
    def years(self, row):
        return row.years
