"""The roles' rules at the doors of the admin: which forms, fields, rows and actions are open to whom.

Django's own rights say which kinds of records a role may meddle with; `pages.write` and
`pages.publish` what they may do to them. See `pages.roles`.
"""

from django.conf import settings
from django.contrib.admin import AdminSite
from django.db import models
from django.http import HttpResponseForbidden

from pages.admin.choices import SoundChoicesMixin

# What decides when visitors see a record, and where in a list.
_PUBLISHING = {"publish_at", "withdraw_at", "position"}


def may_write(user) -> bool:
    """Whether `user` may change more than translations."""
    return user.has_perm("pages.write")


def may_publish(user) -> bool:
    """Whether `user` may change what visitors see."""
    return user.has_perm("pages.publish")


def is_translation(field: models.Field) -> bool:
    """Whether `field` holds the text in a language other than the one texts are written in first."""
    return getattr(field, "language", settings.LANGUAGE_CODE) != settings.LANGUAGE_CODE


class FieldRulesMixin(SoundChoicesMixin):
    """Shows a field that the user may not change, and takes no value for it."""

    decides_publication = _PUBLISHING

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and not self._may_change_field(request.user, db_field):
            field.disabled = True
        return field

    def _may_change_field(self, user, field) -> bool:
        if field.name in self.decides_publication:
            return may_publish(user)
        return is_translation(field) or may_write(user)


class RoleMixin(FieldRulesMixin):
    """Rules of a record's own list and form. List actions may ask for `write` or `publish` too."""

    # Without drafts every change is seen at once.
    keeps_drafts: bool

    def has_change_permission(self, request, obj=None):
        allowed = super().has_change_permission(request, obj)
        return allowed and (self.keeps_drafts or may_publish(request.user))

    def has_write_permission(self, request):
        return may_write(request.user)

    def has_publish_permission(self, request):
        return may_publish(request.user)


class InlineRoleMixin(FieldRulesMixin):
    """Rows that belong to a record: whoever writes the record may add and remove them."""

    admin_site: AdminSite
    parent_model: type[models.Model]

    # Their order is part of the record, and goes with it into a draft.
    decides_publication: set[str] = set()

    def has_add_permission(self, request, obj=None):
        return self._may_change_record(request, obj) and may_write(request.user)

    def has_change_permission(self, request, obj=None):
        return self._may_change_record(request, obj)

    def has_delete_permission(self, request, obj=None):
        return self._may_change_record(request, obj) and may_write(request.user)

    def _may_change_record(self, request, obj) -> bool:
        record_admin = self.admin_site.get_model_admin(self.parent_model)
        if obj is None:
            return record_admin.has_add_permission(request)
        return record_admin.has_change_permission(request, obj)


class ListOrderMixin:
    """Only who may publish changes the order that visitors see. Stands before SortableAdminMixin."""

    def update_order(self, request):
        if not may_publish(request.user):
            return HttpResponseForbidden()
        return super().update_order(request)

    def get_list_display(self, request):
        columns = super().get_list_display(request)
        if may_publish(request.user):
            return columns
        return [column for column in columns if column != "_reorder_"]

    def get_actions(self, request):
        actions = super().get_actions(request)
        if may_publish(request.user):
            return actions
        return {name: a for name, a in actions.items() if not name.startswith("move_to_")}
