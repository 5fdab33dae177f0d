"""The editors' roles: who may do what, as data. `make_roles` writes them to the database.

Rights beside Django's own are `pages.write` and `pages.publish`, see `pages.models.Draft`.
"""

from dataclasses import dataclass

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Role:
    """A role. `name` is the group's in the database; `actions` are Django's, on all that is edited."""

    name: str
    help_text: str | Promise
    actions: frozenset[str]
    rights: frozenset[str] = frozenset()
    manages_people: bool = False


_ALL = frozenset({"view", "add", "change", "delete"})

ROLES = (
    Role(
        "Skribent",
        _("Writes and changes drafts and adds pictures. Cannot publish, withdraw or delete."),
        _ALL - {"delete"},
        frozenset({"write"}),
    ),
    Role(
        "Oversetter",
        _("Changes only what stands in other languages than bokmål."),
        frozenset({"view", "change"}),
    ),
    Role(
        "Redaktør",
        _("Writes, publishes, withdraws, deletes and restores."),
        _ALL,
        frozenset({"write", "publish"}),
    ),
    Role(
        "Administrator",
        _("All that an editor may, and decides who else may sign in."),
        _ALL,
        frozenset({"write", "publish"}),
        manages_people=True,
    ),
)


def role_named(name: str) -> Role | None:
    return next((role for role in ROLES if role.name == name), None)


def make_roles(group_model, permission_model, using: str = DEFAULT_DB_ALIAS) -> None:
    """Give each role's group exactly its permissions, whatever was there before."""
    permissions = permission_model.objects.using(using).select_related("content_type")
    for role in ROLES:
        group, _made = group_model.objects.using(using).get_or_create(name=role.name)
        group.permissions.set(p for p in permissions if _belongs(p, role))


def _belongs(permission, role: Role) -> bool:
    app, codename = permission.content_type.app_label, permission.codename
    if app == "auth":
        return role.manages_people and permission.content_type.model in ("user", "group")
    if app not in settings.EDITED_APPS:
        return False
    return codename in role.rights or codename.partition("_")[0] in role.actions
