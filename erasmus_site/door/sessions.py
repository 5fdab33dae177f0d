"""What a session remembers of how it began, and how all of a person's are ended."""

from time import time

from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone

_SIGNED_IN_AT = "door_signed_in_at"
_USED_AT = "door_used_at"
_ADDED_FACTOR = "door_added_factor"
# How often it is written down that a session is in use, in seconds.
_NOTED_EVERY = 10 * 60


def begin(request, **kwargs) -> None:
    """Note when somebody has signed in. Receives Django's signal."""
    request.session[_SIGNED_IN_AT] = request.session[_USED_AT] = time()


def signed_in_at(session) -> float:
    """Return when the session began, in seconds since 1970; long ago where nobody has noted it."""
    return session.get(_SIGNED_IN_AT, 0)


def note_use(session) -> None:
    """Have the session's idle time begin anew."""
    if time() - session.get(_USED_AT, 0) > _NOTED_EVERY:
        session[_USED_AT] = time()


def note_factor(instance, created, **kwargs) -> None:
    """Remember that somebody has made a factor in this very session. Receives the signal of its row."""
    if created and context.request is not None and instance.type != instance.Type.RECOVERY_CODES:
        context.request.session[_ADDED_FACTOR] = instance.user_id


def has_shown_factor(request) -> bool:
    """Whether it was in this session that the factor was shown, or made.

    That a person has one says nothing of who sits here: a session begun with the password alone, before
    there was a factor, may be another's.
    """
    if not request.user.is_authenticated:
        return False
    records = get_authentication_records(request, request.user)
    return request.session.get(_ADDED_FACTOR) == request.user.pk or any(
        record.get("method") == "mfa" for record in records
    )


def end_all(user) -> None:
    """Sign `user` out everywhere. Each session must be read: whose it is stands inside it."""
    for session in Session.objects.filter(expire_date__gt=timezone.now()):
        if session.get_decoded().get(SESSION_KEY) == str(user.pk):
            session.delete()
