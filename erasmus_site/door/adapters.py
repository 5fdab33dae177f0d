"""What allauth asks this site about."""

from time import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.ratelimit import respond_429
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from erasmus_site.door import factors, sessions
from erasmus_site.door.address import client_address


class AccountAdapter(DefaultAccountAdapter):
    # What each page says by itself. To be told that one has signed in is to be told nothing.
    UNSAID = ("account/messages/logged_in.txt", "mfa/messages/recovery_codes_generated.txt")
    error_messages = DefaultAccountAdapter.error_messages | {
        # The same words whether it is the name or the password that is wrong.
        "username_password_mismatch": _("The username or the password is wrong."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made by administrators."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request)

    def add_message(self, request, level, message_template=None, *args: Any, **kwargs: Any):
        if message_template not in self.UNSAID:
            super().add_message(request, level, message_template, *args, **kwargs)

    def pre_login(self, request, user, **kwargs: Any):
        """Only whoever has a role has anything to do here, and is told so after the right password."""
        if not user.is_staff:
            return self.respond_user_inactive(request, user)
        return super().pre_login(request, user, **kwargs)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Count by the account alone, however it is spelt.

        allauth counts for each host by itself, and the port of a host is whatever one writes there.
        """
        return credentials.get("username", "").upper().casefold()

    def validation_error(self, code: str, *args: Any):
        """Answer too many tries with a page of their own, not in the form that invites to another."""
        if code in ("too_many_login_attempts", "rate_limited"):
            raise ImmediateHttpResponse(respond_429(context.request))
        return super().validation_error(code, *args)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Signing in counts as having shown who one is: nobody is asked twice in a row."""
        age = time() - sessions.signed_in_at(context.request.session)
        return age > settings.ACCOUNT_REAUTHENTICATION_TIMEOUT

    def get_reauthentication_methods(self, user) -> list[dict]:
        """With a passkey or else the password; the first is what is asked for."""
        password = {"description": _("Use your password"), "url": reverse("account_reauthenticate")}
        passkey = {"description": _("Use a passkey"), "url": reverse("mfa_reauthenticate_webauthn")}
        if not user.is_authenticated:
            return []
        return [passkey, password] if factors.has_passkey(user) else [password]


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": _(
            "This is the only one you have. Add another one first, and then remove this."
        ),
    }

    def build_totp_svg(self, url: str) -> str:
        """As part of the page, so that its policy need not allow pictures written as addresses."""
        drawing = super().build_totp_svg(url)
        return drawing[drawing.index("<svg") :]

    def can_delete_authenticator(self, authenticator) -> bool:
        return not settings.REQUIRE_SECOND_FACTOR or factors.has_other_than(authenticator)

    def generate_authenticator_name(self, user, type) -> str:  # noqa: A002
        number = factors.passkeys(user).count() + 1
        return gettext("Passkey %(number)s") % {"number": number}
