"""Visitors and editors as a server meets them: over HTTP, from loopback, bounded in number and time."""

import http.client
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from html.parser import HTMLParser
from typing import NamedTuple
from urllib.parse import urlencode, urlsplit

from tests import services
from tests.prepared import EDITOR, PASSWORD

PATHS = ("/", "/for-skole-og-barnehage/", "/nn/om-nettstaden/", "/en/about/", "/om-nettstedet/")
# Each of the visitors waits a little, as a bound on what a test asks of a machine that others use.
VISITORS, PAUSE = 4, 0.02


class Answer(NamedTuple):
    """`status` is 0 where no whole answer came. `began` and `ended` are on the monotonic clock."""

    path: str
    status: int
    began: float
    ended: float
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


def ask(origin: str, path: str, method: str = "GET", body: bytes | None = None, **headers: str):
    """Ask once, at a connection of its own; a header's underscores stand for dashes."""
    began = time.monotonic()
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        with closing(http.client.HTTPConnection(urlsplit(origin).netloc, timeout=30)) as connection:
            connection.request(method, path, body, {"Connection": "close", **named})
            answer = connection.getresponse()
            told = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(path, answer.status, began, time.monotonic(), told, answer.read())
    except (OSError, http.client.HTTPException):
        return Answer(path, 0, began, time.monotonic(), {}, b"")


class Load(list[Answer]):
    """What has been asked so far, and how it went."""

    @property
    def failed(self) -> list[Answer]:
        return [answer for answer in self if answer.status != 200]

    def wait_for_more(self, number: int) -> None:
        wanted = len(self) + number
        services.wait_for(lambda: len(self) >= wanted, f"{number} more answers", 60)

    def figure(self, fault: str, more: str = "") -> str:
        slowest = max(answer.ended - answer.began for answer in self)
        return (
            f"{fault}: {len(self)} requests sent, {len(self) - len(self.failed)} answered 200, "
            f"{len(self.failed)} failed, the slowest {slowest:.1f} s{more}"
        )


@contextmanager
def load(origin: str, paths: tuple[str, ...] = PATHS, **headers: str) -> Iterator[Load]:
    """Ask for the pages without end, as `VISITORS` at once, while the block lasts."""
    asked, stop = Load(), threading.Event()

    def visit():
        while not stop.is_set():
            for path in paths:
                asked.append(ask(origin, path, **headers))
                time.sleep(PAUSE)

    threads = [threading.Thread(target=visit) for _visitor in range(VISITORS)]
    for thread in threads:
        thread.start()
    try:
        yield asked
    finally:
        stop.set()
        for thread in threads:
            thread.join(60)


class Editor:
    """Somebody signed in, at a browser that runs no scripts."""

    def __init__(self, origin: str):
        self.origin = origin
        self.cookies: dict[str, str] = {}

    def sign_in(self, password: str = PASSWORD) -> Answer:
        form = self.form("/admin/konto/logg-inn/")
        return self.send("/admin/konto/logg-inn/", form | {"login": EDITOR, "password": password})

    @property
    def headers(self) -> dict[str, str]:
        return {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}

    def get(self, path: str) -> Answer:
        return self._noted(ask(self.origin, path, **self.headers))

    def form(self, path: str) -> dict[str, str]:
        """Return what the page's form would send, but for its buttons."""
        answer = self.get(path)
        assert answer.status == 200, (path, answer)
        return Form.read(answer.text)

    def send(self, path: str, values: dict[str, str], **files: bytes) -> Answer:
        """Send a form; `files` are named by their fields."""
        if not files:
            kind, body = "application/x-www-form-urlencoded", urlencode(values).encode()
        else:
            kind, body = "multipart/form-data; boundary=grense", _parts(values, files)
        sent = {**self.headers, "Content_Type": kind}
        return self._noted(ask(self.origin, path, "POST", body, **sent))

    def _noted(self, answer: Answer) -> Answer:
        # http.client joins what is set at once with commas, which stand in dates as well.
        for part in answer.headers.get("set-cookie", "").replace(", ", "; ").split("; "):
            name, _sign, value = part.partition("=")
            if name in ("sessionid", "csrftoken", "messages"):
                self.cookies[name] = value
        return answer


def _parts(values: dict[str, str], files: dict[str, bytes]) -> bytes:
    head = '--grense\r\nContent-Disposition: form-data; name="{}"{}\r\n\r\n'
    parts = [head.format(name, "").encode() + text.encode() for name, text in values.items()]
    parts += [
        head.format(name, '; filename="bilde.png"').encode() + data for name, data in files.items()
    ]
    return b"\r\n".join([*parts, b"--grense--\r\n"])


class Form(HTMLParser):
    """The values that a page's fields hold."""

    @classmethod
    def read(cls, page: str) -> dict[str, str]:
        form = cls()
        form.values: dict[str, str] = {}
        form.area = form.menu = ""
        form.feed(page)
        return form.values

    def handle_starttag(self, tag, attrs):
        given = {name: value or "" for name, value in attrs}
        name = given.get("name", "")
        if tag == "textarea":
            self.area, self.values[name] = name, ""
        elif tag == "select":
            self.menu = name
        elif tag == "option" and self.menu and "selected" in given:
            self.values[self.menu] = given.get("value", "")
        elif tag == "input" and name and given.get("type") not in ("submit", "file", "image"):
            is_choice = given.get("type") in ("checkbox", "radio")
            if not is_choice or "checked" in given:
                self.values[name] = given.get("value", "on" if is_choice else "")

    def handle_data(self, data):
        if self.area:
            self.values[self.area] += data

    def handle_endtag(self, tag):
        if tag == "textarea":
            # A browser leaves the first line out when it is empty.
            self.values[self.area] = self.values[self.area].removeprefix("\n")
            self.area = ""
        elif tag == "select":
            self.menu = ""
