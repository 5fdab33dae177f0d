"""The glossary's terms."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from pages.admin.base import EditorAdmin
from programmes.models import Term


@admin.register(Term)
class TermAdmin(EditorAdmin):
    keeps_drafts = False
    list_display = ("title", "is_published", "is_explained")
    list_display_links = ("title",)
    list_filter = ("is_published", "is_explained")
    search_fields = ("title", "synonyms", "old_names", "definition")
    autocomplete_fields = ("measure", "source")
    fieldsets = (
        (None, {"fields": ("title", "definition")}),
        (_("What else it is called"), {"fields": ("synonyms", "old_names")}),
        (_("What leads on"), {"fields": ("measure", "source")}),
        (_("Where it is shown"), {"fields": ("is_published", "is_explained")}),
    )
