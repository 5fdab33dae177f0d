"""What the editors' forms print beyond Django's own."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.conf import settings
from modeltranslation.fields import TranslationField

from pages.admin.search_results import Hint, Result, is_for_search, results_of
from pages.admin.side_by_side import STILL_RIGHT, chip, label_of, language_name
from pages.diffing import differs, marked
from pages.models import Translated
from pages.prose import ProseField, render_prose

register = template.Library()


@dataclass(frozen=True)
class Cell:
    """A text in one language, as it stands in a line of the form."""

    field: Any  # Django's AdminField, or AdminReadonlyField.
    column: TranslationField
    record: Translated
    name: str
    is_shown: bool

    still_right = STILL_RIGHT

    @property
    def language(self) -> str:
        return self.column.language

    @property
    def is_source(self) -> bool:
        return self.language == settings.LANGUAGE_CODE

    @property
    def is_for_search(self) -> bool:
        return is_for_search(self.column)

    @property
    def label(self) -> str:
        return label_of(self.column)

    @property
    def state(self) -> str:
        """The field's state; a source has none."""
        return "" if self.is_source else self.record.state_of(self._original, self.language)

    @property
    def chip(self) -> str:
        return chip(self.state) if self.state else ""

    @property
    def is_stale(self) -> bool:
        return self.state == "stale"

    @property
    def change(self) -> str:
        """The source's change since this was translated, marked; empty where only form has changed."""
        before, now = self._sources
        return marked(before, now, self._is_prose) if differs(before, now, self._is_prose) else ""

    @property
    def readable(self) -> Any:
        """The text where it cannot be edited."""
        if self._is_prose:
            return render_prose(self.record.translated(self._original, self.language))
        return self.field.contents()

    @property
    def _original(self) -> str:
        return self.column.translated_field.name

    @property
    def _is_prose(self) -> bool:
        return isinstance(self.column.translated_field, ProseField)

    @property
    def _sources(self) -> tuple[str, str]:
        before = self.record.outdated[self.language][self._original]
        return before, self.record.translated(self._original, settings.LANGUAGE_CODE)


@register.simple_tag(takes_context=True)
def language_cells(context, line) -> list[Cell]:
    """The cells of a line that holds one text in all languages, none for any other line."""
    model = line.form._meta.model
    if not issubclass(model, Translated):
        return []
    columns: list[Any] = [f for n in line.fields for f in model._meta.fields if f.name == n]
    if not columns or not all(isinstance(column, TranslationField) for column in columns):
        return []
    chosen = _chosen(context)
    return [
        Cell(
            field=field,
            column=column,
            record=line.form.instance,
            name=line.form.add_prefix(column.name),
            is_shown=_is_shown(column.language, chosen),
        )
        for field, column in zip(line, columns, strict=True)
    ]


@register.simple_tag
def search_hint(cell: Cell) -> Hint | None:
    """What is said of a text in search results, below its field."""
    return (
        Result.of(cell.record, cell.language).hint_on(cell.column) if cell.is_for_search else None
    )


@register.simple_tag(takes_context=True)
def search_results(context, record) -> list[tuple[Result, bool]]:
    """The record as it stands in result lists, and whether each language is shown."""
    chosen = _chosen(context)
    return [(result, _is_shown(result.language, chosen)) for result in results_of(record)]


@register.inclusion_tag("admin/desk/languages.html", takes_context=True)
def language_choice(context):
    """Links that choose which translation stands beside the source."""
    chosen = _chosen(context)
    query = context["request"].GET.copy()
    choices = []
    for code, _name in settings.LANGUAGES:
        if code != settings.LANGUAGE_CODE:
            query["til"] = code
            choices.append((code, language_name(code), query.urlencode()))
    query["til"] = "alle"
    return {
        "choices": choices,
        "all": query.urlencode(),
        "chosen": chosen,
        "source": settings.LANGUAGE_CODE,
        "source_name": language_name(settings.LANGUAGE_CODE),
    }


def _is_shown(language: str, chosen: str) -> bool:
    return chosen in ("", language) or language == settings.LANGUAGE_CODE


def _chosen(context) -> str:
    """Return the translation that the address names, empty when all are to be shown."""
    asked = context["request"].GET.get("til", "")
    return asked if asked in dict(settings.LANGUAGES) and asked != settings.LANGUAGE_CODE else ""
