"""A Sentry is told of the code's side of a fault, and of nobody's data."""

import json
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import brotli
import pytest

from tests.command import ROOT, environment, refuse, succeed

# A page that fails, asked for by somebody with a name. PageCache and Django as they are served.
SCRIPT = """
import io, sys
from erasmus_site.wsgi import application
from erasmus_site import views

def fail(request):
    name = "Kari Normann"
    raise ValueError(f"kari@skole.no is not known")

from django.urls import path
import erasmus_site.urls as urls
urls.urlpatterns.insert(0, path("feil/", fail))
environ = {
    "REQUEST_METHOD": "GET", "PATH_INFO": "/feil/", "QUERY_STRING": "navn=Kari", "SCRIPT_NAME": "",
    "SERVER_NAME": "localhost", "SERVER_PORT": "80", "HTTP_HOST": "localhost", "REMOTE_ADDR": "203.0.113.7",
    "HTTP_COOKIE": "navn=Kari", "HTTP_USER_AGENT": "Karis nettleser", "HTTP_X_REQUEST_ID": "feilen-0001",
    "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(), "wsgi.errors": sys.stderr,
}
list(application(environ, lambda status, headers, exc_info=None: print(status)))
import sentry_sdk
sentry_sdk.flush(20)
"""


def run(tmp_path, script: str, **settings: str):
    named = {"DJANGO_SETTINGS_MODULE": "tests.settings_unhashed", **settings}
    return subprocess.run(
        [sys.executable, "-c", script],
        **{
            "cwd": ROOT,
            "env": environment(tmp_path, **named),
            "capture_output": True,
            "text": True,
        },
    )


@pytest.fixture
def sentry():
    """A server that takes what a Sentry is sent. Gives its port and the bodies that came."""
    bodies: list[str] = []

    class Taker(BaseHTTPRequestHandler):
        def do_POST(self):
            data = self.rfile.read(int(self.headers["Content-Length"]))
            assert self.headers["Content-Encoding"] == "br"
            bodies.append(brotli.decompress(data).decode())
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"{}")

        def log_message(self, *arguments):
            pass

    server = HTTPServer(("127.0.0.1", 0), Taker)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server.server_port, bodies
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_fault_is_told_without_anything_of_the_visitor(tmp_path, sentry):
    port, bodies = sentry
    succeed(tmp_path, "migrate", "-v", "0")
    answer = run(tmp_path, SCRIPT, SENTRY_DSN=f"http://key@127.0.0.1:{port}/1")
    assert answer.stdout.startswith("500"), answer.stderr
    events = [json.loads(body.splitlines()[2]) for body in bodies]
    assert len(events) == 1, bodies
    event = events[0]
    assert event["exception"]["values"][-1]["type"] == "ValueError"
    assert event["request"] == {"method": "GET", "url": "http://localhost/feil/"}
    assert event["tags"]["request"] == "feilen-0001"
    for word in ("Kari", "kari@", 'Normann"', "203.0.113", "nettleser"):
        told = json.dumps({**event, "exception": _without_source(event["exception"])})
        assert word not in told


def _without_source(exception: dict) -> dict:
    """The lines of code around a fault are the site's own."""
    return {"values": [{**value, "stacktrace": None} for value in exception["values"]]}


@pytest.mark.parametrize("dsn", ["tull", "https://sentry.example.no/1", "ftp://key@a.no/1"])
def test_a_wrong_address_is_told_in_a_sentence(tmp_path, dsn):
    assert "SENTRY_DSN is not an address" in refuse(tmp_path, "check", SENTRY_DSN=dsn)


def test_a_missing_package_is_told_with_what_brings_it(tmp_path):
    script = (
        "import sys; sys.modules['sentry_sdk'] = None;"
        "from django.core.management import execute_from_command_line as execute;"
        "execute(['manage.py', 'check'])"
    )
    answer = run(tmp_path, script, SENTRY_DSN="https://key@sentry.example.no/1")
    assert answer.returncode != 0
    assert "`make scale`" in answer.stderr.splitlines()[-1]


def test_without_an_address_the_package_is_not_even_loaded(tmp_path):
    script = "import sys, django; django.setup(); print('sentry_sdk' in sys.modules)"
    assert run(tmp_path, script).stdout.strip() == "False"
