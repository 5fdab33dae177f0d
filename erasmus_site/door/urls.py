"""The account pages, by the names that allauth knows them by. What is not named here does not exist:
there is no signing up, and no new password by email."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkeys
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from erasmus_site.door import views


def private(address, view, name):
    """A page that no browser keeps: it may show codes, and the next at the machine may press «back»."""
    return path(address, never_cache(view), name=name)


urlpatterns = [
    private("", mfa.index, "mfa_index"),
    private("logg-inn/", account.login, "account_login"),
    private("logg-ut/", require_POST(account.logout), "account_logout"),
    private("ingen-tilgang/", account.account_inactive, "account_inactive"),
    private("andre-steg/", mfa.authenticate, "mfa_authenticate"),
    private("bekreft/", account.reauthenticate, "account_reauthenticate"),
    private("app/", app.activate_totp, "mfa_activate_totp"),
    private("app/fjern/", app.deactivate_totp, "mfa_deactivate_totp"),
    private("koder/", codes.view_recovery_codes, "mfa_view_recovery_codes"),
    private("koder/nye/", codes.generate_recovery_codes, "mfa_generate_recovery_codes"),
    private("nokler/", views.overview, "mfa_list_webauthn"),
    private("nokler/ny/", passkeys.add_webauthn, "mfa_add_webauthn"),
    private("nokler/logg-inn/", passkeys.login_webauthn, "mfa_login_webauthn"),
    private(
        "nokler/bekreft/",
        passkeys.ReauthenticateWebAuthnView.as_view(template_name="account/reauthenticate.html"),
        "mfa_reauthenticate_webauthn",
    ),
    private("nokler/<int:pk>/fjern/", views.RemovePasskeyView.as_view(), "mfa_remove_webauthn"),
]
