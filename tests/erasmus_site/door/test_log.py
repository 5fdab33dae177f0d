"""Whoever keeps watch can read afterwards who came in and whose rights were changed."""

import logging

import pytest
from django.contrib.auth.models import Group, User
from django.urls import reverse

from tests.authenticator import code_of
from tests.erasmus_site.door.conftest import (
    PASSWORD,
    send_code,
    send_password,
)

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


@pytest.fixture
def lines(caplog, editor):
    caplog.clear()
    caplog.set_level(logging.INFO, "erasmus.door")
    return lambda: [r.getMessage() for r in caplog.records if r.name == "erasmus.door"]


def test_coming_and_going_and_being_refused(client, lines, secret):
    send_password(client, password="feil-passord")
    send_password(client)
    send_code(client, "000000")
    send_code(client, code_of(secret))
    client.post(reverse("account_logout"))
    login, step = "POST /admin/konto/logg-inn/", "POST /admin/konto/andre-steg/"
    assert lines() == [
        f"redaktor was refused, by -, {login} from 127.0.0.0/24",
        f"redaktor was refused at the second step, by -, {step} from 127.0.0.0/24",
        f"redaktor signed in, by redaktor, {step} from 127.0.0.0/24",
        "redaktor signed out, by redaktor, POST /admin/konto/logg-ut/ from 127.0.0.0/24",
    ]


def test_no_password_and_no_word_that_may_be_one(client, lines):
    send_password(client, "hemmelig-i-feil-felt", "et-passord-med-feil")
    assert "an unknown name was refused" in lines()[0]
    assert "hemmelig" not in str(lines()) and "et-passord" not in str(lines())


def test_too_many_tries(client, lines):
    for _time in range(6):
        send_password(client, password="feil")
    assert lines()[-1].startswith("too many tries were stopped, by -, POST /admin/konto/logg-inn/")


@pytest.mark.parametrize(
    ("address", "network"),
    [("203.0.113.77", "203.0.113.0/24"), ("2001:db8:1:2::3", "2001:db8:1::/48"), ("", "unknown")],
)
def test_an_address_is_told_as_far_as_it_is_needed(client, lines, address, network):
    send_password(client, password="feil", REMOTE_ADDR=address)
    assert lines()[0].endswith(f"from {network}")


def test_roles_and_rights_by_the_admin(client, lines):
    send_password(client)
    data = {"username": "kari", "password1": "en-frase-til-kari", "password2": "en-frase-til-kari"}
    role = Group.objects.get(name="Redaktør")
    client.post(reverse("admin:auth_user_add"), {**data, "groups": role.pk})
    made = lines()[1:]
    assert [line.partition(", by redaktor, POST /admin/auth/user/add/")[0] for line in made] == [
        "kari was made",
        "kari was given role Redaktør",
        "kari has is_staff True",
    ]


def test_roles_and_rights_by_any_other_door(lines):
    kari = User.objects.create_user("kari", password=PASSWORD)
    role = Group.objects.get(name="Administrator")
    role.user_set.add(kari)
    kari.groups.clear()
    kari.is_superuser = True
    kari.save()
    kari.is_active = False
    kari.save(update_fields=["is_active"])
    kari.set_password("en-helt-ny-frase")
    kari.save()
    kari.delete()
    assert lines() == [
        f"{line}, by a command"
        for line in (
            "kari was made",
            "the role Administrator was given person kari",
            "kari lost every role",
            "kari has is_superuser True",
            "kari has is_active False",
            "kari has a new password",
            "kari was deleted",
        )
    ]


def test_what_changes_no_right_is_no_line(lines, editor):
    editor.first_name = "Ola"
    editor.save()
    editor.check_password(PASSWORD)
    assert lines() == []
