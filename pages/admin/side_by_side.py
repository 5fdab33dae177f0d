"""Forms and lists where the languages of a text stand beside each other, with the state of each."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.filters import SimpleListFilter
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy, gettext_noop
from django.utils.translation import gettext as _
from modeltranslation.fields import TranslationField

from pages.models import Translated
from pages.models.translated import ABSENT, CURRENT, MISSING, STALE

STATE_NAMES = {
    CURRENT: gettext_lazy("up to date"),
    STALE: gettext_lazy("outdated"),
    MISSING: gettext_lazy("missing"),
    ABSENT: gettext_lazy("not begun"),
}
STILL_RIGHT = "still_right"
# Languages that Norwegian editors call by another name than its own.
gettext_noop("English")


def language_name(code: str) -> str:
    """Return what the editor calls a language, as it is written inside a sentence."""
    name = _(dict(settings.LANGUAGES)[code])
    return name if (get_language() or "").startswith("en") else name.lower()


def chip(state: str) -> str:
    """Return a field's state as text on its colour."""
    return format_html('<span class="state state-{}">{}</span>', state, STATE_NAMES[state])


def language_chip(language: str, state: str) -> str:
    """Return a record's state in a language, as short as a list needs it: most are up to date."""
    shown = format_html(
        '<span aria-hidden="true">✓</span><span class="visually-hidden">{}</span>',
        STATE_NAMES[state],
    )
    return format_html(
        '<span class="state state-{}">{} {}</span>',
        state,
        language,
        shown if state == CURRENT else STATE_NAMES[state],
    )


class SideBySide:
    """Part of a form or an inline of a Translated model: one line for a text in all its languages."""

    model: Any

    class Media:
        css = {"all": ("desk/languages.css",)}
        js = ("desk/languages.js",)

    def get_fieldsets(self, request, obj=None):
        return [
            (name, {**options, "fields": list(self._lines(options["fields"]))})
            for name, options in super().get_fieldsets(request, obj)  # type: ignore[misc]
        ]

    def _lines(self, names) -> Iterator[Any]:
        """Join the columns of a field to one line."""
        line: list[str] = []
        for name in names:
            if line and self._original(name) != self._original(line[0]):
                yield tuple(line)
                line = []
            if self._original(name):
                line.append(name)
            else:
                yield name
        if line:
            yield tuple(line)

    def _original(self, name) -> str:
        """Return the field that the column `name` is a language of, or nothing."""
        column = next((f for f in self.model._meta.get_fields() if f.name == name), None)
        return column.translated_field.name if isinstance(column, TranslationField) else ""

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]
        if field is not None and isinstance(db_field, TranslationField):
            self._name_language(field, db_field)
        return field

    def _name_language(self, field: forms.Field, column: TranslationField) -> None:
        field.label = label_of(column)
        field.widget.attrs["lang"] = column.language
        if column.language != settings.LANGUAGE_CODE:
            # It stands beside: what is said of the source holds for the translation.
            field.help_text = ""


def label_of(column: TranslationField) -> str:
    """Return field and language, as in «Tittel – bokmål»."""
    name = capfirst(str(column.translated_field.verbose_name))
    return f"{name} – {language_name(column.language)}"


class SideBySideAdmin(SideBySide):
    """Part of the admin of a Translated model: the form, the list's states and their filters."""

    def get_list_display(self, request):
        return (*super().get_list_display(request), "language_states")  # type: ignore[misc]

    def get_list_filter(self, request):
        return (*super().get_list_filter(request), *map(_filter_of, _translations()))  # type: ignore[misc]

    def get_queryset(self, request):
        relations = self.model.parts_with_words()
        return super().get_queryset(request).prefetch_related(*relations)  # type: ignore[misc]

    @admin.display(description=gettext_lazy("languages"))
    def language_states(self, obj):
        codes = [code for code, _name in settings.LANGUAGES]
        chips = ((language_chip(code, obj.whole_state(code)),) for code in codes)
        return format_html('<span class="states">{}</span>', format_html_join(" ", "{}", chips))

    # --- «Still right» -------------------------------------------------------------------------

    def save_form(self, request, form, change):
        record = super().save_form(request, form, change)  # type: ignore[misc]
        _confirm(request, form)
        return record

    def save_formset(self, request, form, formset, change):
        kept = [f for f in formset.initial_forms if f not in formset.deleted_forms]
        confirmed = [part for part in kept if _confirm(request, part)]
        super().save_formset(request, form, formset, change)  # type: ignore[misc]
        for part in confirmed:
            if not part.has_changed():
                part.instance.save()


def _confirm(request, form) -> bool:
    """Confirm what is ticked in `form`; return whether anything was."""
    ticked = set(request.POST.getlist(STILL_RIGHT))
    names = [
        name
        for name, field in form.fields.items()
        if form.add_prefix(name) in ticked and not field.disabled
    ]
    columns = [form.instance._meta.get_field(name) for name in names]
    for column in columns:
        form.instance.confirm(column.translated_field.name, column.language)
    return bool(columns)


class StateFilter(SimpleListFilter):
    """Rows by their state in one language."""

    language = ""

    def lookups(self, request, model_admin):
        return [(state, STATE_NAMES[state]) for state in (MISSING, STALE, CURRENT, ABSENT)]

    def queryset(self, request, queryset):
        model: type[Translated] = queryset.model
        return (
            queryset.filter(model.in_state(self.value(), self.language))
            if self.value()
            else queryset
        )


def _filter_of(language: str) -> type[StateFilter]:
    values = {
        "language": language,
        "parameter_name": f"state_{language}",
        "title": language_name(language),
    }
    return type("StateFilter", (StateFilter,), values)


def _translations() -> list[str]:
    return [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
