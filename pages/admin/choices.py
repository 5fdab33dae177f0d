"""Choices that a forged form cannot break: Django looks a key up before it knows that it is one."""

from collections.abc import Callable

from django.contrib.admin import AdminSite
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple


class _Sound:
    def optgroups(self, name, value, attrs=None):
        """Show what was chosen, and nothing for what can be no record's key."""
        return super().optgroups(name, [key for key in value if _may_be_key(str(key))], attrs)


def _may_be_key(key: str) -> bool:
    return not key or (key.isdecimal() and len(key) < 19)


class SoundSelect(_Sound, AutocompleteSelect):
    pass


class SoundSelectMultiple(_Sound, AutocompleteSelectMultiple):
    pass


class SoundChoicesMixin:
    """For an admin or its inlines, with `autocomplete_fields`."""

    admin_site: AdminSite
    get_autocomplete_fields: Callable

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        return super().formfield_for_foreignkey(
            db_field, request, **self._with(SoundSelect, db_field, request, kwargs)
        )

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        return super().formfield_for_manytomany(
            db_field, request, **self._with(SoundSelectMultiple, db_field, request, kwargs)
        )

    def _with(self, widget, db_field, request, kwargs) -> dict:
        if db_field.name not in self.get_autocomplete_fields(request):
            return kwargs
        return {"widget": widget(db_field, self.admin_site), **kwargs}
