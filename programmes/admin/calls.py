"""Calls and deadlines, written for editors."""

from django.contrib import admin
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationStackedInline

from pages.admin.base import EditorAdmin
from pages.admin.ordering import OrderedListMixin
from pages.admin.permissions import InlineRoleMixin
from pages.admin.side_by_side import SideBySide
from programmes.models import Call, CallType, Deadline, DeadlineChange
from programmes.tools.deadlines.wording import change_words, told


@admin.register(CallType)
class CallTypeAdmin(OrderedListMixin, EditorAdmin):
    keeps_drafts = False
    list_display = ("title",)
    search_fields = ("title",)


@admin.register(Call)
class CallAdmin(EditorAdmin):
    keeps_drafts = False
    list_display = ("title", "year", "type")
    list_filter = ("type", "year")
    list_select_related = ("type",)
    search_fields = ("title",)
    autocomplete_fields = ("type", "measures", "source")
    fieldsets = (
        (None, {"fields": ("title", "type", "year", "measures")}),
        (_("Where the facts are from"), {"fields": ("source",)}),
    )


class DeadlineChangeInline(SideBySide, InlineRoleMixin, TranslationStackedInline):
    """The change log. Rows come by themselves; a mistake that was mended can be taken out."""

    model = DeadlineChange
    extra = 0
    fields = ("said", "known_since", "note")
    readonly_fields = ("said", "known_since")

    def has_add_permission(self, request, obj=None):
        return False

    @admin.display(description=_("what was changed"))
    def said(self, obj):
        return change_words(obj)

    @admin.display(description=_("made known"))
    def known_since(self, obj):
        return date_format(obj.made_at, "DATETIME_FORMAT") if obj.made_at else _("not known")


@admin.register(Deadline)
class DeadlineAdmin(EditorAdmin):
    keeps_drafts = False
    list_display = ("__str__", "status", "day_in_words", "left")
    list_filter = ("status", "call__type", "is_cancelled")
    list_select_related = ("call",)
    search_fields = ("title", "call__title_nb", "call__title_nn", "call__title_en")
    autocomplete_fields = ("call", "source")
    inlines = (DeadlineChangeInline,)
    fieldsets = (
        (None, {"fields": ("call", "title", "status")}),
        (
            _("When the day is known"),
            {
                "description": _(
                    "Change the day here when it is moved: the change is kept, and calendars follow."
                ),
                "fields": ("day", "time", "is_cancelled"),
            },
        ),
        (
            _("As long as the day is not known"),
            {
                "description": _("Visitors see between which days it is expected, and why."),
                "fields": ("first_day", "last_day", "basis"),
            },
        ),
        (_("For visitors"), {"fields": ("note",)}),
        (_("Where the facts are from"), {"fields": ("source",)}),
    )

    @admin.display(description=_("when"), ordering="sorts_on")
    def day_in_words(self, obj):
        return told(obj.when).day

    @admin.display(description=_("until then"), ordering="sorts_on")
    def left(self, obj):
        return told(obj.when).left
