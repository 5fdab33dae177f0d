"""The page cache with the real server: two processes, and a shared cache before them."""

import getpass
import http.client
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests import services
from tests.browser.conftest import ROOT, Site

EDITS = 200
PATHS = {
    "nb": "/om-nettstedet/",
    "nn": "/nn/om-nettstaden/",
    "en": "/en/about/",
}
# Saves a number into a page's titles for each line it is given, and says when it is saved. Without the
# cards of the page, which would take most of the time: they have tests of their own.
EDITOR = """
import sys
from pages.discovery.sharing import postponed
from pages.models import Page
page = Page.objects.get(path_nb="om-nettstedet")
as_it_was = {f"title_{language}": getattr(page, f"title_{language}") for language in ("nb", "nn", "en")}
with postponed():
    for line in sys.stdin:
        for language in ("nb", "nn", "en"):
            setattr(page, f"title_{language}", f"{line.strip()} {language}")
        page.save()
        print("saved", flush=True)
Page.objects.filter(pk=page.pk).update(**as_it_was, outdated={})
"""

NGINX = """
daemon off; pid nginx.pid; worker_processes 1; user {user};
events {{ worker_connections 64; }}
http {{
  access_log off;
  proxy_cache_path cache keys_zone=pages:1m inactive=7d;
  client_body_temp_path t1; proxy_temp_path t2; fastcgi_temp_path t3; uwsgi_temp_path t4;
  scgi_temp_path t5;
  server {{
    listen 127.0.0.1:{port};
    location / {{
      proxy_pass {origin};
      proxy_set_header Host $http_host;
      proxy_cache pages;
      proxy_cache_revalidate on;
      proxy_cache_lock on;
      proxy_cache_use_stale error timeout http_500 http_502 http_503 http_504;
      proxy_cache_bypass $cookie_sessionid;
      proxy_no_cache $cookie_sessionid;
      add_header X-Cache $upstream_cache_status always;
    }}
  }}
}}
"""


def get(origin: str, path: str, connection=None, **headers: str) -> tuple[int, str, dict]:
    """Ask over HTTP; return the status, the text and the headers."""
    if connection is None:
        with closing(_connect(origin)) as own:
            return get(origin, path, own, **headers)
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    return answer.status, answer.read().decode(), dict(answer.getheaders())


def _connect(origin: str) -> http.client.HTTPConnection:
    return http.client.HTTPConnection(urlsplit(origin).netloc, timeout=20)


@contextmanager
def editor_of(site: Site) -> Iterator:
    """Give a function that has another process save a word into the page's titles."""
    process = subprocess.Popen(
        [sys.executable, "manage.py", "shell", "-v", "0", "-c", EDITOR],
        **{"cwd": ROOT, "env": site.environment, "text": True, "bufsize": 1},
        **{"stdin": subprocess.PIPE, "stdout": subprocess.PIPE},
    )

    def save(word: str) -> None:
        process.stdin.write(f"{word}\n")
        assert process.stdout.readline() == "saved\n"

    with process:
        yield save


@contextmanager
def load(origin: str) -> Iterator[list[int]]:
    """Ask for the pages again and again, from two threads; give the statuses."""
    stop, statuses = threading.Event(), []

    def ask():
        with closing(_connect(origin)) as connection:
            while not stop.is_set():
                statuses.extend(get(origin, path, connection)[0] for path in PATHS.values())
                # Leaves the machine some time for those who edit and look.
                stop.wait(0.01)

    threads = [threading.Thread(target=ask) for _thread in range(2)]
    for thread in threads:
        thread.start()
    try:
        yield statuses
    finally:
        stop.set()
        for thread in threads:
            thread.join(30)


def test_two_hundred_edits_are_each_seen_by_the_very_next_visitor(site):
    """An editor who has saved, looks, and sees the old text, saves again and loses trust."""
    with editor_of(site) as save, load(site.origin) as statuses:
        for number in range(EDITS):
            save(f"Utgave {number}")
            for language, path in PATHS.items():
                assert f"Utgave {number} {language}" in get(site.origin, path)[1]
    assert set(statuses) == {200}
    assert len(statuses) > EDITS


@pytest.fixture
def front(tmp_path):
    """Put nginx before an origin, as a stand-in for a content delivery network."""

    @contextmanager
    def before(origin: str) -> Iterator[str]:
        port = services.free_port()
        configuration = NGINX.format(port=port, origin=origin, user=getpass.getuser())
        with services.nginx(configuration, Path(tmp_path), port):
            yield f"http://127.0.0.1:{port}"

    return before


def test_a_shared_cache_asks_each_time_and_shows_pages_while_the_site_is_down(
    site, second_server, front
):
    path = PATHS["nb"]
    with editor_of(site) as save, second_server() as server, front(server.site.origin) as origin:
        save("Først")
        assert "Først" in get(origin, path)[1]
        _status, text, headers = get(origin, path)
        assert (headers["X-Cache"], "Først" in text) == ("REVALIDATED", True)
        save("Siden")
        assert "Siden" in get(origin, path)[1]
        server.kill()
        status, text, headers = get(origin, path)
        assert (status, headers["X-Cache"], "Siden" in text) == (200, "STALE", True)


def test_a_shared_cache_may_be_allowed_to_wait(site, second_server, front):
    path = PATHS["nb"]
    waiting = second_server(CDN_SECONDS="2")
    with editor_of(site) as save, waiting as server, front(server.site.origin) as origin:
        save("Først")
        get(origin, path)
        save("Siden")
        _status, text, headers = get(origin, path)
        assert (headers["X-Cache"], "Først" in text) == ("HIT", True)
        services.wait_for(lambda: "Siden" in get(origin, path)[1], "the new text")


def test_a_shared_cache_keeps_the_forms_of_a_page_apart(site, front):
    """A visitor would be shown the Markdown that an assistant asked for before them."""
    with front(site.origin) as origin:
        for accept in ("text/markdown", "text/html, */*;q=0.8") * 2:
            _status, _text, headers = get(origin, PATHS["nb"], Accept=accept)
            assert headers["Content-Type"].partition(";")[0] == accept.partition(",")[0]
        assert headers["X-Cache"] == "REVALIDATED"


def test_a_file_with_its_content_in_its_name_is_kept_for_a_year(site):
    text = get(site.origin, "/")[1]
    sheet = text.partition('rel="stylesheet" href="')[2].partition('"')[0]
    assert get(site.origin, sheet)[2]["Cache-Control"] == "max-age=315360000, public, immutable"
