"""Rates, entered as the tables they are published as, and what is reckoned from them."""

from urllib.parse import urlsplit

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.forms.models import BaseInlineFormSet
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationTabularInline

from pages import publishing
from pages.admin.base import EditorAdmin, RecordAdmin
from pages.admin.desk import DeskForm
from pages.admin.ordering import OrderedListMixin
from pages.admin.permissions import InlineRoleMixin
from programmes.admin.rate_sheets import SheetAdmin
from programmes.models import (
    BudgetExample,
    Country,
    CountryGroup,
    DistanceBand,
    ExchangeRate,
    PacketPoint,
    Rate,
    RateSet,
)
from programmes.rate_sheets import copied_to_next_year
from programmes.tools.estimator.plans import plan_of
from programmes.tools.rates.checks import BandRow, faults
from programmes.tools.rates.wording import sentence


class BandFormSet(BaseInlineFormSet):
    """The bands of a set must cover every distance once, and a longer way must not give less."""

    def clean(self):
        super().clean()
        typed = [form.cleaned_data for form in self.forms if getattr(form, "cleaned_data", None)]
        rows = [
            BandRow(row["start"], row.get("end"), row["standard"], row.get("green"))
            for row in typed
            if not row.get("DELETE")
            and row.get("start") is not None
            and row.get("standard") is not None
        ]
        if found := [sentence(fault) for fault in faults(rows)]:
            raise ValidationError(found)


class BandInline(InlineRoleMixin, TranslationTabularInline):
    model = DistanceBand
    formset = BandFormSet
    extra = 0
    fields = ("start", "end", "standard", "green", "is_uncertain", "note", "source")


class RateInline(InlineRoleMixin, TranslationTabularInline):
    model = Rate
    extra = 0
    fields = ("category", "key", "lowest", "amount", "is_ceiling", "is_uncertain", "note", "source")


class GroupInline(InlineRoleMixin, admin.TabularInline):
    model = CountryGroup
    extra = 0
    fields = ("country", "group")


@admin.register(RateSet)
class RateSetAdmin(SheetAdmin, RecordAdmin):
    change_form_template = "admin/programmes/rate_set.html"
    actions = ("copy_to_next_year",)
    list_display = ("__str__", "publish_at", "source", "checked_on")
    list_filter = ("agency",)
    list_select_related = ("source",)
    autocomplete_fields = ("source",)
    fields = ("year", "agency", "source", "publish_at")
    inlines = (RateInline, BandInline, GroupInline)

    class Media:
        css = {"all": ["desk/rates.css"]}

    @admin.display(description=_("last checked"), ordering="source__checked_on")
    def checked_on(self, obj):
        return obj.source.checked_on

    @admin.action(description=_("Copy to next year, as a draft"), permissions=["publish"])
    def copy_to_next_year(self, request, queryset):
        for rate_set in queryset:
            made = copied_to_next_year(rate_set)
            if made is None:
                text = gettext("There is a set of the year after %(set)s already.")
                messages.warning(request, text % {"set": rate_set})
                continue
            publishing.finish(
                made, request.user, gettext("Copied from %(set)s") % {"set": rate_set}
            )
            text = gettext(
                "%(set)s is a draft with the same figures. Check each of them, enter the source, and set from when it is shown."
            )
            messages.success(request, text % {"set": made})


@admin.register(Country)
class CountryAdmin(EditorAdmin):
    keeps_drafts = False
    list_display = ("title", "code", "eligible_from", "eligible_to", "is_expected")
    search_fields = ("title", "code")
    autocomplete_fields = ("source",)
    fields = ("code", "title", "eligible_from", "eligible_to", "is_expected", "source")


@admin.register(ExchangeRate)
class ExchangeRateAdmin(RecordAdmin):
    list_display = ("date", "kroner", "source")
    list_select_related = ("source",)
    autocomplete_fields = ("source",)
    fields = ("date", "kroner", "source")


class BudgetExampleForm(DeskForm):
    """Takes a whole address, or what stands after its question mark."""

    def clean_query(self):
        query = self.cleaned_data["query"]
        pasted = urlsplit(query).query or query.lstrip("?")
        plan = plan_of(QueryDict(pasted))
        if not plan.is_complete:
            raise forms.ValidationError(
                gettext(
                    "This cannot be reckoned. Make the estimate on the site until it shows a sum without remarks."
                )
            )
        return pasted


@admin.register(BudgetExample)
class BudgetExampleAdmin(OrderedListMixin, EditorAdmin):
    keeps_drafts = False
    form = BudgetExampleForm
    list_display = ("title",)
    fields = ("title", "description", "query", "position")


@admin.register(PacketPoint)
class PacketPointAdmin(OrderedListMixin, EditorAdmin):
    keeps_drafts = False
    list_display = ("title", "part", "reader")
    list_filter = ("part", "reader")
    fields = ("title", "part", "reader", "position")
