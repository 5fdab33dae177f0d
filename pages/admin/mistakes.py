"""What is wrong in a form, as a list on top of it that leads to each field."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import FieldDoesNotExist
from django.utils.text import capfirst
from modeltranslation.fields import TranslationField


@dataclass(frozen=True)
class Mistake:
    """`target` is the id of what to mend; empty where the whole form is meant."""

    message: str
    label: str = ""
    language: str = ""
    target: str = ""


def mistakes(form: forms.BaseForm, order: list[str], formsets: Iterable[Any]) -> list[Mistake]:
    """Return what is wrong in `form`, whose fields stand in `order`, and in the rows below it."""
    found = list(_in_form(form, "", "", order))
    for formset in formsets:
        group = f"{formset.prefix}-group"
        name = capfirst(str(formset.model._meta.verbose_name_plural))
        found += [Mistake(text, name, "", group) for text in formset.non_form_errors()]
        found += _in_rows(formset)
    return found


def _in_rows(formset) -> Iterator[Mistake]:
    name = capfirst(str(formset.model._meta.verbose_name))
    for number, form in enumerate(formset.forms):
        if not _is_to_be_deleted(formset, form):
            yield from _in_form(form, f"{name} {number + 1}", f"{formset.prefix}-{number}")


def _is_to_be_deleted(formset, form) -> bool:
    return formset.can_delete and form.is_bound and formset._should_delete_form(form)


def _in_form(form, row: str, row_id: str, order: Sequence[str] = ()) -> Iterator[Mistake]:
    if not form.is_bound:
        return
    places = {name: place for place, name in enumerate(order)}
    for name, errors in sorted(form.errors.items(), key=lambda pair: places.get(pair[0], -1)):
        label, language, target = row, "", row_id
        if name in form.fields and not form[name].is_hidden:
            label, language = _words(form, name)
            label = f"{row}: {label}" if row else label
            target = _id(form[name])
        for error in errors.as_data():
            # What the whole form is refused for has a note of its own.
            if error.code != "refused":
                yield from (Mistake(text, label, language, target) for text in error.messages)


def _id(bound) -> str:
    """The id of the field, or of the first of its parts."""
    is_in_parts = isinstance(bound.field.widget, forms.MultiWidget)
    return f"{bound.auto_id}_0" if is_in_parts else bound.id_for_label or bound.auto_id


def _words(form, name: str) -> tuple[str, str]:
    """Return what an editor calls the field, and its language if it has one."""
    field = _model_field(form, name)
    if isinstance(field, TranslationField):
        languages = dict(settings.LANGUAGES)
        original: Any = field.translated_field
        return capfirst(str(original.verbose_name)), languages.get(field.language, "")
    return str(form[name].label), ""


def _model_field(form, name: str):
    try:
        return form._meta.model._meta.get_field(name)
    except FieldDoesNotExist:
        return None
