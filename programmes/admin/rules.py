"""The ways in to the programme, and the rules of who may take them."""

from collections.abc import Sequence

from django.contrib import admin, messages
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pages.admin.base import EditorAdmin
from pages.admin.ordering import OrderedListMixin
from programmes.admin.conditions import ConditionFormField
from programmes.models import EligibilityRoute, EligibilityRule
from programmes.models.rule import ConditionField
from programmes.tools.eligibility.conditions import in_words
from programmes.tools.eligibility.inspection import gaps, silent


@admin.register(EligibilityRoute)
class EligibilityRouteAdmin(OrderedListMixin, EditorAdmin):
    keeps_drafts = False
    list_display = ("title", "aim", "way", "measure")
    list_display_links = ("title",)
    list_select_related = ("measure",)
    search_fields = ("title", "summary")
    autocomplete_fields = ("measure",)
    fields = ("title", "summary", "first_steps", "measure", "aim", "way", "position")


@admin.register(EligibilityRule)
class EligibilityRuleAdmin(EditorAdmin):
    """All rules, by their ways in; the list tells of answers that no rule speaks of."""

    keeps_drafts = False
    list_display = ("reason", "route", "verdict", "weight", "holds_for")
    list_display_links = ("reason",)
    list_filter = ("route", "verdict", "weight", "is_unsettled", "year")
    list_select_related = ("route",)
    search_fields = ("reason",)
    autocomplete_fields = ("source",)
    fields = (
        *("route", "verdict", "condition", "weight", "reason"),
        *("source", "year", "is_unsettled"),
    )
    formfield_overrides = {ConditionField: {"form_class": ConditionFormField}}

    class Media:
        css = {"all": ("desk/condition.css",)}

    @admin.display(description=gettext_lazy("holds for"))
    def holds_for(self, rule):
        lines = ((line,) for line in in_words(rule.condition).splitlines())
        return format_html_join("", "<div>{}</div>", lines) or _("everybody")

    def changelist_view(self, request, extra_context=None):
        if request.method == "GET":
            for warning in warnings():
                messages.warning(request, warning)
        return super().changelist_view(request, extra_context)


def warnings() -> Sequence[str]:
    """Say where the rules leave a visitor without an answer, and which of them never come to speak."""
    rows = list(EligibilityRule.objects.select_related("route"))
    routes = list(EligibilityRoute.objects.all())
    ways = {
        str(route): [row.pure() for row in rows if row.route_id in (None, route.pk)]
        for route in routes
    }
    by_key: dict[int | str, EligibilityRule] = {row.pk: row for row in rows}
    found: list[str] = [
        format_html(
            _("No rule of “{way}” holds for these answers: {answers}"),
            way=name,
            answers="; ".join(in_words({code: [a] for code, a in gap.items()}).splitlines()),
        )
        for name, rules in ways.items()
        for gap in gaps(rules)[:1]
    ]
    return found + [
        format_html(
            _("This rule never decides, since others always go before it: “{rule}”"),
            rule=by_key[rule.key],
        )
        for rule in silent(ways)
    ]
