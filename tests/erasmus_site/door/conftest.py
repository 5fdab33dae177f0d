"""Signing in as an editor does it, with words and codes."""

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.cache import cache
from django.urls import reverse

PASSWORD = "en-lang-frase-her"


@pytest.fixture(autouse=True)
def _no_tries_yet():
    """The tests of a process share the files that tries are counted in."""
    cache.clear()


@pytest.fixture
def second_factor_required(settings):
    settings.REQUIRE_SECOND_FACTOR = True


def send_password(client, name="redaktor", password=PASSWORD, **extra):
    return client.post(reverse("account_login"), {"login": name, "password": password}, **extra)


@pytest.fixture
def secret(editor):
    """The secret of an app that the editor has set up."""
    made = generate_totp_secret()
    TOTP.activate(editor, made)
    return made


@pytest.fixture
def recovery_codes(editor, secret):
    return RecoveryCodes.activate(editor).generate_codes()


def send_code(client, code: str):
    return client.post(reverse("mfa_authenticate"), {"code": code})


def is_inside(client) -> bool:
    return client.get(reverse("admin:index")).status_code == 200
