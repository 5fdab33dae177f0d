"""Texts whose links point to records, so that renaming a record breaks no link."""

from typing import Any

from django.db import models

from pages.models.references import refer
from pages.prose import ProseField, clean_prose


class Linked(models.Model):
    """Abstract. Addresses of records that are linked to in its body texts become references when saved."""

    # The relation to the record that a row is edited with, for rows that are parts of another.
    part_of = ""

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        self.refer_links()
        super().save(*args, **kwargs)

    def refer_links(self) -> None:
        loaded = {column.name for column in self.prose_columns()} - self.get_deferred_fields()
        texts = {name: value for name in loaded if "href" in (value := getattr(self, name) or "")}
        for name, text in refer({name: clean_prose(text) for name, text in texts.items()}).items():
            setattr(self, name, text)

    @classmethod
    def prose_columns(cls) -> list[Any]:
        """Return the columns of body text, one for each field and language."""
        return [column for column in cls._meta.get_fields() if is_prose_column(column)]


def is_prose_column(column: object) -> bool:
    # The bare field of a translated one stands beside its columns and repeats one of them.
    return isinstance(column, ProseField) and hasattr(column, "language")
