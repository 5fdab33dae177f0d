"""What a real server tells of its requests in the log, and what it keeps to itself."""

import socket
from contextlib import contextmanager

import pytest

from erasmus_site.operation import counts
from erasmus_site.operation.requests import Traced
from tests.erasmus_site.operation.watching import ask
from tests.services import wait_for

ID = "fra-en-proxy-0001"


@pytest.fixture
def line_of(running):
    """Return the line that tells of a request with an id, waited for: it is written after the answer."""

    def find(request: str, logger: str = "erasmus_site.access") -> dict:
        def found() -> list[dict]:
            lines = running.lines()
            return [e for e in lines if e.get("request") == request and e["logger"] == logger]

        wait_for(lambda: bool(found()), f"a line of {request}")
        return found()[0]

    return find


def test_a_request_is_told_with_its_figures_and_nothing_of_the_visitor(running, line_of):
    address = f"{running.site.origin}/nn/?navn=Kari+Normann&epost=kari%40skole.no"
    private = {"Cookie": "navn=kari", "User_Agent": "Karis nettlesar", "Referer": "https://kari.no"}
    answer = ask(address, X_Request_ID=ID, X_Forwarded_For="203.0.113.7", **private)
    assert answer.headers.get_all("X-Request-ID") == [ID]
    line = line_of(ID)
    assert (line["method"], line["path"], line["status"]) == ("GET", "/nn/", 200)
    assert line["queries"] > 0 and line["ms"] >= line["slowest_query_ms"] > 0
    ask(f"{running.site.origin}/kari@skole.no/")
    text = running.log.read_text().lower()
    for word in ("kari", "normann", "skole.no", "203.0.113", "nettlesar", "127.0.0.1 "):
        assert word not in text


def test_a_picture_is_no_event(running, line_of):
    """A page brings a dozen along: what matters would drown in them."""
    picture = running.folder / "media" / "renditions" / f"{'0' * 16}-whole-480.webp"
    picture.parent.mkdir(exist_ok=True)
    picture.write_bytes(b"a picture")
    assert ask(f"{running.site.origin}/media/renditions/{picture.name}").text == "a picture"
    ask(f"{running.site.origin}/nn/om-nettstaden/", X_Request_ID="etter-bildet")
    line_of("etter-bildet")
    assert picture.name not in running.log.read_text()


def test_an_id_of_anybodys_making_is_not_taken_over(running):
    """It would be written into the log and into the answer."""
    for given in ("kort", "x" * 65, "to ord her", "<script>alert</script>", ""):
        told = ask(f"{running.site.origin}/", X_Request_ID=given).headers["X-Request-ID"]
        assert told != given and len(told) == 16


def test_a_stored_page_has_no_id_of_another_request(running):
    first = ask(f"{running.site.origin}/en/")
    second = ask(f"{running.site.origin}/en/")
    assert first.text == second.text
    ids = [answer.headers.get_all("X-Request-ID") for answer in (first, second)]
    assert len(ids[0]) == len(ids[1]) == 1 and ids[0] != ids[1]


def test_a_slow_query_is_told_without_what_it_asks_for(running, line_of):
    before = running.status()["slow_queries"]["facts"]["since_start"]
    ask(f"{running.site.origin}/om-nettstedet/", X_Request_ID="treg-sporring")
    line = line_of("treg-sporring", "erasmus_site.queries")
    assert line["sql"].startswith("SELECT") and line["ms"] > 0
    asked = [each["sql"] for each in running.lines() if "sql" in each]
    assert any("%s" in sql for sql in asked)
    assert not any("om-nettstedet" in sql for sql in asked)
    assert running.status()["slow_queries"]["facts"]["since_start"] > before


@contextmanager
def table_gone(running, table: str):
    running.change(f"ALTER TABLE {table} RENAME TO {table}_gone")
    try:
        yield
    finally:
        running.change(f"ALTER TABLE {table}_gone RENAME TO {table}")


def test_a_fault_is_one_line_with_its_traceback_and_is_counted(running, line_of):
    before = running.status()["errors"]["facts"]["last_day"]
    with table_gone(running, "programmes_action"):
        answer = ask(f"{running.site.origin}/kontakt/?navn=Per", X_Request_ID="en-feil-her")
    assert answer.status == 500
    line = line_of("en-feil-her", "django.request")
    assert line["level"] == "ERROR" and "no such table" in line["trace"]
    told = running.status()["errors"]
    assert told["facts"]["last_day"] == before + 1 and told["needs_hand"]


def test_gunicorn_speaks_in_the_same_form_and_tells_no_more(running):
    """What it cannot read may be anything, a cookie with somebody's name included."""
    port = int(running.site.origin.rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port), timeout=20) as visitor:
        visitor.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nCo okie: navn=per\r\n\r\n")
        assert b"400" in visitor.recv(100)
    wait_for(
        lambda: any(line["message"] == "Invalid request" for line in running.lines()), "the line"
    )
    assert "per" not in [line["message"] for line in running.lines()][-1]
    assert "Listening at" in running.log.read_text()


def test_what_fails_before_django_is_counted_and_still_fails(settings, tmp_path):
    settings.DATA_DIR = tmp_path

    def application(environ, start_response):
        raise RuntimeError("the cache is gone")

    with pytest.raises(RuntimeError):
        Traced(application)({}, None)
    assert counts.of(counts.ERRORS).last_day == 1
