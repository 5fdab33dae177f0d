"""What is asked of an editor at every request."""

from time import time

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.reauthentication import is_reauthentication_required
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.shortcuts import redirect

from erasmus_site.door import factors, sessions
from erasmus_site.door.frame import is_account_page, is_desk


def _has_session(request) -> bool:
    """Whether somebody is signed in. A visitor's page would vary with the cookie if it were asked for."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated


class SessionLimitMiddleware:
    """Ends a session a day after its beginning, and lets it live while it is used until then.

    Only a page that somebody opens is a use. What an open tab asks for by itself is none: it would keep
    a session alive that has been left alone.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if _has_session(request):
            if time() - sessions.signed_in_at(request.session) > settings.SESSION_LONGEST:
                logout(request)
            elif request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate":
                sessions.note_use(request.session)
        return self.get_response(request)


class SecondFactorMiddleware:
    """Shows nobody anything of the editors' before they have shown a second factor, or made their first.

    Until then they are visitors everywhere but on the account pages. Whoever has a factor but came in
    before there was one signs in again.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if self._is_missing(request):
            if factors.has_factor(request.user):
                logout(request)
            elif not is_desk(request):
                request.user = AnonymousUser()
            elif not is_account_page(request):
                return redirect("mfa_index")
        return self.get_response(request)

    def _is_missing(self, request) -> bool:
        required = settings.REQUIRE_SECOND_FACTOR and _has_session(request)
        return required and not sessions.has_shown_factor(request)


class AskAgainMiddleware:
    """Asks who it is before people and roles are changed, unless that was shown a moment ago.

    What was typed in a form that comes too late is not put by: it may hold a password.
    """

    ABOUT_PEOPLE = ("auth_user_", "auth_group_")
    LISTS = ("_changelist", "_history")

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        asks = self._is_sensitive(request.resolver_match) and request.user.is_staff
        if asks and is_reauthentication_required(request, app="door"):
            method = get_adapter().get_reauthentication_methods(request.user)[0]
            return redirect_to_login(request.get_full_path(), method["url"])
        return None

    def _is_sensitive(self, match) -> bool:
        name = match.url_name or ""
        is_about_people = match.namespace == "admin" and name.startswith(self.ABOUT_PEOPLE)
        return is_about_people and not name.endswith(self.LISTS)
