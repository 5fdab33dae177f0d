"""Sessions end, and what could shut others out is asked for again."""

import time

import pytest
from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from erasmus_site.door import adapters, middleware, sessions
from tests.erasmus_site.door.conftest import PASSWORD, is_inside, send_password

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

HOUR = 3600


@pytest.fixture
def later(monkeypatch):
    """Move the clock that the door looks at."""

    def move(seconds: float) -> None:
        moment = time.time() + seconds
        for module in (adapters, middleware, sessions):
            monkeypatch.setattr(module, "time", lambda: moment)

    return move


def test_the_cookie_is_the_browsers_alone_and_goes_after_eight_hours(client, editor):
    cookie = send_password(client).cookies["sessionid"]
    assert (cookie["max-age"], cookie["httponly"], cookie["samesite"]) == (8 * HOUR, True, "Lax")


def test_a_session_in_use_lives_and_one_left_alone_does_not(client, editor, later):
    """An open tab asks by itself whether others have it open too: that is no use of it."""
    send_password(client)

    def runs_out():
        return Session.objects.get().expire_date

    first = runs_out()
    later(HOUR)
    client.get("/admin/jsi18n/", headers={"Sec-Fetch-Mode": "cors"})
    assert runs_out() == first
    client.get("/admin/")
    assert runs_out() > first


def test_no_session_lives_longer_than_a_day_however_busy(client, editor, later):
    send_password(client)
    for hour in (6, 12, 18, 23.9):
        later(hour * HOUR)
        assert is_inside(client)
    later(24.1 * HOUR)
    assert not is_inside(client)


def test_a_session_from_before_this_was_counted_ends(client, editor):
    client.force_login(editor)
    session = client.session
    del session["door_signed_in_at"]
    session.save()
    assert not is_inside(client)


def test_signing_in_changes_the_session(client, editor):
    """Whoever knew the earlier one would be signed in too."""
    session = client.session
    session["planted"] = True
    session.save()
    client.cookies["sessionid"] = session.session_key
    send_password(client)
    assert client.cookies["sessionid"].value != session.session_key


def test_a_new_password_ends_the_other_sessions(client, editor):
    other = Client()
    send_password(client)
    send_password(other)
    new = "en-helt-annen-frase"
    client.post(
        reverse("admin:password_change"),
        {"old_password": PASSWORD, "new_password1": new, "new_password2": new},
    )
    assert is_inside(client)
    assert not is_inside(other)


def test_guessing_the_old_password_in_a_stolen_session_is_stopped(client, editor):
    send_password(client)
    address = reverse("admin:password_change")
    answers = [client.post(address, {"old_password": "gjett"}).status_code for _time in range(11)]
    assert answers == [200] * 10 + [429]


def test_signing_out_is_told_and_is_true(client, editor):
    send_password(client)
    answer = client.post(reverse("account_logout"), follow=True)
    assert "Du er logget ut." in answer.content.decode()
    assert not is_inside(client)
    assert client.get(reverse("account_logout")).status_code == 405


@pytest.mark.parametrize(
    "address",
    [
        reverse("admin:auth_user_add"),
        reverse("admin:auth_user_change", args=["1"]),
        reverse("admin:auth_user_password_change", args=["1"]),
        reverse("admin:auth_user_delete", args=["1"]),
        reverse("admin:auth_group_delete", args=["1"]),
        reverse("mfa_add_webauthn"),
        reverse("mfa_activate_totp"),
    ],
)
def test_what_could_shut_others_out_asks_again(client, editor, later, address):
    send_password(client)
    assert not client.get(address).headers.get("Location", "").startswith("/admin/konto/bekreft/")
    later(16 * 60)
    answer = client.get(address)
    assert answer.status_code == 302
    assert answer.url.startswith(reverse("account_reauthenticate"))
    wrong = client.post(answer.url, {"password": "feil"})
    assert wrong.status_code == 200
    right = client.post(answer.url, {"password": PASSWORD})
    assert (right.status_code, right.url) == (302, address)


def test_a_form_that_comes_too_late_is_not_kept_with_its_password(client, editor, later):
    send_password(client)
    later(16 * 60)
    secret_word = "helt-hemmelig-ord"
    answer = client.post(
        reverse("admin:auth_user_add"), {"username": "x", "password1": secret_word}
    )
    assert answer.url.startswith(reverse("account_reauthenticate"))
    assert secret_word not in str(Session.objects.get().get_decoded())


def test_lists_do_not_ask(client, editor, later):
    send_password(client)
    later(16 * 60)
    for name in ("admin:auth_user_changelist", "admin:auth_group_changelist", "admin:index"):
        assert client.get(reverse(name)).status_code == 200


def test_asking_again_tells_nobody_what_they_may_not_see(client, django_user_model, later):
    user = django_user_model.objects.create_user("ny", password=PASSWORD, is_staff=True)
    user.groups.set([Group.objects.get(name="Skribent")])
    send_password(client, "ny")
    assert client.get(reverse("admin:auth_user_add")).status_code == 403


def test_account_pages_are_kept_by_no_browser(client, editor):
    """«Back» at a shared machine would show the codes."""
    send_password(client)
    for name in ("mfa_index", "account_reauthenticate", "mfa_activate_totp"):
        assert "no-store" in client.get(reverse(name)).headers["Cache-Control"]


@pytest.mark.parametrize("address", ["/", "/nn/", "/finnes-ikke/", "/.well-known/security.txt"])
def test_visitors_still_get_no_cookie(client, address):
    assert not client.get(address).cookies
