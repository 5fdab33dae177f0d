"""Visitors whose line is slow, or who only pretend: nobody else waits for them."""

import os
import socket
import time
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

from tests import services
from tests.faults.conftest import before
from tests.faults.load import load

# More than gunicorn has threads.
SLOW = 20
LARGE = "/media/renditions/0123456789abcdef-whole-1600.webp"


@contextmanager
def connected(origin: str, room: int = 0):
    """Connections of the slow; `room` is how many bytes each takes at once, 0: as many as usual."""
    with ExitStack() as stack:
        lines = []
        for _visitor in range(SLOW):
            line = stack.enter_context(socket.socket())
            if room:
                line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, room)
            line.settimeout(30)
            line.connect(("127.0.0.1", urlsplit(origin).port))
            lines.append(line)
        yield lines


def test_who_sends_byte_by_byte_holds_nobody_up_and_is_cut_off(
    site, serve, tmp_path, record_property
):
    with ExitStack() as stack:
        stack.enter_context(serve(site))
        origin = stack.enter_context(before([site], tmp_path))
        slow = stack.enter_context(connected(origin))
        visitors = stack.enter_context(load(origin))
        for letter in b"GET / HTTP/1.1\r\nHos":
            for line in slow:
                # One that is cut off already takes no more.
                with suppress(OSError):
                    line.send(bytes([letter]))
            visitors.wait_for_more(5)
            time.sleep(0.05)
        visitors.wait_for_more(50)
        cut_off = sum(_is_over(line) for line in slow)
    record_property(
        "figure", visitors.figure(f"{SLOW} slow senders, behind nginx", f"; {cut_off} cut off")
    )
    assert visitors.failed == []
    assert cut_off == SLOW


def test_who_takes_an_answer_slowly_holds_nobody_up_and_is_cut_off(
    site, serve, tmp_path, record_property
):
    file = Path(site.environment["DATA_DIR"]) / LARGE.removeprefix("/")
    file.parent.mkdir(parents=True)
    file.write_bytes(os.urandom(8 * 1024 * 1024))
    with serve(site), before([site], tmp_path) as origin, connected(origin, 4096) as slow:
        for line in slow:
            line.send(f"GET {LARGE} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
            assert line.recv(12) == b"HTTP/1.1 200"
        with load(origin) as visitors:
            visitors.wait_for_more(100)
            port = urlsplit(origin).port
            services.wait_for(lambda: not _open_at(port, slow), "nginx to cut them off", 30)
    record_property("figure", visitors.figure(f"{SLOW} slow readers, behind nginx; all cut off"))
    assert visitors.failed == []


def _is_over(line: socket.socket) -> bool:
    try:
        return line.recv(1) == b""
    except ConnectionResetError:
        return True


def _open_at(port: int, lines: list[socket.socket]) -> bool:
    """Whether the server still has any of the connections: the kernel's own list tells."""
    own = {f"{line.getsockname()[1]:04X}" for line in lines}
    established = "01"
    for row in Path("/proc/net/tcp").read_text().splitlines()[1:]:
        _number, local, remote, state, *_rest = row.split()
        if local.endswith(f":{port:04X}") and remote[-4:] in own and state == established:
            return True
    return False
