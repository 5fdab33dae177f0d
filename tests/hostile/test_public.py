"""Every address that is not the editors', asked in every way: no fault, no talk, and a bounded cost."""

import pytest
from django.urls import reverse

from pages.models import Page
from pages.models.feedback import name_of
from tests.hostile.asking import MARKUP, WORDS, encoded, faults_of, routes

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

ACTION, MEASURE = (
    b"/for-skole-og-barnehage/mobilitet/",
    b"/for-skole-og-barnehage/mobilitet/hospitering-i-europa/",
)
# The one address that takes something from visitors.
FEEDBACK = b"/tilbakemelding/"
# An address for each way that a question takes: kept, found nowhere, led on, a file, the editors' door.
KINDS = (ACTION, b"/finnes-ikke", b"/EN/about", b"/robots.txt", b"/admin/konto/logg-inn/")
GIVEN_BODIES = (ACTION, FEEDBACK, b"/finnes-ikke", b"/admin/konto/logg-inn/")
# What is asked, and how often at the least: each test holds its own.
LEAST = {
    "the URL table": 1_000,
    "parameters": 500,
    **{f"headers for {path.decode()}": 250 for path in KINDS},
    **{f"bodies sent to {path.decode()}": 430 for path in GIVEN_BODIES},
}
TEXTS = tuple(word.decode("latin-1") for word in WORDS)


# The first question of a process finds out what is planned too, and one for a part that there is not looks
# for the page before it looks for what was meant.
COLD = 14


def note(record_property, what: str, asked: int) -> None:
    record_property("figure", f"Hostile requests, {what}: {asked}")
    assert asked >= LEAST[what]


def test_three_thousand_requests_are_sent():
    """The fewer there are, the more is left for strangers to find."""
    assert sum(LEAST.values()) >= 3_000


def is_editors(form: str) -> bool:
    return form.startswith("admin/")


def test_every_address_of_the_table_with_every_word(stranger, record_property):
    """Whatever is asked for by a stranger, an editor's address too, is answered with a page."""
    faults = []
    for route in routes():
        words = WORDS if route.gaps and not is_editors(route.form) else WORDS[2:7:4]
        for path in {route.filled(word) for word in words if route.gaps} or {route.filled(b"")}:
            answer = stranger.ask(path)
            faults += [(answer.asked, fault) for fault in faults_of(answer, COLD)]
            if answer.named("set-cookie") and not is_editors(route.form):
                faults.append((answer.asked, "a cookie"))
    assert faults == []
    note(record_property, "the URL table", stranger.asked)


@pytest.mark.parametrize(
    "path",
    [
        b"/" * 4_000,
        b"/nn" * 1_300,
        b"/en/nn/nb" * 400,
        b"/index.md" * 400,
        b"/" + b"index.md/" * 400,
        b"/for-skole-og-barnehage/" + b"mobilitet/" * 400,
        b"/" + b"-" * 4_000 + b"/",
        b"/" + b"mobi " * 800,
        b"//evil.example/%2f..",
        b"/\\evil.example",
        b"/en//evil.example",
        b"/EN//evil.example/about",
        b"/media/share/../../db.sqlite3",
        b"/media/renditions/../originals/x.png",
        b"/static/../erasmus_site/settings.py",
        b"/static/css/../../../../etc/passwd",
        b"/sitemap-pages-" + b"9" * 5_000 + b".xml",
        b"/lenke/auth.user/1/",
        b"/lenke/pages.page/999999999999999999/",
        b"/.env",
    ],
)
def test_an_address_made_to_cost_or_to_stray(stranger, path):
    for method in ("GET", "HEAD", "POST"):
        answer = stranger.ask(path, method=method)
        assert list(faults_of(answer, COLD)) == []
        assert answer.status in (301, 403, 404)


# What each page reads of its address.
READ = {
    ACTION: ("side",),
    ACTION + b"index.md": ("side",),
    b"/forhandsvisning/x/": ("language",),
    b"/EN/about": ("q",),
    FEEDBACK: ("page",),
    b"/kan-vi-soke/": ("who", "approved", "accredited", "grants", "want", "how"),
    b"/en/can-we-apply/index.md": ("who", "want"),
    b"/hva-gir-det/": ("from", "year", "1-kind", "1-people", "1-days", "1-to", "1-km", "1-country"),
    b"/hva-gir-det/ark-til-lederen/": ("reader", "deadline", "1-kind", "1-people"),
}


def test_every_parameter_and_every_form_that_is_sent_by_get(stranger, record_property):
    faults = []
    for path, names in READ.items():
        for word in WORDS:
            twice = encoded([(names[0], b"2"), (names[0], word)]) + b"&" * 200
            raw = names[0].encode() + b"=" + word
            for query in (raw, twice, encoded((name, word) for name in names)):
                answer = stranger.ask(path, query)
                faults += [(answer.asked, fault) for fault in faults_of(answer, COLD)]
    assert faults == []
    note(record_property, "parameters", stranger.asked)


HEADERS = {
    "ACCEPT": ("text/markdown;q=nan", "text/markdown;q=1e400,*/*", "*/*;" * 2_000),
    "ACCEPT_ENCODING": ("br;q=-1,gzip;q=x", "br;" * 2_000, "identity;q=0,*;q=0"),
    "ACCEPT_LANGUAGE": ("a-" * 4_000, "nb;q=" + "9" * 5_000, "*"),
    "IF_NONE_MATCH": ('W/"x",' * 1_000, '"', "*"),
    "IF_MODIFIED_SINCE": (
        "Mon, 99 Foo 99999 99:99:99 +9999",
        "Mon, 01 Jan 0001 00:00:00 +2400",
        "Sat, 31 Dec 9999 23:59:59 -2400",
    ),
    "RANGE": ("bytes=0-", "bytes=9-1,-5," * 500, "bytes=-" + "9" * 5_000),
    "HOST": ("127.0.0.1:8000:9", "[::1", "erasmus.test:99999999", "erasmus.test.", "evil.example"),
    "X_FORWARDED_HOST": ("evil.example",),
    "X_FORWARDED_FOR": ("1.2.3.4, " * 1_000, "[::ffff:1.2.3.4%eth0]:1"),
    "X_FORWARDED_PROTO": ("https,http", "javascript"),
    "COOKIE": (
        'sessionid="aaaaaaaaaa\\000"',
        'sessionid="aaaaaaaaaa\\355\\240\\200"',
        "sessionid=" + "a" * 5_000,
        'csrftoken=x; messages="\\000"',
        "editor_language=../../x",
        "a=b;" * 2_000,
    ),
    "REFERER": ("https://evil.example/", "http://["),
    "ORIGIN": ("null", "http://[", "https://evil.example"),
    "AUTHORIZATION": ("Basic \x80", "Bearer " + "a" * 5_000),
    "SEC_FETCH_MODE": ("navigate\x80",),
    "X_HTTP_METHOD_OVERRIDE": ("DELETE",),
    "EXPECT": ("100-continue",),
    "UPGRADE": ("websocket",),
}


@pytest.mark.parametrize("path", KINDS)
def test_every_header(stranger, path, record_property):
    faults = []
    for name, made in HEADERS.items():
        for value in (*made, *TEXTS[::4]):
            answer = stranger.ask(path, **{f"HTTP_{name}": value})
            faults += [(answer.asked, fault) for fault in faults_of(answer, COLD)]
    assert faults == []
    note(record_property, f"headers for {path.decode()}", stranger.asked)


METHODS = (
    *("POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PROPFIND"),
    *("GET ", "HACK", "G" * 500, "\xe6"),
)


@pytest.mark.parametrize("method", METHODS)
def test_every_method(stranger, method):
    """What changes nothing is all that a visitor may do; only the door and one form at the foot of pages
    take anything, and that form nothing but what it sends itself."""
    assert stranger.ask(FEEDBACK, method=method).status in (400, 405)
    for path in (*KINDS, b"/", b"/nytt.xml", b"/sitemap.xml", b"/llms.txt", MEASURE):
        answer = stranger.ask(path, method=method)
        assert list(faults_of(answer, COLD)) == []
        assert answer.status in (301, 302, 403, 404, 405) or path in (KINDS[2], KINDS[4])


def part(disposition: bytes, *more: bytes, content: bytes = b"x") -> bytes:
    head = b"\r\n".join([b"Content-Disposition: form-data; " + disposition, *more])
    return b"--x\r\n" + head + b"\r\n\r\n" + content + b"\r\n"


URLENCODED, MULTIPART = "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"
TYPES = (
    URLENCODED,
    f"{URLENCODED}; charset=utf-16",
    f"{URLENCODED}; charset=hex",
    "text/plain; charset=hex",
    "text/plain; charset=undefined",
    "text/plain; charset*=utf-8''%00",
    "text/plain; charset*=hex''x",
    "multipart/form-data",
    "multipart/form-data; boundary=",
    "multipart/form-data; boundary=\xe6",
    "multipart/form-data; boundary*=hex''x",
    f"multipart/form-data; boundary={'x' * 5_000}",
    f"{MULTIPART}; charset=hex",
    f"{MULTIPART}; charset=idna",
    MULTIPART,
    "application/json",
    "x" * 3_000,
    '"',
)
BODIES = (
    b"",
    b"\x00",
    b"&" * 6_000,
    b"a=b&" * 6_000,
    b"login=%00&password=%00",
    b"login=%ED%A0%80&password=x",
    b"login=" + MARKUP.encode() + b"&password=x",
    b"login=" + b"a" * 100_000 + b"&password=x",
    part(b'name="login"', content=b"\xff\x00"),
    part(b'name="login"')[:30],
    b"--x\r\n" * 200,
    part(b'name="f"; filename="a\x00/../../b"'),
    part(b"name=\"f\"; filename*=hex''%41", b"Content-Transfer-Encoding: base64", content=b"!!"),
    part(b"name=\"f\"; filename*=utf-8''%ED%A0%80", b"Content-Type: text/plain; charset=hex"),
    part(b'name="f"; filename="a"') * 150,
    part(b'name="f"', b"X: " + b"a" * 100_000),
)


@pytest.mark.parametrize("path", GIVEN_BODIES)
def test_every_body_as_every_type(stranger, path, record_property):
    faults = []
    for kind in TYPES:
        for body in BODIES:
            answer = stranger.ask(path, method="POST", body=body, CONTENT_TYPE=kind)
            faults += [(answer.asked, fault) for fault in faults_of(answer, COLD)]
        for length in ("-1", "0", "99999999"):
            lie = {"CONTENT_LENGTH": length, "CONTENT_TYPE": kind}
            for method in ("GET", "PUT", "OPTIONS"):
                answer = stranger.ask(path, b"side=2", method=method, body=b"a=b", **lie)
                faults += [(answer.asked, fault) for fault in faults_of(answer, COLD)]
    assert faults == []
    note(record_property, f"bodies sent to {path.decode()}", stranger.asked)


@pytest.mark.parametrize("name", ["account_login", "mfa_login_webauthn", "mfa_authenticate"])
def test_every_word_at_the_door(stranger, name):
    """Past the check for forgery, with a token as anyone can fetch it; and led to no other site."""
    token = "a" * 32
    fields = ("csrfmiddlewaretoken", "login", "password", "code", "credential", "next")
    own = {"HTTP_COOKIE": f"csrftoken={token}", "HTTP_REFERER": "https://erasmus.test/"}
    path = reverse(name).encode()
    for word in WORDS:
        values = dict.fromkeys(fields, word) | {fields[0]: token.encode()}
        query, form = encoded([("next", word)]), encoded(values.items())
        answer = stranger.ask(path, query, "POST", form, CONTENT_TYPE=URLENCODED, **own)
        assert answer.status != 403
        assert list(faults_of(answer, COLD)) == [], word[:100]


def test_every_word_at_the_foot_of_a_page(stranger):
    """As the form sends it, and with what no form can: nothing comes back, nothing is led away."""
    page = name_of(Page.objects.get(code="about")).encode()
    for word in WORDS:
        for name in ("page", "helpful", "comment", "homepage", "csrfmiddlewaretoken"):
            values = {"page": page, "helpful": b"yes", "comment": b"", name: word}
            form = encoded(values.items())
            answer = stranger.ask(FEEDBACK, method="POST", body=form, CONTENT_TYPE=URLENCODED)
            assert answer.status in (303, 404, 413, 422, 429), (name, word[:80])
            assert list(faults_of(answer, COLD)) == [], (name, word[:80])
            assert not answer.named("set-cookie")
