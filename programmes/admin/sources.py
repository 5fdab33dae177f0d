"""Sources, and which of them somebody should look at again."""

from datetime import timedelta

from django.contrib import admin
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pages.admin.base import RecordAdmin
from pages.admin.front_page import MOST, Panel, Row
from pages.navigation import change_url
from programmes.models import RateSet, Source

# A figure that nobody has looked at for longer may have been replaced.
HOLDS = timedelta(days=365)


def is_due() -> Q:
    """The condition of sources to check: long not looked at, or older than the rates they stand behind."""
    this_year = timezone.localdate().year
    old = Q(checked_on__lt=timezone.localdate() - HOLDS)
    outrun = [
        Q(**{f"{way}year__gt": F("year"), f"{way}year__gte": this_year})
        for way in ("rate_sets__", "rate__rate_set__", "distanceband__rate_set__")
    ]
    return old | outrun[0] | outrun[1] | outrun[2]


class DueFilter(admin.SimpleListFilter):
    title = gettext_lazy("checking")
    parameter_name = "due"

    def lookups(self, request, model_admin):
        return [("yes", _("due for checking"))]

    def queryset(self, request, queryset):
        return queryset.filter(is_due()).distinct() if self.value() == "yes" else queryset


@admin.register(Source)
class SourceAdmin(RecordAdmin):
    list_display = ("title", "publisher", "year", "checked_on", "confidence")
    list_filter = (DueFilter, "confidence", "publisher")
    search_fields = ("title", "publisher", "url")
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    fields = (
        *("title", "language", "publisher", "url", "year", "checked_on", "confidence"),
        *("figures", "rates_from_it"),
    )
    readonly_fields = ("rates_from_it",)

    @admin.display(description=gettext_lazy("figures from it"))
    def rates_from_it(self, obj):
        """The rate sets that hold figures from this source, each with a way there."""
        if obj is None or obj.pk is None:
            return "–"
        places = Q(source=obj) | Q(rates__source=obj) | Q(bands__source=obj)
        rows = RateSet.objects.filter(places).distinct()
        links = [(change_url(row), row) for row in rows]
        return format_html_join(", ", '<a href="{}">{}</a>', links) or "–"


def figures_to_check(request) -> Panel | None:
    """Sources whose figures should be checked, the longest unseen first."""
    due = Source.objects.filter(is_due()).distinct().order_by("checked_on", "pk")
    rows = [Row(str(source), change_url(source), _note(source)) for source in due[:MOST]]
    url = f"{reverse('admin:programmes_source_changelist')}?due=yes"
    return Panel(_("Figures to check"), rows, more_url=url) if rows else None


def _note(source: Source) -> str:
    return _("checked %(day)s") % {"day": date_format(source.checked_on, "j. F Y")}
