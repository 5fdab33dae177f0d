"""Who may sign in, and as what."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.db.models import Count
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pages.admin.lists import SoundListAdmin
from pages.roles import ROLES, role_named


class RolesField(forms.ModelMultipleChoiceField):
    """Roles to tick, each with what it may do."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj):
        role = role_named(obj.name)
        return f"{obj.name}: {role.help_text}" if role else obj.name


admin.site.unregister(User)
admin.site.unregister(Group)


@admin.register(User)
class PersonAdmin(SoundListAdmin, UserAdmin):
    """A person signs in when they have a role; a superuser is made at the command line only."""

    list_display = ("username", "full_name", "email", "roles", "is_active", "last_login")
    list_filter = ("groups", "is_active")
    readonly_fields = ("last_login",)
    filter_horizontal = ()
    _PERSON: tuple[Any, Any] = (_("The person"), {"fields": ("first_name", "last_name", "email")})
    _ROLES: tuple[Any, Any] = (
        _("Roles"),
        {
            "fields": ("groups",),
            "description": _("Whoever has a role can sign in here. Without one nobody can."),
        },
    )
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        _PERSON,
        _ROLES,
        (
            _("Signing in"),
            {
                "fields": ("is_active", "last_login"),
                "description": _(
                    "Take the tick away when somebody leaves; what they did stays in the history."
                ),
            },
        ),
    )
    add_fieldsets = (
        (None, {"classes": ("wide",), "fields": ("username", "password1", "password2")}),
        _PERSON,
        _ROLES,
    )

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("groups")

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and _may_touch(request.user, obj)

    def has_delete_permission(self, request, obj=None):
        allowed = super().has_delete_permission(request, obj) and _may_touch(request.user, obj)
        return allowed and obj != request.user

    def get_actions(self, request):
        """People are put away one by one: a list may hold oneself."""
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name != "groups":
            return super().formfield_for_manytomany(db_field, request, **kwargs)
        return RolesField(Group.objects.order_by("pk"), label=_("roles"), required=False)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "is_active":
            field.label, field.help_text = _("may sign in"), ""
        return field

    def save_related(self, request, form, formsets, change):
        """A role is the key to the door."""
        super().save_related(request, form, formsets, change)
        person = form.instance
        person.is_staff = person.is_superuser or person.groups.exists()
        person.save(update_fields=["is_staff"])

    @admin.display(description=_("name"))
    def full_name(self, obj):
        return obj.get_full_name()

    @admin.display(description=_("roles"))
    def roles(self, obj):
        names = [group.name for group in obj.groups.all()]
        return ", ".join([gettext("superuser"), *names] if obj.is_superuser else names)


def _may_touch(user, person) -> bool:
    """Whoever could set a superuser's password could become one."""
    return person is None or user.is_superuser or not person.is_superuser


@admin.register(Group)
class RoleAdmin(SoundListAdmin, GroupAdmin):
    """What the roles may do is decided in `pages.roles`; here one sees it, and who has them."""

    list_display = ("name", "what", "number_of_people")
    list_display_links = ("name",)
    search_fields = ()
    ordering = ("pk",)
    fields = readonly_fields = ("name", "what", "people")

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(size=Count("user"))

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        """A group that is no role of ours may go."""
        is_ours = obj is not None and obj.name in {role.name for role in ROLES}
        return super().has_delete_permission(request, obj) and not is_ours

    @admin.display(description=_("what it may do"))
    def what(self, obj):
        role = role_named(obj.name)
        return role.help_text if role else "–"

    @admin.display(description=_("people"), ordering="size")
    def number_of_people(self, obj):
        return obj.size

    @admin.display(description=_("people"))
    def people(self, obj):
        names = [user.get_full_name() or user.username for user in obj.user_set.all()]
        return ", ".join(names) or "–"
