"""Staff without a second factor see nothing; whoever has one keeps it."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.contrib import admin
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from pages.roles import ROLES
from tests.authenticator import code_of
from tests.erasmus_site.door.conftest import (
    PASSWORD,
    is_inside,
    send_code,
    send_password,
)
from tests.factories import make_page

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.ignore_template_errors,
    pytest.mark.usefixtures("second_factor_required"),
]

ENROL = reverse("mfa_index")


def addresses_of(patterns, before="/admin/"):
    """Every address of the admin, with a one where it wants a key or a word."""
    for pattern in patterns:
        route = before + re.sub(r"<[^>]+>", "1", str(pattern.pattern))
        if nested := getattr(pattern, "url_patterns", None):
            yield from addresses_of(nested, route)
        elif not set(route) & set("^$()"):
            yield route


@pytest.mark.parametrize("role", [role.name for role in ROLES])
def test_no_address_of_the_admin_opens_without_one(client, django_user_model, role):
    user = django_user_model.objects.create_user("ny", password=PASSWORD, is_staff=True)
    user.groups.set([Group.objects.get(name=role)])
    assert send_password(client, "ny").url == "/admin/"
    addresses = list(addresses_of(admin.site.get_urls()))
    assert len(addresses) > 80
    for address in addresses:
        for ask in (client.get, client.post):
            answer = ask(address)
            assert (answer.status_code, answer.headers.get("Location")) == (302, ENROL), address


def test_nor_are_drafts_shown_on_the_site(client, editor):
    page = make_page(publish_at=None)
    send_password(client)
    assert client.get(page.get_absolute_url()).status_code == 404
    assert client.get("/stil/").status_code == 302


def test_enrolling_opens_the_door_and_gives_codes_once(client, editor):
    send_password(client)
    enrol = client.get("/admin/", follow=True)
    assert "Ett steg igjen" in enrol.content.decode()
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    assert "<svg" in page and "data:" not in page
    secret = re.search(r'account-secret">(\w+)<', page)[1]
    answer = client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    assert answer.url == reverse("mfa_view_recovery_codes")
    shown = client.get(answer.url).content.decode()
    codes = re.findall(r"<code>(\d{8})</code>", shown)
    assert len(codes) == 10
    assert f'href="data:text/plain;charset=utf-8,{codes[0]}%0A{codes[1]}' in shown
    again = client.get(answer.url).content.decode()
    assert "Kodene er vist én gang" in again and codes[0] not in again
    assert is_inside(client)


def test_a_session_from_before_the_factor_is_no_way_around_it(client, editor):
    """A stranger who knew the password first must not sit there still when the factor is made."""
    send_password(client)
    TOTP.activate(editor, generate_totp_secret())
    assert not is_inside(client)
    assert client.get(reverse("mfa_add_webauthn")).url.startswith(reverse("account_login"))


def test_the_last_one_cannot_be_taken_away_and_the_others_can(client, editor, secret):
    send_password(client)
    send_code(client, code_of(secret))
    remove = reverse("mfa_deactivate_totp")
    assert "Dette er den eneste du har" in client.post(remove).content.decode()
    key = WebAuthn.add(editor, "Telefonen", {}).instance
    assert client.post(remove).status_code == 302
    last = client.post(reverse("mfa_remove_webauthn", args=[key.pk]), follow=True)
    assert "Dette er den eneste du har" in last.content.decode()
    assert Authenticator.objects.filter(user=editor, type="webauthn").count() == 1


def test_nobody_removes_anothers_key(client, editor, secret, django_user_model):
    other = django_user_model.objects.create_user("kari")
    key = WebAuthn.add(other, "Telefonen", {}).instance
    send_password(client)
    send_code(client, code_of(secret))
    assert client.post(reverse("mfa_remove_webauthn", args=[key.pk])).status_code == 404


def test_the_keys_are_not_for_reading_in_the_admin():
    """Their secrets would stand in a form."""
    assert not any(model._meta.app_label in ("mfa", "account") for model in admin.site._registry)


def test_a_locked_out_editor_is_let_in_by_a_command(client, editor, secret, capsys):
    send_password(client)
    send_code(client, code_of(secret))
    call_command("reset_second_factor", "redaktor")
    assert "signs in with the password alone" in capsys.readouterr().out
    assert not is_inside(client), "signed out everywhere"
    anew = Client()
    send_password(anew)
    assert anew.get("/admin/").url == ENROL
    with pytest.raises(CommandError, match="Nobody is called"):
        call_command("reset_second_factor", "ingen")


def test_where_it_is_not_required_a_password_is_enough(client, editor, settings):
    settings.REQUIRE_SECOND_FACTOR = False
    send_password(client)
    assert is_inside(client)
