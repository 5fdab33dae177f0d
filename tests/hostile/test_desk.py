"""The editors' forms, lists and uploads, given what no editor's browser gives them."""

import io
import struct
import zipfile
import zlib

import pytest
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from pages.models import Image, Page
from pages.xliff import NAMESPACE
from tests.factories import make_page, picture_bytes
from tests.hostile.asking import MARKUP, WORDS
from tests.pages.test_admin import WORDS as IMAGE_WORDS
from tests.pages.test_admin import form_data, url

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

TEXTS = [word.decode(errors="replace") for word in WORDS if len(word) < 5_000]


def faults_of(answer) -> list[str]:
    body = b"" if answer.streaming else answer.content
    talk = (MARKUP.encode(), b"Traceback", b'File "/', b"site-packages", b"sqlite3", b"psycopg")
    return [word.decode() for word in talk if word in body] + (
        [str(answer.status_code)] if answer.status_code >= 500 else []
    )


FILTERS = (
    *("q", "o", "p", "all", "e", "_to_field", "_popup", "_changelist_filters", "id__exact"),
    *("title", "use", "caption", "language", "parent__id__exact", "made_by__exact", "groups__id"),
    *("created_at__gte", "publish_at__gte", "last_login__lt", "password__startswith", "pk__in"),
)
VALUES = ("\0", "æ", MARKUP, "9" * 19, "9" * 5_000, "-1", "0001-01-01", "1.2.-3", "%'\"\\_")


@pytest.mark.parametrize("model", admin.site._registry, ids=lambda model: model.__name__)
def test_every_list_with_every_filter(editor_client, model, record_property):
    """A number beyond all that a database knows was answered with a 500."""
    address, asked = url(model, "changelist"), 0
    for name in FILTERS:
        for value in VALUES[:: 1 if name in ("q", "made_by__exact") else 2]:
            asked += 1
            assert faults_of(editor_client.get(address, {name: value})) == [], (name, value[:40])
    for key in ("\0", "9" * 30, "_5F", "-1", "a" * 300):
        for form in ("change", "history", "delete"):
            asked += 1
            assert faults_of(editor_client.get(url(model, form, key))) == [], (form, key[:40])
    record_property("figure", f"Hostile requests, list of {model.__name__}: {asked}")


PROSE = {
    "nested": "<div>" * 15_000,
    "lists": "<ul><li>" * 10_000,
    "broken": "<p><strong></p></em>" * 2_000 + "<",
    "script": f"<p>Hei{MARKUP}<script>alert(1)</script><style>*{{}}</style></p>",
    "links": '<p><a href="javascript:alert(1)">a</a><a href="data:text/html,x">b</a></p>',
    "attributes": "<p " + "a=b " * 20_000 + ">",
    "signs": "&" * 20_000,
    "long": "x" * 1_000_000,
    "controls": "<p>\0\x1b\ufffe\u202e</p>",
}


@pytest.mark.parametrize("name", PROSE)
def test_every_text_in_the_prose_of_every_language(editor_client, client, name):
    """A text of a million tags kept a server's process busy for hours; now the form says what to do."""
    page = make_page()
    form = form_data(editor_client.get(url(Page, "change", page.pk)))
    form |= {f"body_{code}": PROSE[name] for code in ("nb", "nn", "en")}
    answer = editor_client.post(url(Page, "change", page.pk), {**form, "_publish": "1"})
    assert answer.status_code in (200, 302)
    if name in ("nested", "lists", "long"):
        assert "del den opp" in answer.content.decode()
    shown = client.get(page.get_absolute_url()).content.decode()
    assert not any(evil in shown for evil in (MARKUP, "<script>alert", "javascript:", "data:text"))


def test_every_word_in_every_field(editor_client, record_property):
    page, asked = make_page(), 0
    form = form_data(editor_client.get(url(Page, "change", page.pk)))
    for text in TEXTS:
        filled = {name: text if type(value) is str else value for name, value in form.items()}
        answer = editor_client.post(url(Page, "change", page.pk), filled)
        assert faults_of(answer) == [], text[:80]
        words = {
            name: text if name.startswith(("title", "body", "seo", "slug")) else value
            for name, value in form.items()
        }
        answer = editor_client.post(url(Page, "change", page.pk), words | {"_draft": "1"})
        assert faults_of(answer) == [], text[:80]
        shown = editor_client.get(url(Page, "change", page.pk))
        assert faults_of(shown) == [], text[:80]
        asked += 3
    record_property("figure", f"Hostile requests, words in a page's form: {asked}")


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(width: int, height: int, data: bytes = b"") -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(data)) + chunk(b"IEND", b"")


JPEG, GIF = picture_bytes(kind="JPEG"), picture_bytes(kind="GIF", mode="P", colour=3)
EXIF = picture_bytes(kind="JPEG", exif=b"Exif\0\0MM\0*\xff\xff\xff\xff" + b"\xff" * 400)
PICTURES = {
    "nothing": b"",
    "no picture": b"\0" * 2_000,
    "SVG": f'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script>{MARKUP}</svg>'.encode(),
    "HTML called a picture": b"<html><script>alert(1)</script>",
    "cut short": JPEG[: len(JPEG) // 2],
    "a GIF with HTML behind it": GIF + MARKUP.encode(),
    "a JPEG with an archive behind it": JPEG + b"PK\x03\x04" * 50,
    "EXIF that is garbage": EXIF,
    "more pixels than there are": png(60_000, 60_000),
    "a bomb": png(20_000, 20_000, b"\0" * 10_000_000),
    "nought": png(0, 0),
    "a strip": png(32, 65_000),
    "text chunks that unfold": png(64, 64)[:33]
    + chunk(b"zTXt", b"a\0\0" + zlib.compress(b"\0" * 80_000_000))
    + chunk(b"IDAT", zlib.compress(b"\0" * (64 * 3 + 1) * 64))
    + chunk(b"IEND", b""),
}
NAMES = (
    "../../etc/passwd.png",
    "x.svg",
    "a\0.png",
    "a" * 300 + ".png",
    MARKUP,
    "æ\u202egnp.exe",
)


def send_picture(client, data: bytes, name: str):
    return client.post(
        url(Image, "add"), {**IMAGE_WORDS, "original": SimpleUploadedFile(name, data, "image/png")}
    )


@pytest.mark.parametrize("kind", PICTURES)
def test_every_picture(editor_client, media, kind):
    before = Image.objects.count()
    answer = send_picture(editor_client, PICTURES[kind], "x.png")
    assert faults_of(answer) == []
    welcome = kind.startswith(("a GIF", "a JPEG"))
    assert (Image.objects.count() == before + 1) == welcome
    for name in media.names():
        assert name.endswith((".jpg", ".gif", ".png", ".webp", ".avif"))
        assert not name.startswith("renditions/") or MARKUP.encode() not in media.read(name)


@pytest.mark.parametrize("name", NAMES)
def test_every_name_of_a_picture(editor_client, media, name):
    answer = send_picture(editor_client, picture_bytes((64, 64)), name)
    assert faults_of(answer) == []
    kept = [kept_as.rpartition("/")[2] for kept_as in media.names("originals")]
    assert all(len(kept_as) == 36 and kept_as.endswith(".png") for kept_as in kept)


def xliff(units: str, attributes: str = 'original="pages.page:1"', before: str = "") -> bytes:
    languages = 'source-language="nb" target-language="nn"'
    return (
        f'{before}<xliff version="1.2" xmlns="{NAMESPACE}"><file {attributes} {languages}><body>'
        f"{units}</body></file></xliff>"
    ).encode()


def unit(content: str, key: str = "pages.page:1:title") -> str:
    return (
        f'<trans-unit id="{key}"><source>{content}</source><target>{content}</target></trans-unit>'
    )


def archive(*files: tuple[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as written:
        for name, data in files:
            written.writestr(name, data)
    return packed.getvalue()


BOMB = '<!DOCTYPE x [<!ENTITY a "a"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'
FETCH = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
TRANSLATIONS = {
    "entities": xliff(unit("&c;"), before=BOMB),
    "a file of this machine": xliff(unit("&a;"), before=FETCH),
    "deep": xliff(unit("<g>" * 100_000 + "</g>" * 100_000)),
    "many marks": xliff(unit("<mrk/>a" * 60_000)),
    "foreign": b'<xliff version="1.2" xmlns="urn:x"><file/></xliff>',
    "nothing": b"",
    "cut short": xliff(unit("a"))[:-20],
    "no encoding": b'<?xml version="1.0" encoding="hex"?>' + xliff(unit("a")),
    "wrong encoding": xliff(unit("æøå")).decode().encode("utf-16")[2:],
    "sevens": b'<?xml version="1.0" encoding="utf-7"?>' + xliff(unit("a")),
    "a key of no record": xliff(unit("a", "pages.page:" + "9" * 400 + ":title")),
    "a key of a person": xliff(unit("a", "auth.user:1:password"), 'original="auth.user:1"'),
    "a key of markup": xliff(unit("a", "&lt;svg onload=hostile&gt;"), 'original="x"'),
    "markup": xliff(unit("&lt;svg onload=hostile&gt;&lt;script&gt;")),
    "names that stray": archive(("../../../../etc/x.xlf", xliff(unit("a"))), ("/x.xlf", b"<")),
    "an archive that unfolds": archive(("x.xlf", b"\0" * 30_000_000)),
    "a thousand files": archive(*((f"{n}.xlf", b"") for n in range(1_000))),
    "half an archive": archive(("x.xlf", xliff(unit("a"))))[:60],
}


@pytest.mark.parametrize("kind", TRANSLATIONS)
def test_every_translators_file(editor_client, kind):
    file = SimpleUploadedFile("../../x\0.xlf", TRANSLATIONS[kind])
    door = reverse("admin:pages_translationfile_add")
    answer = editor_client.post(door, {"file": file}, follow=True)
    assert faults_of(answer) == []
    assert "root:" not in answer.content.decode()
