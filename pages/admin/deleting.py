"""What an editor is told goes with a record that is deleted."""

from functools import cache
from typing import Any

from django.apps import apps
from django.contrib import admin
from django.utils.text import capfirst


class DeletingMixin(admin.ModelAdmin):
    """Passes by the rows that only tie a record to others: nobody made them, and they have no names."""

    def get_deleted_objects(self, objs, request):
        gone, counts, lacking, protected = super().get_deleted_objects(objs, request)
        names, kinds = _of_ties()
        counts = {kind: number for kind, number in counts.items() if kind not in kinds}
        return _without(gone, names), counts, lacking, protected


@cache
def _of_ties() -> tuple[tuple[str, ...], frozenset[str]]:
    """Return how lines about ties begin, and what several are called. Django says so once, in one language."""
    ties = [
        model._meta
        for model in apps.get_models(include_auto_created=True)
        if model._meta.auto_created
    ]
    names = tuple(f"{capfirst(tie.verbose_name)}: " for tie in ties)
    return names, frozenset(str(tie.verbose_name_plural) for tie in ties)


def _without(lines: list[Any], beginnings: tuple[str, ...]) -> list[Any]:
    """Return a list of lines, with lists below them, without those that begin so; and no empty lists."""
    kept = (
        _without(line, beginnings) if isinstance(line, list) else line
        for line in lines
        if isinstance(line, list) or not str(line).startswith(beginnings)
    )
    return [line for line in kept if line != []]
