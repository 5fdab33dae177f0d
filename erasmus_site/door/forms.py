from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _


class PasskeyForm(AddWebAuthnForm):
    """A passkey that signs in by itself, unless an old key cannot."""

    name = forms.CharField(
        label=_("Name"),
        required=False,
        max_length=60,
        help_text=_("So that you can tell your keys apart: «My phone», «The key on my ring»."),
    )
    passwordless = forms.BooleanField(
        label=_("Sign in with this key alone"),
        required=False,
        initial=True,
        help_text=_("Take the tick away only if your key has neither PIN nor fingerprint."),
    )
