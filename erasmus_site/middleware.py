"""What this site asks of every answer: the editors' own language and policy, slashes, the next page, and
what a browser may do with it."""

from django.conf import settings
from django.middleware.common import CommonMiddleware
from django.templatetags.static import static
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.cache import patch_vary_headers

from erasmus_site.door.frame import is_account_page, is_desk


class EditorLanguageMiddleware:
    """Below the admin's address the editor decides the language, not the path.

    Their own choice, kept in a cookie of the admin's alone, comes before the browser's, and that
    before bokmål. A cookie and not a row: the page that asks one to sign in must know it too.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not is_desk(request):
            return self.get_response(request)
        request.LANGUAGE_CODE = translation.get_language_from_request(request)
        translation.activate(request.LANGUAGE_CODE)
        response = self.get_response(request)
        response.headers["Content-Language"] = request.LANGUAGE_CODE
        patch_vary_headers(response, ["Accept-Language", "Cookie"])
        return response


class SlashMiddleware(CommonMiddleware):
    """Adds a missing slash, save where that leads to a view that looks its record up by the address.

    Any address looks like one of those, so that the redirect would often end at nothing.
    `pages.lost` knows which records there are, and leads to them with or without the slash.
    """

    LOOKING_UP = frozenset({"pages", "programmes"})

    def should_redirect_with_slash(self, request):
        return super().should_redirect_with_slash(request) and not self._looks_up(request)

    def _looks_up(self, request) -> bool:
        try:
            return not self.LOOKING_UP.isdisjoint(resolve(f"{request.path_info}/").app_names)
        except Resolver404:
            return False


class NextPageMiddleware:
    """Tells browsers which pages they may fetch when a link is pointed at, before it is followed.

    A header, since the policy of visitors' pages allows no script, and rules in a page are one. Not for
    editors, whose pages link to forms.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        is_page = response.headers.get("Content-Type", "").startswith("text/html")
        if is_page and settings.SESSION_COOKIE_NAME not in request.COOKIES and not is_desk(request):
            response.headers["Speculation-Rules"] = f'"{static("next.speculationrules")}"'
        return response


class AdminPolicyMiddleware:
    """Adds to the policy of the admin's answers what it needs, and to the account pages' what they do."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if is_account_page(request):
            response._csp_update = settings.ACCOUNT_CSP
        elif is_desk(request):
            response._csp_update = settings.ADMIN_CSP
        return response


class BrowserLimitsMiddleware:
    """Shuts off what no page here uses, and lets no other site take an answer into a page of its own.

    Passkeys are for the account pages alone.
    """

    UNUSED = (
        *(
            "accelerometer",
            "autoplay",
            "camera",
            "display-capture",
            "encrypted-media",
            "fullscreen",
        ),
        *("geolocation", "gyroscope", "hid", "magnetometer", "microphone", "midi", "payment"),
        *("picture-in-picture", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking"),
    )
    PASSKEYS = ("publickey-credentials-create", "publickey-credentials-get")

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        # Only a page asks for anything; on styles and pictures it would be a tenth of what is sent.
        if response.headers.get("Content-Type", "").startswith("text/html"):
            response.headers["Permissions-Policy"] = self._limits(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response

    def _limits(self, request) -> str:
        allowed = "(self)" if is_account_page(request) else "()"
        limits = [f"{name}=()" for name in self.UNUSED]
        return ", ".join([*limits, *(f"{name}={allowed}" for name in self.PASSKEYS)])
