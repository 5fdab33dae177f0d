"""What search engines are told, and that no editor waits for them."""

import json
import socket
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import timezone

from pages.discovery import indexnow
from pages.models import Announced, Generation, Page
from programmes.models import Action, Measure
from tests import services
from tests.factories import make_measure, make_page
from tests.pages.test_desk import send
from tests.test_urls import every_address

pytestmark = pytest.mark.django_db

KEY = "b4c9e2-Nokkel"
ORIGIN = "https://erasmus.example.no"


class _Engine(BaseHTTPRequestHandler):
    """Answers with the first of the server's `answers`, and 200 when there is none left."""

    def do_POST(self):
        length = int(self.headers["Content-Length"])
        self.server.told.append((self.headers["Content-Type"], json.loads(self.rfile.read(length))))
        status = self.server.answers.pop(0) if self.server.answers else 200
        self.send_response(status)
        if status in (302, 307):
            self.send_header("Location", "/elsewhere")
        self.end_headers()

    def do_GET(self):
        self.send_response(200)
        self.end_headers()

    def log_message(self, *args):
        """The test's output is no place for a log."""


@pytest.fixture
def engine(settings):
    """A search engine on this machine, for a site that is on the open internet."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Engine)
    server.told, server.answers = [], []
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    settings.SITE_URL, settings.INDEXNOW_KEY = ORIGIN, KEY
    settings.INDEXNOW_ENDPOINT = f"http://127.0.0.1:{server.server_port}/indexnow"
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def informed(engine):
    """The same engine when it knows the site as it is."""
    call_command("indexnow")
    engine.told.clear()
    return engine


def number_of_addresses() -> int:
    """How many pages the site has, each of them in every language."""
    return len(settings.LANGUAGES) * sum(
        model.objects.published().count() for model in (Page, Action, Measure)
    )


def told_by_a_run(engine) -> set[str]:
    engine.told.clear()
    call_command("indexnow")
    return {
        url.removeprefix(ORIGIN) for _kind, message in engine.told for url in message["urlList"]
    }


def test_the_first_run_tells_every_public_address_in_every_language(engine):
    wanted = {ORIGIN + url for url, _language in every_address()}
    make_page(publish_at=None)
    call_command("indexnow")
    ((kind, message),) = engine.told
    assert kind == "application/json; charset=utf-8"
    told = message.pop("urlList")
    assert (set(told), len(told)) == (wanted, len(wanted))
    assert message == {
        "host": "erasmus.example.no",
        "key": KEY,
        "keyLocation": f"{ORIGIN}/{KEY}.txt",
    }


def test_the_key_is_shown_where_the_engine_is_told_to_look(engine, client):
    call_command("indexnow")
    ((_kind, message),) = engine.told
    answer = client.get(message["keyLocation"].removeprefix(ORIGIN))
    assert (answer.status_code, answer.content.decode()) == (200, KEY)
    assert answer["Content-Type"] == "text/plain; charset=utf-8"


@pytest.mark.parametrize("key", ["", KEY])
@pytest.mark.parametrize("path", [f"/{KEY.lower()}.txt", f"/{KEY}x.txt", f"/nn/{KEY}.txt", "/.txt"])
def test_no_other_key_is_shown(client, settings, key, path):
    """Anybody could make engines believe that they speak for this site."""
    settings.INDEXNOW_KEY = key
    assert client.get(path).status_code == 404


def test_without_a_key_there_is_none_to_show_and_nobody_is_told(engine, client, settings, capsys):
    settings.INDEXNOW_KEY = ""
    call_command("indexnow")
    assert client.get(f"/{KEY}.txt").status_code == 404
    assert "off" in capsys.readouterr().out
    assert engine.told == []


def test_what_has_not_changed_is_not_told_again(informed):
    """Engines stop listening to who repeats themselves."""
    assert told_by_a_run(informed) == set()
    assert informed.told == []


def test_a_change_is_told_in_every_language_of_the_record(informed):
    page = make_page(languages=("nb", "en"))
    assert told_by_a_run(informed) == {"/reisebrev-nb/", "/en/reisebrev-en/"}
    page.lead_nb = "Nytt."
    page.save()
    assert told_by_a_run(informed) == {"/reisebrev-nb/", "/en/reisebrev-en/"}


def test_a_renamed_page_is_told_at_both_addresses(informed):
    page = make_page(languages=("nb",))
    told_by_a_run(informed)
    page.title_nb, page.slug_nb = "Brev", "brev"
    page.save()
    assert told_by_a_run(informed) == {"/reisebrev-nb/", "/brev/"}
    assert told_by_a_run(informed) == set()


def withdraw(page):
    page.withdraw_at = timezone.now()
    page.save()


def unpublish(page):
    page.publish_at = None
    page.save()


def by_the_clock(page):
    moment = timezone.now() - timedelta(seconds=1)
    Page.objects.filter(pk=page.pk).update(
        publish_at=moment - timedelta(days=1), withdraw_at=moment
    )


def untranslate(page):
    page.title_nb = page.slug_nb = ""
    page.title_en = "Letter"
    page.save()


@pytest.mark.parametrize("end", [withdraw, unpublish, by_the_clock, untranslate, Page.delete])
def test_what_visitors_can_see_no_longer_is_told_once(informed, end):
    """It would be found for months, and lead to nothing."""
    page = make_page(languages=("nb",))
    told_by_a_run(informed)
    end(page)
    assert "/reisebrev-nb/" in told_by_a_run(informed)
    assert told_by_a_run(informed) == set()


def test_an_action_takes_its_measures_along(informed):
    """Home and overview list it, and tools list its measures: they change with it."""
    action = Action.objects.get(code="policy")
    measures = action.measures.count()
    withdraw(action)
    assert len(told_by_a_run(informed)) >= 3 * (1 + measures + 2)
    action.withdraw_at = None
    action.publish_at = timezone.now()
    action.save()
    assert len(told_by_a_run(informed)) >= 3 * (1 + measures + 2)


def test_what_nobody_can_see_yet_is_not_told(informed):
    """The address of a page not yet public would be known to the world."""
    draft, planned = make_page(publish_at=None), make_measure(publish_at=None)
    planned.publish_at = timezone.now() + timedelta(hours=1)
    planned.save()
    draft.save()
    draft.delete()
    assert told_by_a_run(informed) == set()
    Measure.objects.filter(pk=planned.pk).update(publish_at=timezone.now())
    told = told_by_a_run(informed)
    assert {url for url in told if not url.startswith(("/nn/", "/en/"))} == {
        planned.get_absolute_url(),
        planned.action.get_absolute_url(),
        "/for-skole-og-barnehage/",
        *("/finn-tiltak/", "/sammenlign/"),
    }


def test_more_than_the_protocol_takes_is_told_in_parts(engine, monkeypatch):
    monkeypatch.setattr(indexnow, "BATCH", 25)
    call_command("indexnow")
    parts = [len(message["urlList"]) for _kind, message in engine.told]
    assert sum(parts) == number_of_addresses()
    assert set(parts[:-1]) == {25} and parts[-1] <= 25


def test_each_part_that_was_taken_is_remembered(engine, monkeypatch):
    monkeypatch.setattr(indexnow, "BATCH", 25)
    engine.answers = [202, 429]
    with pytest.raises(CommandError, match=r"answered 429: .* The next run tries again"):
        call_command("indexnow")
    assert len(told_by_a_run(engine)) == number_of_addresses() - 25


@pytest.mark.parametrize("status", [204, 302, 307, 400, 403, 422, 500])
def test_what_was_not_taken_is_told_again(engine, status):
    engine.answers = [status]
    with pytest.raises(CommandError, match=f"answered {status}") as failure:
        call_command("indexnow")
    assert failure.value.returncode == 1
    assert len(engine.told) == 1
    assert len(told_by_a_run(engine)) == number_of_addresses()


def test_a_dead_or_silent_engine_is_told_of_in_a_sentence(settings, monkeypatch):
    settings.SITE_URL, settings.INDEXNOW_KEY = ORIGIN, KEY
    settings.INDEXNOW_ENDPOINT = f"http://127.0.0.1:{services.free_port()}/"
    with pytest.raises(CommandError, match="could not be asked: ConnectionRefusedError"):
        call_command("indexnow")
    monkeypatch.setattr(indexnow, "TIMEOUT", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings.INDEXNOW_ENDPOINT = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        with pytest.raises(CommandError, match="could not be asked: timeout"):
            call_command("indexnow")
    assert not Announced.objects.exists()


@pytest.mark.parametrize(
    "origin",
    [
        *("http://erasmus.example.no", "http://127.0.0.1:8000", "https://localhost"),
        *("https://10.0.0.7", "https://[::1]", "https://skolen.local", "https://intranett"),
    ],
)
def test_only_public_addresses_are_told(engine, settings, origin):
    settings.SITE_URL = origin
    with pytest.raises(CommandError, match=r"SITE_URL is .*public https addresses only"):
        call_command("indexnow")
    assert engine.told == []


@pytest.mark.parametrize("origin", [ORIGIN, "https://erasmus.kommune.no", "https://158.36.1.1"])
def test_a_site_on_the_open_internet_may_tell(origin):
    assert indexnow.is_public_origin(origin)


def test_a_dry_run_prints_what_would_be_told_and_changes_nothing(informed, capsys):
    make_page(languages=("nn",))
    capsys.readouterr()
    call_command("indexnow", dry_run=True)
    assert capsys.readouterr().out == f"{ORIGIN}/nn/reisebrev-nn/\n"
    assert informed.told == []
    assert told_by_a_run(informed) == {"/nn/reisebrev-nn/"}


def test_telling_leaves_the_stored_pages_as_they_are(engine):
    """Each run would have every page rendered anew."""
    before = Generation.objects.get().token
    call_command("indexnow")
    assert Announced.objects.count() == number_of_addresses()
    assert Generation.objects.get().token == before


@pytest.mark.ignore_template_errors
def test_no_save_asks_the_net_for_anything(editor_client, settings, monkeypatch):
    """An editor would wait for a search engine, or lose the save with it."""
    settings.SITE_URL, settings.INDEXNOW_KEY = ORIGIN, KEY
    settings.INDEXNOW_ENDPOINT = f"http://127.0.0.1:{services.free_port()}/"
    asked = []

    def connect(self, address):
        asked.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket.socket, "connect", connect)
    with pytest.raises(CommandError):
        call_command("indexnow")
    assert len(asked) == 1, "what is counted below is what a connection does"
    page = make_page()
    assert send(editor_client, page, "_publish", lead_nb="Nytt.").status_code == 302
    page.refresh_from_db()
    assert page.lead_nb == "Nytt."
    page.delete()
    assert len(asked) == 1
