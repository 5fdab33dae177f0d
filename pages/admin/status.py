"""What a list says of each record: on the site or not, since when or from when, and whether a draft waits."""

from typing import Any

from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pages.models import Draft, Publishable
from pages.querysets import published_now


class StatusFilter(admin.SimpleListFilter):
    """Publishable rows by where they are between draft and withdrawn."""

    title = gettext_lazy("publication")
    parameter_name = "publication"

    def lookups(self, request, model_admin):
        return [
            ("live", _("on the site")),
            ("unpublished", _("not published")),
            ("planned", _("planned")),
            ("withdrawn", _("withdrawn")),
            ("draft", _("with a draft")),
        ]

    def queryset(self, request, queryset):
        now = timezone.now()
        conditions = {
            "live": published_now(),
            "unpublished": Q(publish_at=None),
            "planned": Q(publish_at__gt=now) | Q(draft_due__isnull=False),
            "withdrawn": Q(withdraw_at__lte=now),
            "draft": Q(draft_changed__isnull=False),
        }
        condition = conditions.get(self.value())
        return queryset if condition is None else queryset.filter(condition)


class StatusMixin:
    """Adds the column `status`. For lists of records that keep drafts."""

    model: type[models.Model]

    def get_queryset(self, request):
        drafts = Draft.objects.filter(
            content_type=ContentType.objects.get_for_model(self.model), object_id=OuterRef("pk")
        )
        rows: Any = super().get_queryset(request)  # type: ignore[misc]
        return rows.annotate(
            draft_changed=Subquery(drafts.values("changed_at")[:1]),
            draft_due=Subquery(drafts.values("publish_at")[:1]),
        )

    @admin.display(description=gettext_lazy("publication"))
    def status(self, obj):
        chips = [*_publication(obj), *_draft(obj)]
        return format_html_join(
            " ", '<span class="desk-chip desk-chip--{}">{}</span>', chips
        ) or format_html("–")


def _publication(obj) -> list[tuple[str, str]]:
    if not isinstance(obj, Publishable):
        return []
    if obj.publish_at is None:
        return [("off", _("not published"))]
    if obj.publish_at > timezone.now():
        return [("planned", _("from %s") % _short(obj.publish_at))]
    if obj.withdraw_at and obj.withdraw_at <= timezone.now():
        return [("off", _("withdrawn"))]
    return [("live", _("on the site"))] if obj.is_published else [("off", _("not shown"))]


def _draft(obj) -> list[tuple[str, str]]:
    if obj.draft_due:
        return [("planned", _("change from %s") % _short(obj.draft_due))]
    return [("draft", _("draft"))] if obj.draft_changed else []


def _short(moment) -> str:
    return date_format(timezone.localtime(moment), "SHORT_DATETIME_FORMAT")
