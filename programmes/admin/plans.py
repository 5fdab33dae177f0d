"""The steps of plans and the school holidays, written for editors."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from pages.admin.base import EditorAdmin
from pages.admin.ordering import OrderedListMixin
from programmes.models import PlanStep, SchoolArea, SchoolHoliday


@admin.register(PlanStep)
class PlanStepAdmin(EditorAdmin):
    keeps_drafts = False
    list_display = ("title", "days_before")
    search_fields = ("title", "text")
    autocomplete_fields = ("measures",)
    fieldsets = (
        (None, {"fields": ("title", "text", "days_before")}),
        (_("For whom?"), {"fields": ("measures",)}),
        (_("Place on the site"), {"fields": ("position",)}),
    )


@admin.register(SchoolArea)
class SchoolAreaAdmin(OrderedListMixin, EditorAdmin):
    keeps_drafts = False
    list_display = ("title",)
    search_fields = ("title",)


@admin.register(SchoolHoliday)
class SchoolHolidayAdmin(EditorAdmin):
    keeps_drafts = False
    list_display = ("title", "area", "school_year", "first_day", "last_day")
    list_filter = ("school_year", "area")
    list_select_related = ("area",)
    search_fields = ("title", "area__title_nb", "area__title_nn", "area__title_en")
    autocomplete_fields = ("area", "source")
    fieldsets = (
        (None, {"fields": ("area", "school_year", "title", "first_day", "last_day")}),
        (_("Where the facts are from"), {"fields": ("source",)}),
    )
