"""Review of what has been on the site for long: a filter, an action, a field to set the day in."""

from typing import Any

from django.contrib import admin
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pages.freshness import SOON, in_a_year


class ReviewFilter(admin.SimpleListFilter):
    title = _("review")
    parameter_name = "review"

    def lookups(self, request, model_admin):
        return [
            ("over", _("overdue")),
            ("soon", _("within a month")),
            ("none", _("without a date")),
        ]

    def queryset(self, request, queryset):
        today = timezone.localdate()
        conditions = {
            "over": {"review_on__lt": today},
            "soon": {"review_on__gte": today, "review_on__lte": today + SOON},
            "none": {"review_on": None},
        }
        return queryset.filter(**conditions.get(self.value(), {}))


class FreshnessMixin(admin.ModelAdmin):
    """For records with a page of their own."""

    REVIEW: tuple[Any, Any] = (
        _("Review"),
        {"classes": ("collapse",), "fields": ("review_on", "responsible")},
    )

    actions = ("mark_reviewed",)

    def get_list_filter(self, request):
        return [*super().get_list_filter(request), ReviewFilter]

    def get_changeform_initial_data(self, request):
        initial = super().get_changeform_initial_data(request)
        return {"review_on": in_a_year(timezone.localdate()), **initial}

    @admin.action(permissions=["write"], description=_("Reviewed today: new date in a year"))
    def mark_reviewed(self, request, queryset):
        """Nothing that visitors see changes, «last updated» no more than the text."""
        day = in_a_year(timezone.localdate())
        queryset.update(review_on=day)
        shown = date_format(day, "DATE_FORMAT")
        self.message_user(request, gettext("To be reviewed anew on %(day)s.") % {"day": shown})
