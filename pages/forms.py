"""Fields of the editors' forms."""

from django.utils.translation import get_language
from django_prose_editor.fields import ProseEditorFormField

from pages.models.references import spell_out


class ProseFormField(ProseEditorFormField):
    """Body text in `language` with links as addresses; saving makes references of them again."""

    def __init__(self, *args, language: str | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.language = language or get_language() or ""

    def prepare_value(self, value):
        return spell_out(value, self.language) if value else value

    def has_changed(self, initial, data):
        return super().has_changed(self.prepare_value(initial), data)
