"""Who else has a page open: told to those who may know, and to nobody for longer than it is true."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from pages.models import Presence
from tests.factories import make_page
from tests.pages.test_desk import admin_url, send

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


@pytest.fixture
def kari(django_user_model):
    user = django_user_model.objects.create_superuser("kari", first_name="Kari", last_name="Nes")
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def live_page():
    return make_page("Reisebrev")


def beat(client, record, **values):
    return client.post(admin_url(record, "presence"), values)


def test_the_form_tells_who_else_has_it_open(editor_client, kari, live_page):
    """Without a script too."""
    first = kari.get(admin_url(live_page)).content.decode()
    assert "har også siden åpen" not in first, "nobody else is there, and oneself does not count"
    second = editor_client.get(admin_url(live_page)).content.decode()
    assert "Kari Nes har også siden åpen." in second
    assert beat(kari, live_page).json() == {"text": "redaktor har også siden åpen."}


def test_a_draft_does_not_hide_who_is_there(editor_client, kari, live_page):
    """What the form of a draft does to the database is undone; that somebody is there is not."""
    send(kari, live_page, lead_nb="Utkast.")
    kari.get(admin_url(live_page))
    assert "Kari Nes har også" in editor_client.get(admin_url(live_page)).content.decode()


def test_several_are_named_in_one_sentence(editor_client, kari, live_page, django_user_model):
    ola = Client()
    ola.force_login(django_user_model.objects.create_superuser("ola", first_name="Ola"))
    for client in (ola, kari):
        client.get(admin_url(live_page))
    text = beat(editor_client, live_page).json()["text"]
    assert text == "Kari Nes og Ola har også siden åpen."


def test_whoever_leaves_is_gone_at_once(editor_client, kari, live_page):
    kari.get(admin_url(live_page))
    assert beat(kari, live_page, leaving="1").status_code == 204
    assert beat(editor_client, live_page).json() == {"text": ""}


def test_whoever_fell_silent_is_gone_after_a_while_and_leaves_no_row(
    editor_client, kari, live_page
):
    kari.get(admin_url(live_page))
    Presence.objects.update(seen_at=timezone.now() - timedelta(seconds=91))
    assert beat(editor_client, live_page).json() == {"text": ""}
    assert Presence.objects.count() == 1, "the old row went as the new one came"


def test_other_pages_are_other_rooms(editor_client, kari, live_page):
    kari.get(admin_url(make_page("Et annet sted")))
    assert beat(editor_client, live_page).json() == {"text": ""}


def test_strangers_neither_hear_nor_are_heard(editor_client, client, live_page, django_user_model):
    stranger = Client()
    stranger.force_login(django_user_model.objects.create_user("gjest", is_staff=True))
    assert beat(stranger, live_page).status_code == 403
    assert beat(Client(), live_page).status_code == 302
    assert editor_client.get(admin_url(live_page, "presence")).status_code == 403
    assert Presence.objects.count() == 0


def test_a_page_that_is_not_there_has_nobody(editor_client, live_page):
    address = admin_url(live_page, "presence")
    for key in ("999999", "abc", "_31", "-1"):
        missing = address.replace(f"/{live_page.pk}/", f"/{key}/")
        assert editor_client.post(missing).status_code == 404
    assert Presence.objects.count() == 0


def test_a_beat_is_cheap(editor_client, live_page, django_assert_num_queries):
    """Every open form sends one every half minute: two beside those that tell who is signed in."""
    editor_client.get(admin_url(live_page))
    with django_assert_num_queries(4):
        beat(editor_client, live_page)
