"""Dead links are found: those within the site at once, those elsewhere politely."""

import socket
import threading
import time
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pages.fetching import Fetcher, _is_public
from pages.link_check import dead_links, links_to
from pages.models import Link, Page, Section
from pages.models.link import Outcome
from programmes.models import Measure, Source
from tests.factories import make_page
from tests.pages.test_admin import url
from tests.pages.test_links import text_with

# --- Within the site -----------------------------------------------------------------------


@pytest.fixture
def goal(db):
    return make_page("Mål")


def dead() -> dict[str, str]:
    return {link.address: link.status for link in dead_links()}


def test_the_seeds_own_links_are_alive(db):
    assert dead() == {}


@pytest.mark.parametrize(
    "href",
    [
        "/mal-nb/",
        "/mal-nb",
        "/",
        "/sitemap.xml",
        "/robots.txt",
        "/static/css/base.css",
        "#",
        "/#content",
        "mailto:post@erasmus.test",
        "tel:+4712345678",
        "//erasmus.example/",
        "?side=2",
    ],
)
def test_what_leads_somewhere_is_no_dead_link(goal, href):
    make_page("Fra", body_nb=text_with(href))
    assert dead() == {}


@pytest.mark.parametrize(
    ("href", "problem"),
    [
        ("/finnes-ikke/", "nowhere"),
        ("https://erasmus.test/finnes-ikke/", "nowhere"),
        ("/for-skole-og-barnehage/mobilitet/tullball/", "nowhere"),
        ("/Store-Bokstaver/", "nowhere"),
        ("/static/css/finnes-ikke.css", "nowhere"),
        ("/media/renditions/finnes-ikke.webp", "nowhere"),
        ("/lenke/pages.page/999999/", "deleted"),
        ("/lenke/auth.user/1/", "deleted"),
        ("/mal-nb/#section-999999", "part"),
        ("#section-999999", "part"),
        ("www.udir.no", "beginning"),
        ("om-nettstedet/", "beginning"),
    ],
)
def test_what_leads_nowhere_is_found_at_once(goal, href, problem):
    make_page("Fra", body_nb=text_with(href))
    assert dead() == {href: problem}


def test_a_link_to_a_deleted_withdrawn_or_untranslated_page_is_found(goal):
    page = make_page("Fra", **{f"body_{code}": text_with("/mal-nb/") for code in ("nb", "en")})
    goal.title_en = goal.slug_en = ""
    goal.save()
    (link,) = dead_links()
    assert (link.status, [use["language"] for use in link.uses]) == ("absent", ["en"])
    goal.withdraw_at = timezone.now() - timedelta(minutes=1)
    goal.save()
    assert set(dead().values()) == {"unpublished"}
    goal.delete()
    assert set(dead().values()) == {"deleted"}
    page.body_nb = page.body_en = ""
    page.save()
    assert dead() == {}
    assert not Link.objects.filter(is_internal=True).exists(), "what is mended leaves the list"


def test_links_to_parts_follow_the_parts(goal):
    section = Section.objects.create(page=goal, heading_nb="Del", position=1)
    measure = Measure.objects.exclude(today_nb="").first()
    make_page("Fra", body_nb=text_with(f"/mal-nb/#{section.anchor}"))
    make_page("Og", body_nb=text_with(f"/lenke/programmes.measure/{measure.pk}/#today"))
    assert dead() == {}
    section.delete()
    Measure.objects.filter(pk=measure.pk).update(today_nb="")
    assert set(dead().values()) == {"part"}


def test_a_dead_link_in_a_section_is_mended_in_the_pages_form(goal):
    Section.objects.create(page=goal, body_nn=text_with("/finst-ikkje/"), position=1)
    (link,) = dead_links()
    (use,) = link.uses
    assert (use["model"], use["pk"], use["language"]) == ("pages.page", goal.pk, "nn")


def test_finding_costs_the_same_for_many_as_for_one(goal):
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            dead_links()
        return len(queries)

    make_page("Fra", body_nb=text_with("/mal-nb/#section-9") + text_with("/finnes-ikke/"))
    dead_links()
    before = cost()
    Page.objects.bulk_create(
        Page(
            title_nb=f"S{n}",
            slug_nb=f"s{n}",
            path_nb=f"s{n}",
            body_nb=text_with(f"/lenke/pages.page/{goal.pk}/#section-{n}") + text_with(f"/x{n}/"),
        )
        for n in range(50)
    )
    dead_links()
    assert cost() == before


def test_who_links_to_a_record_is_known(goal):
    page = make_page("Fra", body_nb=text_with("/mal-nb/"))
    Section.objects.create(page=make_page("Del"), body_en=text_with("/mal-nb/#a"), position=1)
    goal.body_nb = text_with("/mal-nb/")
    goal.save()
    make_page("Annet", body_nb=text_with("/om-nettstedet/"))
    assert [(use.title, use.language) for use in links_to(goal)] == [
        ("Fra nb", "nb"),
        ("Del nb", "en"),
    ]
    assert links_to(page) == []


# --- The command ---------------------------------------------------------------------------


def test_the_command_fails_when_something_is_dead(goal, capsys):
    """A nightly check would say nothing."""
    call_command("check_links")
    make_page("Fra", body_nb=text_with("/finnes-ikke/"))
    with pytest.raises(CommandError, match="1 dead"):
        call_command("check_links")
    told = capsys.readouterr().out
    assert "/finnes-ikke/" in told
    assert "Fra nb" in told


# --- Elsewhere: a server of our own on loopback --------------------------------------------


class _Elsewhere(BaseHTTPRequestHandler):
    def do_HEAD(self):
        self.server.hosts.add(self.headers["Host"])
        self.server.asked.append((self.command, self.path, self.headers["User-Agent"]))
        path = self.path
        while path == self.server.trickles:
            self.wfile.write(b"H")
            threading.Event().wait(0.1)
        if path == "/slow":
            threading.Event().wait(3)
        if path == "/loop" or path.startswith("/away") or path in ("/moved", "/file"):
            target = {"/loop": "/loop", "/moved": "/ok", "/file": "file:///etc/passwd"}
            self.send_response(302)
            self.send_header("Location", target.get(path, "http://10.0.0.1/"))
        elif path.startswith("/only-get") and self.command == "HEAD":
            self.send_response(int(path[-3:]))
        elif path == "/robots.txt":
            self.send_response(200)
        else:
            self.send_response(int(path[1:]) if path[1:].isdigit() else 200)
        self.end_headers()
        if path == "/robots.txt" and self.command == "GET":
            self.wfile.write(b"User-agent: linkcheck\nDisallow: /private\n")

    do_GET = do_HEAD  # noqa: N815

    def log_message(self, *args):
        """The test's output is no place for a log."""


@pytest.fixture
def elsewhere():
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Elsewhere)
    server.asked = []
    server.hosts, server.trickles = set(), ""
    server.origin = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def fetcher():
    return Fetcher(
        "linkcheck/1.0 (+https://erasmus.test/)", may_ask_private=True, pause=0, timeout=1
    )


@pytest.mark.parametrize(
    ("path", "outcome"),
    [
        ("/ok", (True, "200")),
        ("/moved", (True, "200")),
        ("/only-get-405", (True, "200")),
        ("/only-get-403", (True, "200")),
        ("/only-get-501", (True, "200")),
        ("/403", (True, "403")),
        ("/429", (True, "429")),
        ("/404", (False, "404")),
        ("/410", (False, "410")),
        ("/500", (False, "500")),
        ("/loop", (False, "508")),
        ("/slow", (False, "timeout")),
        ("/private", (None, "robots.txt")),
        ("/å og ø", (True, "200")),
    ],
)
def test_what_the_other_end_answers_is_understood(elsewhere, fetcher, path, outcome):
    assert fetcher.ask(f"{elsewhere.origin}{path}") == outcome


def test_the_other_end_is_told_who_asks_and_reads_no_more_than_it_must(elsewhere, fetcher):
    fetcher.ask(f"{elsewhere.origin}/ok#part")
    assert [(method, path) for method, path, _agent in elsewhere.asked] == [
        ("GET", "/robots.txt"),
        ("HEAD", "/ok"),
    ]
    assert all("https://erasmus.test/" in agent for _method, _path, agent in elsewhere.asked)


@pytest.mark.parametrize(
    "address", ["http://blåbær.no:{port}/å", "http://me:secret@xn--blbr-roah.no:{port}/å"]
)
def test_a_name_with_norwegian_letters_is_asked_for_as_it_is_written_on_the_net(
    elsewhere, fetcher, monkeypatch, address
):
    """Such a server knows no other spelling, and would answer that there is no such page."""
    port = elsewhere.server_port
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **options: found)
    assert fetcher.ask(address.format(port=port)) == (True, "200")
    assert elsewhere.hosts == {f"xn--blbr-roah.no:{port}"}


def test_the_same_host_is_given_a_pause(elsewhere):
    pauses: list[float] = []
    fetcher = Fetcher("x", may_ask_private=True, pause=60, sleep=pauses.append)
    fetcher.ask(f"{elsewhere.origin}/ok")
    fetcher.ask(f"{elsewhere.origin}/404")
    assert len(pauses) == 3, "before each question but the first"
    assert all(0 < pause <= 60 for pause in pauses)


def test_nobody_answering_is_a_failure(fetcher, elsewhere):
    elsewhere.shutdown()
    elsewhere.server_close()
    for _time in range(2):
        assert fetcher.ask(f"{elsewhere.origin}/ok") == (False, "ConnectionRefusedError")


@pytest.mark.parametrize(
    "host",
    [
        *("127.0.0.1", "localhost", "[::1]", "10.0.0.1", "192.168.1.1", "169.254.169.254"),
        *("[::ffff:127.0.0.1]", "2130706433", "[fe80::1]", "100.64.0.1", "224.0.0.1", "0"),
    ],
)
def test_nothing_on_this_machine_or_its_network_is_asked(host, elsewhere):
    """An editor could make the server read what only it can reach."""
    port = elsewhere.server_port
    assert Fetcher("x").ask(f"http://{host}:{port}/ok") == (None, "private address")
    assert elsewhere.asked == []


@pytest.mark.parametrize(
    "number",
    [
        *("64:ff9b::127.0.0.1", "64:ff9b::10.0.0.1", "64:ff9b:1::1", "::127.0.0.1", "fec0::1"),
        *("2002:7f00:1::", "::ffff:10.0.0.1", "2001:0:7f00:1::", "ff0e::1", "fd00::1", "240.0.0.1"),
    ],
)
def test_an_address_that_a_gateway_would_take_for_one_of_ours_is_not_public(number):
    """Whoever runs a name server could point a name there."""
    assert not _is_public(number)


@pytest.mark.parametrize("number", ["192.0.66.2", "2a00:1450::1", "64:ff9b::192.0.66.2"])
def test_an_address_on_the_open_internet_is_public(number):
    assert _is_public(number)


@pytest.mark.parametrize("path", ["/trickle", "/robots.txt"])
def test_a_server_that_sends_a_byte_at_a_time_does_not_hold_the_check_up(
    elsewhere, fetcher, monkeypatch, path
):
    """One such link would keep all the others from being asked for."""
    elsewhere.trickles = path
    monkeypatch.setattr("pages.fetching.PATIENCE", 0.5)
    start = time.monotonic()
    assert fetcher.ask(f"{elsewhere.origin}/trickle") == (False, "timeout")
    assert time.monotonic() - start < 2
    elsewhere.trickles = ""


def test_a_host_that_asks_for_peace_is_left_alone(elsewhere, fetcher):
    """To ask on is to be shut out, and every link there would look dead."""
    assert fetcher.ask(f"{elsewhere.origin}/429") == (True, "429")
    asked = len(elsewhere.asked)
    assert fetcher.ask(f"{elsewhere.origin}/ok").is_alive is None
    assert len(elsewhere.asked) == asked


def test_a_redirect_inwards_is_not_followed(elsewhere, monkeypatch):
    monkeypatch.setattr("pages.fetching._is_public", lambda number: number == "127.0.0.1")
    assert Fetcher("x", pause=0).ask(f"{elsewhere.origin}/away") == (None, "private address")


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "ftp://a.no/", "mailto:a@b.no", "http://"]
)
def test_only_the_web_is_asked(fetcher, address):
    assert fetcher.ask(address).is_alive is None


def test_a_redirect_to_a_file_is_not_followed(elsewhere, fetcher):
    assert fetcher.ask(f"{elsewhere.origin}/file").is_alive is False


@pytest.mark.parametrize(
    "address", ["http://[", "http://a..b/", "http://\x00/", "https://" + "a" * 300]
)
def test_no_address_breaks_the_check(fetcher, address):
    assert not fetcher.ask(address).is_alive


# --- What is remembered --------------------------------------------------------------------


def days_ago(link, days: int) -> None:
    """Let time pass for a link."""
    link.refresh_from_db()
    link.checked_at -= timedelta(days=days)
    if link.failed_on:
        link.failed_on -= timedelta(days=days)
    link.save()


@pytest.fixture
def link(db):
    return Link.objects.create(address="https://a.no/")


FAILED, ANSWERED = Outcome(False, "404"), Outcome(True, "200")


def test_one_bad_day_is_no_death(link):
    link.note(FAILED)
    link.note(FAILED)
    assert (link.failures, link.is_dead) == (1, False)
    days_ago(link, 1)
    link.note(FAILED)
    assert link.is_dead
    days_ago(link, 7)
    link.note(ANSWERED)
    assert not link.is_dead


def test_an_address_is_asked_once_a_week_and_again_the_day_after_it_failed(link):
    def due() -> bool:
        return link in Link.objects.due()

    assert due()
    link.note(ANSWERED)
    assert not due()
    days_ago(link, 6)
    assert not due()
    days_ago(link, 1)
    assert due()
    link.note(FAILED)
    assert not due()
    days_ago(link, 1)
    assert due()
    link.note(FAILED)
    days_ago(link, 1)
    assert not due(), "what is dead is asked weekly"
    days_ago(link, 6)
    assert due()


def test_the_command_asks_elsewhere_and_remembers(elsewhere, settings, db, capsys):
    settings.LINK_CHECK_PRIVATE = True
    Source.objects.update(url="")
    for page in Page.objects.all():
        Section.objects.filter(page=page).delete()
    Page.objects.update(body_nb="", body_nn="", body_en="")
    Measure.objects.update(today_nb="", today_nn="", today_en="")
    for name in Measure.GUIDANCE:
        Measure.objects.update(**{f"{name}_{code}": "" for code in ("nb", "nn", "en")})
    Source.objects.create(
        title="Kilde", year=2026, checked_on="2026-01-01", url=f"{elsewhere.origin}/404"
    )
    call_command("check_links", external=True)
    link = Link.objects.get()
    assert (link.status, link.failures, link.is_dead) == ("404", 1, False)
    asked = len(elsewhere.asked)
    call_command("check_links", external=True)
    assert len(elsewhere.asked) == asked, "not twice on one day"
    days_ago(link, 1)
    with pytest.raises(CommandError, match="1 dead"):
        call_command("check_links", external=True)
    assert [dead.address for dead in dead_links()] == [f"{elsewhere.origin}/404"]
    assert "1 of 1" in capsys.readouterr().out


# --- In the admin --------------------------------------------------------------------------


@pytest.mark.ignore_template_errors
def test_the_list_shows_dead_links_first_and_where_to_mend_them(editor_client, goal):
    Section.objects.create(page=goal, body_nn=text_with("/finst-ikkje/"), position=1)
    html = editor_client.get(url(Link, "changelist")).content.decode()
    assert html.index("/finst-ikkje/") < html.index("https://erasmuspluss.no/")
    assert url(Page, "change", goal.pk) in html


@pytest.mark.ignore_template_errors
def test_who_deletes_a_page_is_told_who_links_to_it(editor_client, goal):
    page = make_page("Fra", body_nb=text_with("/mal-nb/"))
    form = url(Page, "change", page.pk)
    assert form in editor_client.get(url(Page, "delete", goal.pk)).content.decode()
    data = {"action": "delete_selected", "_selected_action": [goal.pk]}
    assert form in editor_client.post(url(Page, "changelist"), data).content.decode()
    editor_client.post(url(Page, "delete", goal.pk), {"post": "yes"})
    assert not Page.objects.filter(pk=goal.pk).exists()
