"""Actions, measures and what they refer to, written for editors."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from pages.admin.base import EditorAdmin, PublishableAdmin, RecordAdmin
from pages.admin.ordering import OrderedListMixin
from pages.admin.status import StatusFilter
from programmes.models import Action, Audience, Experience, Measure, Period, Purpose


@admin.register(Action)
class ActionAdmin(OrderedListMixin, PublishableAdmin):
    list_display = ("title", "heading", "status")
    list_display_links = ("title", "heading")
    list_filter = (StatusFilter,)
    search_fields = ("title", "heading")
    autocomplete_fields = ("image", "collage", "sources")
    fieldsets = (
        (None, {"fields": ("title", "heading", "summary", "image")}),
        (
            _("On the overview"),
            {"fields": ("introduction", "more_text", "collage")},
        ),
        (_("On its own page"), {"fields": ("body", "explains_words")}),
        (_("Who manages it"), {"fields": ("management_mode", "management_note")}),
        (_("Where the facts are from"), {"fields": ("sources",)}),
        (_("Place on the site"), {"fields": ("slug", "position")}),
        PublishableAdmin.PUBLICATION,
        PublishableAdmin.REVIEW,
        PublishableAdmin.SEARCH_RESULTS,
    )


@admin.register(Measure)
class MeasureAdmin(OrderedListMixin, PublishableAdmin):
    list_display = ("title", "status", "action", "period")
    list_display_links = ("title",)
    list_filter = (StatusFilter, "action", "period", "audiences")
    list_select_related = ("action", "period")
    search_fields = ("title", "summary", "list_text")
    autocomplete_fields = (
        *("audiences", "purposes", "experiences"),
        *("related", "ways_in", "successors", "sources"),
    )
    fieldsets = (
        (None, {"fields": ("title", "summary", "action", "period", "audiences")}),
        (
            _("Who finds it"),
            {
                "description": _("What the finder of measures asks visitors about."),
                "fields": ("purposes", "experiences", "form_code", "ways_in"),
            },
        ),
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
                "fields": (*Measure.GUIDANCE, "explains_words"),
            },
        ),
        (_("Where the facts are from"), {"fields": ("sources",)}),
        (_("What leads on"), {"fields": ("related", "successors")}),
        (_("Place on the site"), {"fields": ("list_text", "slug", "position")}),
        PublishableAdmin.PUBLICATION,
        PublishableAdmin.REVIEW,
        PublishableAdmin.SEARCH_RESULTS,
    )

    def get_changeform_initial_data(self, request):
        """A new measure most often belongs to the newest period."""
        return {"period": Period.objects.first(), **super().get_changeform_initial_data(request)}


@admin.register(Period)
class PeriodAdmin(RecordAdmin):
    list_display = ("__str__", "first_year", "last_year")


@admin.register(Audience, Purpose, Experience)
class FacetAdmin(OrderedListMixin, EditorAdmin):
    keeps_drafts = False
    list_display = ("title",)
    search_fields = ("title",)
