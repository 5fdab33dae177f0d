"""Writes a line for whoever keeps watch: who came in or was refused, and whose rights were changed.

`erasmus.door` gets what happened, to whom, by whom and by which request; the moment is the log's own.
No password and no name that belongs to nobody, which may well be a password typed in the wrong field;
of an address only the network, which is enough to see that tries come from one place.
"""

import ipaddress
import logging

from allauth.core import context
from allauth.mfa import signals as mfa_signals
from django.contrib.auth import signals as auth_signals
from django.contrib.auth.models import Group, User
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_save
from django.utils.encoding import escape_uri_path

from erasmus_site.door.address import client_address

logger = logging.getLogger("erasmus.door")

_RIGHTS = ("is_active", "is_staff", "is_superuser")


def listen() -> None:
    """Connect what is below to what happens."""
    for signal, receiver in (
        (auth_signals.user_logged_in, signed_in),
        (auth_signals.user_logged_out, signed_out),
        (auth_signals.user_login_failed, refused),
        (mfa_signals.authentication_failed, factor_refused),
        (mfa_signals.authenticator_added, factor_added),
        (mfa_signals.authenticator_reset, codes_renewed),
        (mfa_signals.authenticator_removed, factor_removed),
    ):
        signal.connect(receiver)
    pre_save.connect(person_about_to_be_saved, User)
    post_save.connect(person_saved, User)
    post_delete.connect(person_deleted, User)
    m2m_changed.connect(roles_changed, User.groups.through)
    m2m_changed.connect(permissions_changed, User.user_permissions.through)
    m2m_changed.connect(permissions_changed, Group.permissions.through)


def signed_in(sender, request, user, **kwargs):
    _write(f"{user} signed in", request)


def signed_out(sender, request, user, **kwargs):
    if user is not None:
        _write(f"{user} signed out", request)


def refused(sender, credentials, request=None, **kwargs):
    known = User.objects.filter(username=credentials.get("username")).first()
    _write(f"{known or 'an unknown name'} was refused", request, logging.WARNING)


def too_many_tries(request):
    _write("too many tries were stopped", request, logging.WARNING)


def factor_refused(sender, request, user, **kwargs):
    _write(f"{user} was refused at the second step", request, logging.WARNING)


def factor_added(sender, request, user, authenticator, **kwargs):
    _write(f"{user} added {authenticator.type}", request)


def codes_renewed(sender, request, user, **kwargs):
    _write(f"{user} made new recovery codes", request)


def factor_removed(sender, request, user, authenticator, **kwargs):
    _write(f"{authenticator.user} lost {authenticator.type}", request)


def person_about_to_be_saved(sender, instance, update_fields=None, **kwargs):
    """Look what the rights were, where this save can change them."""
    instance.rights_before = None
    if instance.pk and (update_fields is None or not set(_RIGHTS).isdisjoint(update_fields)):
        instance.rights_before = User.objects.filter(pk=instance.pk).values(*_RIGHTS).first()


def person_saved(sender, instance, created, **kwargs):
    if created:
        _write(f"{instance} was made")
    elif instance._password is not None:
        # Set by hand, and not only hashed anew in a stronger way.
        _write(f"{instance} has a new password")
    for right, before in (instance.rights_before or {}).items():
        if (now := getattr(instance, right)) != before:
            _write(f"{instance} has {right} {now}")


def person_deleted(sender, instance, **kwargs):
    _write(f"{instance} was deleted")


def roles_changed(sender, instance, action, pk_set, reverse, **kwargs):
    if not reverse:
        _write_change(f"{instance}", "role", Group, action, pk_set)
    else:
        _write_change(f"the role {instance}", "person", User, action, pk_set)


def permissions_changed(sender, instance, action, pk_set, model, **kwargs):
    _write_change(f"{instance}", "permission", model, action, pk_set)


def _write_change(whose: str, what: str, model, action: str, keys) -> None:
    verb = {"post_add": "was given", "post_remove": "lost", "pre_clear": "lost every"}.get(action)
    if verb is None or not (keys or action == "pre_clear"):
        return
    named = ", ".join(str(row) for row in model.objects.filter(pk__in=keys or ()))
    _write(f"{whose} {verb} {what} {named}".rstrip())


def _write(what: str, request=None, level: int = logging.INFO) -> None:
    request = request or context.request
    if request is None:
        logger.log(level, "%s, by a command", what)
        return
    by = request.user if getattr(request, "user", None) and request.user.is_authenticated else "-"
    place = f"{request.method} {escape_uri_path(request.path)}"
    logger.log(level, "%s, by %s, %s from %s", what, by, place, _network(request))


def _network(request) -> str:
    """Return the network that a request comes from: no single machine can be told from it."""
    try:
        address = ipaddress.ip_address(client_address(request))
    except ValueError:
        return "unknown"
    prefix = 24 if address.version == 4 else 48
    return str(ipaddress.ip_network((address, prefix), strict=False))
