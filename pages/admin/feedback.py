"""What visitors have answered to «Hjalp siden deg?»: one by one, page by page, and beside a page's form."""

from typing import Any
from urllib.parse import urlencode

from django.apps import apps
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import F
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pages.admin.front_page import MOST, Panel, Row
from pages.admin.lists import SoundChangeList, SoundListAdmin
from pages.models import Feedback
from pages.models.feedback import Tally, titles_of
from pages.navigation import change_url

PAGES_PER_PART = 50


class CommentFilter(admin.SimpleListFilter):
    title = gettext_lazy("comment")
    parameter_name = "comment"

    def lookups(self, request, model_admin):
        return [("with", _("with a comment")), ("without", _("without"))]

    def queryset(self, request, queryset):
        if self.value() == "with":
            return queryset.with_comment()
        return queryset.filter(comment="") if self.value() == "without" else queryset


class KindFilter(admin.SimpleListFilter):
    title = gettext_lazy("kind of page")
    parameter_name = "kind"

    def lookups(self, request, model_admin):
        labels = Feedback.objects.order_by("model").values_list("model", flat=True).distinct()
        return [(label, _kind(label)) for label in labels]

    def queryset(self, request, queryset):
        return queryset.filter(model=self.value()) if self.value() else queryset


def _kind(label: str) -> str:
    try:
        return str(apps.get_model(label)._meta.verbose_name)
    except LookupError:
        return label


class FeedbackList(SoundChangeList):
    def get_results(self, request):
        """Find the pages of all rows shown at once."""
        super().get_results(request)
        self.result_list = list(self.result_list)
        records = titles_of({(row.model, row.object_id) for row in self.result_list})
        for row in self.result_list:
            row.record = records.get((row.model, row.object_id))


@admin.register(Feedback)
class FeedbackAdmin(SoundListAdmin):
    """The newest first. Nobody changes what somebody else has said; who may delete, can."""

    list_display = ("page", "is_helpful", "comment", "language", "created_on")
    list_display_links = None
    list_filter = ("is_helpful", CommentFilter, "language", KindFilter, "created_on")
    search_fields = ("comment",)
    change_list_template = "admin/pages/feedback/change_list.html"

    def get_changelist(self, request, **kwargs):
        return FeedbackList

    def get_urls(self):
        view = self.admin_site.admin_view(self.per_page_view)
        return [path("per-page/", view, name="pages_feedback_per_page"), *super().get_urls()]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    @admin.display(description=gettext_lazy("page"), ordering="object_id")
    def page(self, feedback):
        return _linked(feedback.record)

    def changelist_view(self, request, extra_context=None):
        title = {"title": capfirst(str(self.opts.verbose_name_plural))}
        response = super().changelist_view(request, {**title, **(extra_context or {})})
        context = getattr(response, "context_data", None) or {}
        if "cl" in context:
            context["tally"] = context["cl"].queryset.tally()
        return response

    def per_page_view(self, request):
        """Counts for each page, those with most noes first: there is most to mend."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        pages = Feedback.objects.per_page().order_by("-no", F("yes").desc(), "model", "object_id")
        part = Paginator(pages, PAGES_PER_PART).get_page(request.GET.get("p"))
        records = titles_of((row["model"], row["object_id"]) for row in part)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Answers from visitors, page by page"),
            "opts": self.opts,
            "part": part,
            "rows": [_counted(row, records) for row in part],
        }
        return TemplateResponse(request, "admin/pages/feedback/per_page.html", context)


def _counted(row: dict[str, Any], records: dict) -> dict[str, Any]:
    return {
        "page": _linked(records.get((row["model"], row["object_id"]))),
        "tally": Tally(row["yes"], row["no"], row["comments"]),
        "last": row["last"],
        "url": answers_url(row["model"], row["object_id"]),
    }


def _linked(record) -> str:
    if record is None:
        return _("(deleted)")
    url = change_url(record)
    return format_html('<a href="{}">{}</a>', url, record) if url else str(record)


def answers_url(model: str, key: int) -> str:
    """Return the address of the list of answers about one page."""
    query = urlencode({"model": model, "object_id": key})
    return f"{reverse('admin:pages_feedback_changelist')}?{query}"


class AnsweredMixin:
    """Tells on a record's form what visitors have answered about its page."""

    def render_change_form(self, request, context, *args, **kwargs):
        record = context.get("original")
        if record is not None:
            context["answers"] = Feedback.objects.of(record).tally()
            context["answers_url"] = answers_url(record._meta.label_lower, record.pk)
        return super().render_change_form(request, context, *args, **kwargs)  # type: ignore[misc]


def comments(request) -> Panel | None:
    """What visitors have written last."""
    found = list(Feedback.objects.with_comment()[:MOST])
    records = titles_of({(row.model, row.object_id) for row in found})
    rows = [
        Row(
            Truncator(row.comment).chars(120),
            answers_url(row.model, row.object_id),
            f"{records.get((row.model, row.object_id)) or _('(deleted)')}, "
            f"{date_format(row.created_on, 'DATE_FORMAT')}",
            is_urgent=not row.is_helpful,
        )
        for row in found
    ]
    more = reverse("admin:pages_feedback_changelist")
    return Panel(_("What visitors write"), rows, more_url=more) if rows else None
