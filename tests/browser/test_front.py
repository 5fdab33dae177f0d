"""The web servers of `deploy/`, with the very files that operators copy, in front of the real site."""

import contextlib
import getpass
import http.client
import json
import re
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests import services
from tests.browser.conftest import ROOT

HOST = "erasmus.example.no"
# What Debian's own nginx.conf holds around a site's file.
NGINX = """
daemon off; pid nginx.pid; worker_processes 1; user {user};
events {{ worker_connections 256; }}
http {{
  client_body_temp_path t1; proxy_temp_path t2; fastcgi_temp_path t3; uwsgi_temp_path t4;
  scgi_temp_path t5;
  ssl_protocols TLSv1 TLSv1.1 TLSv1.2 TLSv1.3; ssl_prefer_server_ciphers on; gzip on;
  {site}
}}
"""
CADDY_HERE = "admin off\n\tauto_https disable_redirects\n\tservers {"


class Front:
    """A web server with TLS, at a port of this machine."""

    def __init__(self, port: int):
        self.port = port

    def ask(self, path: str, method="GET", body=None, **headers: str):
        """Return status, headers and body; a name's underscores stand for dashes."""
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        connection = http.client.HTTPSConnection(
            "127.0.0.1", self.port, timeout=30, context=context
        )
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            connection.putrequest(method, path, skip_accept_encoding=True)
            for name, value in ({"Content-Length": str(len(body))} if body else {}).items():
                connection.putheader(name, value)
            for name, value in named.items():
                connection.putheader(name, value)
            connection.endheaders()
            if body:
                # Whoever refuses it may hang up before it is sent; what was said first can still be read.
                with contextlib.suppress(OSError):
                    connection.send(body)
            answer = connection.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read()
        finally:
            connection.close()


@pytest.fixture(scope="module")
def certificate(tmp_path_factory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("certificate")
    files = folder / "fullchain.pem", folder / "privkey.pem"
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
    subprocess.run(
        [*command, "-nodes", "-subj", f"/CN={HOST}", "-out", files[0], "-keyout", files[1]],
        check=True,
        capture_output=True,
    )
    return files


@contextmanager
def nginx(origin: str, folder: Path, certificate: tuple[Path, Path]) -> Iterator[Front]:
    port, plain = services.free_port(), services.free_port()
    site = (ROOT / "deploy" / "nginx.conf").read_text()
    for pattern, here in {
        r"listen \[::\].*\n": "\n",
        r"listen 80;": f"listen 127.0.0.1:{plain};",
        r"listen 443 ": f"listen 127.0.0.1:{port} ",
        r"127\.0\.0\.1:8000": origin.removeprefix("http://"),
        r"/var/lib/nginx/erasmus": str(folder / "cache"),
        r"/var/log/nginx": str(folder),
        rf"/etc/letsencrypt/live/{re.escape(HOST)}": str(certificate[0].parent),
    }.items():
        site, found = re.subn(pattern, here, site)
        assert found, pattern
    configuration = NGINX.format(user=getpass.getuser(), site=site)
    with services.nginx(configuration, folder, port):
        yield Front(port)


@contextmanager
def caddy(origin: str, folder: Path, certificate: tuple[Path, Path]) -> Iterator[Front]:
    port = services.free_port()
    text = (ROOT / "deploy" / "Caddyfile").read_text()
    text = text.replace("servers {", CADDY_HERE, 1)
    text = text.replace(
        "\trequest_body {", f"\ttls {certificate[0]} {certificate[1]}\n\trequest_body {{"
    )
    where = {"SITE_HOST": f"https://127.0.0.1:{port}", "UPSTREAM": urlsplit(origin).netloc}
    with services.caddy(text, folder, port, **where):
        yield Front(port)


SERVERS = pytest.mark.parametrize("server", [nginx, caddy], ids=["nginx", "Caddy"])


def _of_the_site(headers) -> dict[str, str]:
    """Leave out what each server says for itself, and the second in which a page was first seen."""
    own = {"date", "server", "connection", "alt-svc", "x-accel-expires", "last-modified"}
    # Each request has one of its own.
    own.add("x-request-id")
    return {name.lower(): value for name, value in headers if name.lower() not in own}


@SERVERS
def test_pages_and_pictures_reach_visitors_as_the_site_sends_them(
    server, site, tmp_path, certificate
):
    """A web server that compresses, keeps or adds on its own would break what the site promises."""
    picture = next((Path(site.environment["DATA_DIR"]) / "media/renditions").iterdir())
    with (
        contextlib.closing(http.client.HTTPConnection(urlsplit(site.origin).netloc)) as own,
        server(site.origin, tmp_path, certificate) as front,
    ):
        for path in (
            "/",
            "/nn/",
            "/finnes-ikke/",
            "/robots.txt",
            f"/media/renditions/{picture.name}",
        ):
            own.request("GET", path, headers={"Accept-Encoding": "gzip, br", "Host": "127.0.0.1"})
            answer = own.getresponse()
            sent = answer.status, _of_the_site(answer.getheaders()), answer.read()
            status, headers, body = front.ask(path, Accept_Encoding="gzip, br")
            assert (status, _of_the_site(headers.items()), body) == sent, path
            assert not re.search(r"\d", headers.get("Server", "")), "tells its version"


@SERVERS
def test_no_original_and_no_file_of_the_machine_is_had_through_the_front(
    server, site, tmp_path, certificate
):
    """An original may tell where a child was photographed."""
    data = Path(site.environment["DATA_DIR"])
    original = next((data / "media/originals").iterdir()).name
    picture = next((data / "media/renditions").iterdir()).name
    with server(site.origin, tmp_path, certificate) as front:
        for path in (
            f"/media/originals/{original}",
            f"/media/renditions/../originals/{original}",
            f"/media/renditions/..%2foriginals/{original}",
            f"/media/renditions/%2e%2e/originals/{original}",
            "/media/",
            "/media/renditions/",
            "/db.sqlite3",
            "/.env",
            "/static/../db.sqlite3",
        ):
            status, _headers, body = front.ask(path)
            assert status in {301, 308, 400, 404}, path
            assert b"SQLite" not in body and b"RIFF" not in body[:4], path
        status, headers, _body = front.ask(f"/media/renditions/{picture}")
        assert (status, headers["X-Content-Type-Options"]) == (200, "nosniff")
        assert headers["Content-Type"] in {"image/avif", "image/webp"}
        assert "default-src 'none'" in headers["Content-Security-Policy"]


class _Echo(BaseHTTPRequestHandler):
    def do_GET(self):
        body = json.dumps({name.lower(): value for name, value in self.headers.items()}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self):
        """Answer only when all has come that was promised."""
        promised = int(self.headers["Content-Length"])
        if len(self.rfile.read(promised)) == promised:
            self.do_GET()

    def log_message(self, *_arguments):
        """Say nothing."""


@pytest.fixture
def echo():
    """The origin of a server that answers with the headers it is sent."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Echo)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@SERVERS
def test_the_site_is_told_who_asks_and_how_and_no_visitor_can_lie_about_it(
    server, echo, tmp_path, certificate
):
    """Whoever could write an address of their own would have as many tries at a password as they like."""
    with server(echo, tmp_path, certificate) as front:
        lies = {"X_Forwarded_For": "192.0.2.6", "X_Forwarded_Proto": "http", "X_Request_ID": "lie"}
        told = json.loads(front.ask("/", **lies)[2])
        again = json.loads(front.ask("/", **lies)[2])
    assert told["host"] == f"127.0.0.1:{front.port}"
    assert told["x-forwarded-for"] == "127.0.0.1"
    assert told["x-forwarded-proto"] == "https"
    assert told["x-request-id"] not in {"lie", again["x-request-id"]}


@SERVERS
def test_a_picture_from_a_camera_is_let_through_and_a_film_is_not(
    server, echo, tmp_path, certificate
):
    with server(echo, tmp_path, certificate) as front:
        assert front.ask("/", "POST", b"x" * 26_000_000)[0] == 200
        # 502: Caddy counts while it passes on, and hangs up on the site when it has counted enough.
        assert front.ask("/", "POST", b"x" * 33_000_000)[0] in {413, 502}


def test_the_log_of_nginx_tells_neither_who_asked_nor_what_they_looked_for(
    site, tmp_path, certificate
):
    """An address with what someone searched for is personal data, which then must be looked after."""
    with nginx(site.origin, tmp_path, certificate) as front:
        front.ask("/?sok=hemmelig", Referer="https://example.no/")
        front.ask("/forhandsvisning/et-langt-hemmelig-ord/")
        log = tmp_path / "erasmus.log"
        services.wait_for(lambda: log.exists() and log.read_text().count("\n") == 2, "the log")
    text = log.read_text()
    assert "GET / 200" in text
    assert "GET /forhandsvisning/... 404" in text
    for secret in ("127.0.0.1", "hemmelig", "example.no"):
        assert secret not in text


def test_a_picture_that_was_withdrawn_is_not_kept_for_a_year_by_nginx():
    """Browsers may keep it that long; a cache of ours would go on showing it to everybody."""
    text = (ROOT / "deploy" / "nginx.conf").read_text()
    media = text.partition("location /media/ {")[2].partition("}")[0]
    assert "proxy_ignore_headers Cache-Control;" in media
    assert "proxy_cache_valid 200 10m;" in media
