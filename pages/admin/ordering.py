"""Order by drag and by number: the number is the way for those who use no mouse."""

from adminsortable2.admin import (
    CustomInlineFormSet,
    SortableAdminMixin,
    SortableStackedInline,
    SortableTabularInline,
)
from django.contrib.admin.widgets import AdminIntegerFieldWidget
from modeltranslation.admin import TranslationStackedInline

from pages.admin.permissions import InlineRoleMixin, ListOrderMixin
from pages.admin.side_by_side import SideBySide


class NumberedFormSet(CustomInlineFormSet):
    """Shows the number that the package hides; dragging still fills it in."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.form.base_fields[self.default_order_field]
        field.is_hidden = False
        field.required = True
        field.widget = AdminIntegerFieldWidget(attrs={"class": "_reorder_ vIntegerField", "min": 0})


class OrderedTabularInline(InlineRoleMixin, SortableTabularInline):
    formset = NumberedFormSet


class OrderedStackedInline(
    SideBySide, InlineRoleMixin, SortableStackedInline, TranslationStackedInline
):
    formset = NumberedFormSet


class OrderedListMixin(ListOrderMixin, SortableAdminMixin):
    """A list in the order that visitors see."""
