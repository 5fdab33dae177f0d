"""How a record looks in a search engine's list of results, as it stands and while it is being written.

The form is right without scripts. `desk/search-results.js` sends what is typed and puts the answer in
place, so that what an editor sees is made by the very code that makes the page's `<head>`.
"""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, path
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from modeltranslation.fields import TranslationField

from pages import excerpts
from pages.admin.side_by_side import language_name
from pages.keys import key_in
from pages.languages import absolute, url_in

FIELDS = ("seo_title", "seo_description")


def is_for_search(column: Any) -> bool:
    """Whether `column` holds a text in search results, in one language."""
    return isinstance(column, TranslationField) and column.translated_field.name in FIELDS


def hint_id(column: str) -> str:
    return f"id_{column}_hint"


_WORDS: dict[bool, dict[str, Any]] = {
    True: {
        "short": _("The title is short: a word or two more would tell what the page is about."),
        "good": _("The title has a good length."),
        "cut": _("The title is too long: its end will be cut off."),
    },
    False: {
        "short": _("The description is short: 110 to 155 characters tell more."),
        "good": _("The description has a good length."),
        "cut": _("The description is too long: its end will be cut off."),
    },
}


@dataclass(frozen=True)
class Hint:
    """What is said of a text's length, below its field. `text` is empty where there is no page.

    `is_made` tells that the field is empty, so that the text is the page's own.
    """

    id: str
    is_title: bool
    is_made: bool
    is_wanted: bool
    text: str

    @property
    def count(self) -> str:
        number = len(self.text)
        return ngettext("%(number)s character", "%(number)s characters", number) % {
            "number": number
        }

    @property
    def words(self) -> str:
        if not self.text:
            return ""
        weigh = excerpts.verdict_on_title if self.is_title else excerpts.verdict_on_description
        return _WORDS[self.is_title][weigh(self.text)]

    @property
    def words_when_good(self) -> str:
        return _WORDS[self.is_title]["good"]

    @property
    def words_when_cut(self) -> str:
        return _WORDS[self.is_title]["cut"]


@dataclass(frozen=True)
class Result:
    """A record in a result list in one language. `title` is the whole of `<title>`."""

    language: str
    is_there: bool
    site: str
    address: str
    title: str
    description: str
    hints: tuple[Hint, Hint]

    @classmethod
    def of(cls, record, language: str) -> "Result":
        is_there = record.has_title_in(language)
        with translation.override(language):
            site = str(settings.SITE_NAME)
            texts = (record.head_title, record.head_description) if is_there else ("", "")
        return cls(
            language=language,
            is_there=is_there,
            site=site,
            address=" › ".join(_steps(record, language)),
            title=excerpts.whole_title(texts[0], site),
            description=texts[1],
            hints=(
                _hint(record, FIELDS[0], language, is_there, texts[0]),
                _hint(record, FIELDS[1], language, is_there, texts[1]),
            ),
        )

    @property
    def language_name(self) -> str:
        return language_name(self.language)

    @property
    def is_source(self) -> bool:
        return self.language == settings.LANGUAGE_CODE

    @property
    def title_hint(self) -> Hint:
        return self.hints[0]

    @property
    def description_hint(self) -> Hint:
        return self.hints[1]

    @property
    def shown_title(self) -> str:
        """By number of characters; the script measures it."""
        return excerpts.shortened(self.title, excerpts.TITLE_SHOWN)

    @property
    def shown_description(self) -> str:
        return excerpts.shortened(self.description, excerpts.DESCRIPTION_SHOWN)

    def hint_on(self, column: TranslationField) -> Hint:
        return self.hints[FIELDS.index(column.translated_field.name)]


def _hint(record, field: str, language: str, is_wanted: bool, text: str) -> Hint:
    is_made = not record.translated(field, language)
    return Hint(hint_id(f"{field}_{language}"), field == FIELDS[0], is_made, is_wanted, text)


def results_of(record) -> list[Result]:
    return [Result.of(record, code) for code, _name in settings.LANGUAGES]


def _steps(record, language: str) -> list[str]:
    """Return host and path of the record's address, as far as it has one yet."""
    try:
        url = absolute(url_in(record, language))
    except (NoReverseMatch, ObjectDoesNotExist):
        url = settings.SITE_URL
    parts = urlsplit(url)
    return [parts.netloc, *filter(None, parts.path.split("/"))]


class SearchResultsMixin(admin.ModelAdmin):
    """For records with a page of their own: shows each language as a result while it is written."""

    @property
    def media(self):
        own = {"css": {"all": ["desk/search-results.css"]}, "js": ["desk/search-results.js"]}
        return super().media + forms.Media(**own)

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_search_results"
        view = self.admin_site.admin_view(self.search_results_view)
        return [path("search-results/", view, name=name), *super().get_urls()]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and is_for_search(db_field):
            own = [f"id_{db_field.name}_helptext"] if field.help_text else []
            described_by = " ".join([*own, hint_id(db_field.name)])
            field.widget.attrs["aria-describedby"] = described_by
        return field

    def search_results_view(self, request: HttpRequest) -> HttpResponse:
        """Answer with the results as they would be if what was sent were saved. Nothing is."""
        if request.method != "POST" or not self.has_view_or_change_permission(request):
            raise PermissionDenied
        results = results_of(self._as_typed(request))
        return TemplateResponse(
            request, "admin/desk/search_results_answer.html", {"results": results}
        )

    def _as_typed(self, request):
        """Return the record with the words and relations of the form. Its parts are as they were saved."""
        record = self.get_object(request, request.GET.get("of", "")) or self.model()
        for field in self.model._meta.concrete_fields:
            if field.editable and field.name in request.POST:
                _fill(record, field, request.POST[field.name])
        record.fill_slugs()
        return record


def _fill(record, field: models.Field, typed: str) -> None:
    if isinstance(field, models.ForeignKey):
        rows = field.related_model._default_manager  # type: ignore[union-attr]
        setattr(record, field.name, rows.filter(pk=key_in(typed)).first())
    elif isinstance(field, models.CharField | models.TextField):
        setattr(record, field.name, typed)
