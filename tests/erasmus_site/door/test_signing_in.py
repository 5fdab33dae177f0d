"""Who is let in, and what whoever is not learns."""

import re
from contextlib import ExitStack
from unittest.mock import patch

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import NoReverseMatch, reverse

from tests.authenticator import code_of
from tests.erasmus_site.door.conftest import (
    is_inside,
    send_code,
    send_password,
)

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

LOGIN = reverse("account_login")


def test_the_admin_leads_to_the_one_door(client):
    answer = client.get("/admin/pages/page/", follow=True)
    assert answer.redirect_chain[-1][0] == f"{LOGIN}?next=/admin/pages/page/"
    assert answer.templates[0].name == "account/login.html"


def test_name_and_password_open_it_and_lead_to_where_one_was_going(client, editor):
    answer = client.post(
        LOGIN, {"login": "redaktor", "password": "en-lang-frase-her", "next": "/admin/veiledning/"}
    )
    assert (answer.status_code, answer.url) == (302, "/admin/veiledning/")
    assert is_inside(client)


def test_it_leads_to_no_other_site(client, editor):
    data = {"login": "redaktor", "password": "en-lang-frase-her", "next": "https://ond.example/"}
    assert client.post(LOGIN, data).url == "/admin/"


@pytest.mark.parametrize(
    "name", ["account_signup", "account_reset_password", "account_email", "account_set_password"]
)
def test_there_is_no_other_way_in(name):
    """No stranger makes an account, and no mail box opens one."""
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_whoever_has_no_role_stays_outside_and_is_told_why(client, django_user_model):
    django_user_model.objects.create_user("gjest", password="en-lang-frase-her")
    answer = send_password(client, "gjest")
    assert answer.url == reverse("account_inactive")
    assert not is_inside(client)


def test_whoever_loses_their_role_is_let_out_gently(client, editor):
    client.force_login(editor)
    editor.is_staff = editor.is_superuser = False
    editor.save()
    answer = client.get("/admin/", follow=True)
    assert answer.templates[0].name == "account/account_inactive.html"


def _refusal(client, name: str) -> tuple[int, str, int]:
    """Return what an answer to a wrong password shows, and how often a password was worked out."""
    worked_out = []
    encode = MD5PasswordHasher.encode
    with ExitStack() as stack:
        spy = lambda *arguments: worked_out.append(1) or encode(*arguments)  # noqa: E731
        stack.enter_context(patch.object(MD5PasswordHasher, "encode", spy))
        answer = send_password(client, name, "feil-passord-her")
    text = answer.content.decode().replace(name, "NAME")
    return answer.status_code, re.sub(r'(csrf\w+" value=")[^"]*', r"\1", text), len(worked_out)


def test_a_refusal_does_not_tell_whether_there_is_such_an_account(client, editor):
    """The same page after the same work: else names could be tried one by one."""
    known, unknown = _refusal(client, "redaktor"), _refusal(Client(), "ukjentnavn")
    assert known == unknown
    assert "Brukernavnet eller passordet er feil." in known[1]


@pytest.mark.parametrize("name", ["redaktor", "ingen-slik"])
def test_guessing_is_stopped_with_a_page_that_helps(client, editor, name):
    answers = [send_password(client, name, f"gjett-{number}") for number in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [429]
    assert answers[-1].headers["Retry-After"] == "300"
    text = answers[-1].content.decode()
    assert "For mange forsøk" in text
    assert "Vent fem minutter" in text
    assert send_password(client, name).status_code == 429, "the right one too, or it would tell"


@pytest.mark.parametrize("spelling", ["REDAKTOR", " redaktor "])
def test_a_name_spelt_otherwise_is_no_account_of_its_own(client, editor, spelling):
    for number in range(5):
        send_password(client, "redaktor", f"gjett-{number}")
    assert send_password(client, spelling, "gjett").status_code == 429


def test_neither_a_host_nor_a_forwarded_address_gives_new_tries(client, editor):
    def guess(number: int):
        extra = {
            "HTTP_HOST": f"testserver:{number}",
            "HTTP_X_FORWARDED_FOR": f"198.51.100.{number}",
        }
        return send_password(client, "redaktor", "gjett", **extra)

    assert [guess(number).status_code for number in range(1, 7)][-1] == 429


def test_one_address_cannot_try_many_names_behind_one_proxy(client, settings):
    """What the visitor wrote in X-Forwarded-For stands before what the proxy heard."""
    settings.PROXY_COUNT = 1

    def guess(number: int, address: str = "203.0.113.9"):
        forwarded = f"198.51.100.{number}, {address}"
        return send_password(client, f"navn-{number}", "gjett", HTTP_X_FORWARDED_FOR=forwarded)

    assert [guess(number).status_code for number in range(21)] == [200] * 20 + [429]
    assert guess(22, "203.0.113.10").status_code == 200, "others are not shut out with it"


def test_an_editor_who_gets_it_right_is_not_counted(client, editor):
    for _time in range(7):
        assert send_password(Client()).status_code == 302


def test_the_code_from_the_app_is_asked_for_and_opens(client, editor, secret):
    assert send_password(client).url == reverse("mfa_authenticate")
    assert not is_inside(client)
    assert send_code(client, "000000").status_code == 200
    assert not is_inside(client)
    assert send_code(client, code_of(secret)).url == "/admin/"
    assert is_inside(client)


def test_a_code_from_the_app_works_once(client, editor, secret):
    """Whoever looked over a shoulder has half a minute otherwise."""
    code = code_of(secret)
    send_password(client)
    send_code(client, code)
    other = Client()
    send_password(other)
    assert send_code(other, code).status_code == 200
    assert not is_inside(other)


def test_a_recovery_code_works_once(client, editor, recovery_codes):
    send_password(client)
    assert send_code(client, recovery_codes[3]).url == "/admin/"
    other = Client()
    send_password(other)
    assert send_code(other, recovery_codes[3]).status_code == 200
    assert send_code(other, recovery_codes[4]).url == "/admin/"


def test_guessing_codes_is_stopped_too(client, editor, secret):
    send_password(client)
    answers = [send_code(client, f"00000{number}") for number in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [429]


@pytest.mark.parametrize("role", ["Skribent", "Oversetter", "Redaktør", "Administrator"])
@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_pages_speak_the_editors_language(client, django_user_model, role, language):
    """Nynorsk has no words of allauth's own: what is missing would be bokmål."""
    client.cookies["editor_language"] = language
    page = client.get(LOGIN)
    words = {"nb": "Brukernavn", "nn": "Brukarnamn", "en": "Username"}
    assert page.headers["Content-Language"] == language
    assert words[language] in page.content.decode()
    user = django_user_model.objects.create_user(role, password="en-lang-frase-her", is_staff=True)
    user.groups.set([Group.objects.get(name=role)])
    assert send_password(client, role).url == "/admin/"
    heading = {"nb": "Ett steg igjen", "nn": "Eitt steg att", "en": "One step left"}
    assert heading[language] in client.get(reverse("mfa_index")).content.decode()
