"""What every kind of answer says of itself where the public is: with TLS, behind a proxy."""

import json
import os
import shutil
import subprocess
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.conf import settings

from tests.crawling import Reader
from tests.hostile.public import HOST, environment, manage
from tests.services import NPM_PACKAGES, free_port, missing, nginx, npm_file

MEASURE = "/for-skole-og-barnehage/mobilitet/hospitering-i-europa/"
# Kind: address and status.
KINDS = {
    "home": ("/", 200),
    "measure": (MEASURE, 200),
    "Markdown": (f"{MEASURE}index.md", 200),
    "not found": ("/finnes-ikke/", 404),
    "redirect": ("/EN/about", 301),
    "style": ("/static/css/base.css", 200),
    "icon": ("/favicon.ico", 200),
    "feed": ("/nytt.xml", 200),
    "sitemap": ("/sitemap.xml", 200),
    "manifest": ("/site.webmanifest", 200),
    "llms.txt": ("/llms.txt", 200),
    "robots.txt": ("/robots.txt", 200),
    "gone": ("/var-her/", 410),
    "gone, Markdown": ("/var-her/index.md", 410),
    "picture": ("/media/renditions/0123456789abcdef-wide-320.webp", 200),
    "no picture": ("/media/renditions/0123456789abcdef-wide-640.webp", 404),
    "the admin, shut": ("/admin/", 302),
    "signing in": ("/admin/konto/logg-inn/", 200),
    "a form refused": ("/admin/konto/logg-ut/", 405),
}
FILES = ("style", "icon")
# What an editor sees who has signed in.
EDITORS = (
    *(
        "/admin/",
        "/admin/pages/page/",
        "/admin/pages/page/add/",
        "/admin/programmes/measure/1/change/",
    ),
    *("/admin/pages/image/", "/admin/pages/page/3/history/", "/admin/veiledning/", "/admin/konto/"),
    *("/stil/", "/om-nettstedet/", "/finnes-ikke/"),
)
# A page that is no more, a picture's file, and an editor who has shown a second factor.
MAKE = """
from types import SimpleNamespace
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import User
from django.contrib.sessions.backends.db import SessionStore
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from erasmus_site.door import sessions
from pages.models import Page

now = timezone.now()
Page.objects.create(title_nb="Var her", publish_at=now, withdraw_at=now)
default_storage.save("renditions/0123456789abcdef-wide-320.webp", ContentFile(b"RIFF"))
user = User.objects.create_superuser("redaktor")
session = SessionStore()
sessions.begin(SimpleNamespace(session=session))
session[SESSION_KEY], session[sessions._ADDED_FACTOR] = str(user.pk), user.pk
session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
session[HASH_SESSION_KEY] = user.get_session_auth_hash()
session.save()
print(session.session_key)
"""
ALWAYS = {
    "strict-transport-security": "max-age=63072000",
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
PAGES = {"x-frame-options": "DENY"}


@pytest.fixture(scope="module")
def session(public_data) -> str:
    """The cookie of an editor who has signed in."""
    made = manage(environment(public_data), "shell", "--no-imports", "-c", MAKE)
    assert made.returncode == 0, made.stderr
    return f"sessionid={made.stdout.strip()}"


@pytest.fixture(scope="module")
def reader(public, session):
    found = Reader(f"http://127.0.0.1:{public}")
    yield found
    found.close()


def ask(reader, path: str, method: str = "GET", **headers: str):
    return reader.ask(path, method, **{"Host": HOST, "X_Forwarded_Proto": "https", **headers})


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_answer_has_its_headers(reader, kind):
    path, status = KINDS[kind]
    answer = ask(reader, path)
    assert answer.status == status
    assert ALWAYS.items() <= answer.headers.items()
    # Of no use on what is no page, and a tenth of what a first visit would fetch.
    is_page = answer.kind == "text/html"
    assert ("camera=()" in answer.headers.get("permissions-policy", "")) == is_page
    assert "access-control-allow-origin" not in answer.headers
    if kind not in FILES:
        policy = answer.headers["content-security-policy"]
        assert PAGES.items() <= answer.headers.items()
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
    assert ("set-cookie" in answer.headers) == (kind == "signing in")


@pytest.mark.parametrize("path", EDITORS)
def test_an_editors_pages_have_their_headers(reader, session, path):
    """A script that somebody smuggled into a text would run with the rights of whoever reads it."""
    answer = ask(reader, path, Cookie=session)
    assert answer.status == (404 if path == "/finnes-ikke/" else 200)
    assert {**ALWAYS, **PAGES}.items() <= answer.headers.items()
    assert {"private", "no-cache"} <= set(answer.headers["cache-control"].split(", "))
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert ("script-src" in policy) == path.startswith("/admin/")
    assert "camera=()" in answer.headers["permissions-policy"]
    assert "access-control-allow-origin" not in answer.headers


def test_cookies_are_for_tls_alone_and_hosts_are_known(reader):
    cookie = ask(reader, "/admin/konto/logg-inn/").headers["set-cookie"]
    assert "Secure" in cookie
    assert "SameSite=Lax" in cookie
    for path in ("/", "/admin/konto/logg-inn/", "/finnes-ikke/"):
        assert ask(reader, path, Host="evil.example").status == 400
        assert ask(reader, path, Host=f"{HOST}@evil.example").status == 400
    plain = ask(reader, "/om-nettstedet/", X_Forwarded_Proto="http")
    assert plain.status == 301
    assert plain.headers["location"] == f"https://{HOST}/om-nettstedet/"


def test_the_deployment_check_has_nothing_to_say(tmp_path):
    """Only the two that are silenced: whether HSTS binds subdomains is the operator's choice."""
    own = environment(tmp_path)
    assert manage(own, "check", "--deploy", "--fail-level", "WARNING").returncode == 0
    assert settings.SILENCED_SYSTEM_CHECKS == ["security.W005", "security.W021"]
    script = (
        "from django.conf import settings as s; print(s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE,"
        "s.LANGUAGE_COOKIE_SECURE, s.SESSION_COOKIE_HTTPONLY, s.SESSION_COOKIE_SAMESITE)"
    )
    assert manage(own, "shell", "--no-imports", "-c", script).stdout.strip() == "True " * 4 + "Lax"


# --- The HTTP Observatory -------------------------------------------------------------------------

NGINX = """
pid {folder}/nginx.pid; daemon off; events {{}}
http {{
  access_log off; client_body_temp_path {folder}/a; proxy_temp_path {folder}/b;
  fastcgi_temp_path {folder}/c; uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
  server {{
    listen 127.0.0.1:{http}; listen 127.0.0.1:{https} ssl;
    ssl_certificate {folder}/certificate.pem; ssl_certificate_key {folder}/key.pem;
    location / {{
      proxy_pass http://127.0.0.1:{site};
      proxy_set_header Host $host; proxy_set_header X-Forwarded-Proto $scheme;
      proxy_set_header X-Forwarded-For $remote_addr;
    }}
  }}
}}
"""


def write_certificate(folder) -> None:
    """Write a certificate of HOST, signed by itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    encoding = serialization.Encoding.PEM
    (folder / "certificate.pem").write_bytes(certificate.public_bytes(encoding))
    private = (serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "key.pem").write_bytes(key.private_bytes(encoding, *private))


@pytest.fixture(scope="module")
def tls(public, tmp_path_factory):
    """The folder of a web server's certificate, and its ports without and with TLS."""
    folder, http, https = tmp_path_factory.mktemp("tls"), free_port(), free_port()
    write_certificate(folder)
    configuration = NGINX.format(folder=folder, http=http, https=https, site=public)
    with nginx(configuration, folder, https):
        yield folder, http, https


@pytest.mark.parametrize(
    ("kind", "path"),
    [("home", ""), ("a measure", MEASURE), ("signing in", "/admin/konto/logg-inn/")],
)
def test_the_observatory_gives_its_best_grade(tls, kind, path, record_property):
    """What anyone who looks us up there would read."""
    npm_file("@mdn/mdn-http-observatory/src/index.js")
    if shutil.which("node") is None:
        missing("Node", "apt-get install nodejs npm")
    folder, http, https = tls
    command = [
        "node",
        str(NPM_PACKAGES.parent / "observatory.mjs"),
        HOST + path,
        str(http),
        str(https),
    ]
    trusted = {**os.environ, "NODE_EXTRA_CA_CERTS": str(folder / "certificate.pem")}
    said = subprocess.run(command, env=trusted, capture_output=True, text=True, timeout=60)
    assert said.returncode == 0, said.stderr
    judged = json.loads(said.stdout)
    record_property("figure", f"HTTP Observatory, {kind}: {judged['grade']}, {judged['score']}")
    assert (judged["grade"], judged["status"], judged["failed"]) == ("A+", 200, [])
