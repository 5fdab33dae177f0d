"""Order by drag and by number: the number is the way for those who use no mouse."""

from adminsortable2.admin import CustomInlineFormSet, SortableStackedInline, SortableTabularInline
from django.contrib.admin.widgets import AdminIntegerFieldWidget
from modeltranslation.admin import TranslationStackedInline


class NumberedFormSet(CustomInlineFormSet):
    """Shows the number that the package hides; dragging still fills it in."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.form.base_fields[self.default_order_field]
        field.is_hidden = False
        field.required = True
        field.widget = AdminIntegerFieldWidget(attrs={"class": "_reorder_ vIntegerField", "min": 0})


class OrderedTabularInline(SortableTabularInline):
    formset = NumberedFormSet


class OrderedStackedInline(SortableStackedInline, TranslationStackedInline):
    formset = NumberedFormSet
