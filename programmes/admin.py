"""Actions, measures and what they refer to, written for editors."""

from adminsortable2.admin import SortableAdminMixin
from django.contrib import admin
from django.db import models
from django.utils.translation import gettext_lazy as _

from pages.admin.base import EditorAdmin, PublishableAdmin
from programmes.models import Action, Audience, Measure, Period, Source


@admin.register(Action)
class ActionAdmin(SortableAdminMixin, PublishableAdmin):
    list_display = ("title", "heading", "management_mode", "is_published")
    list_display_links = ("title", "heading")
    search_fields = ("title", "heading")
    autocomplete_fields = ("image", "collage", "sources")
    fieldsets = (
        (None, {"fields": ("title", "heading", "summary", "image")}),
        (
            _("On the overview"),
            {"fields": ("introduction", "more_text", "collage")},
        ),
        (_("On its own page"), {"fields": ("body",)}),
        (_("Who manages it"), {"fields": ("management_mode", "management_note")}),
        (_("Where the facts are from"), {"fields": ("sources",)}),
        (_("Place on the site"), {"fields": ("slug", "position")}),
        PublishableAdmin.PUBLICATION,
        PublishableAdmin.SEARCH_RESULTS,
    )


@admin.register(Measure)
class MeasureAdmin(SortableAdminMixin, PublishableAdmin):
    list_display = ("title", "action", "period", "is_published")
    list_display_links = ("title",)
    list_filter = ("action", "period", "audiences")
    list_select_related = ("action", "period")
    search_fields = ("title", "summary", "list_text")
    autocomplete_fields = ("audiences", "sources")
    fieldsets = (
        (None, {"fields": ("title", "summary", "action", "period", "audiences")}),
        (
            _("In short"),
            {
                "description": _("Shown in the box of facts. An empty field is not shown."),
                "fields": Measure.FACTS,
            },
        ),
        (
            _("Guidance"),
            {
                "description": _(
                    "Each field is a part of the page, with the field's name as heading."
                ),
                "fields": Measure.GUIDANCE,
            },
        ),
        (_("Where the facts are from"), {"fields": ("sources",)}),
        (_("Place on the site"), {"fields": ("list_text", "slug", "position")}),
        PublishableAdmin.PUBLICATION,
        PublishableAdmin.SEARCH_RESULTS,
    )


@admin.register(Period)
class PeriodAdmin(admin.ModelAdmin):
    list_display = ("__str__", "first_year", "last_year")


@admin.register(Audience)
class AudienceAdmin(SortableAdminMixin, EditorAdmin):
    list_display = ("title",)
    search_fields = ("title",)


@admin.register(Source)
class SourceAdmin(admin.ModelAdmin):
    list_display = ("title", "publisher", "year", "checked_on", "confidence")
    list_filter = ("confidence", "publisher")
    search_fields = ("title", "publisher", "url")
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
