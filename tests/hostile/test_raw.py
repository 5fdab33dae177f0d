"""What no client library would send: bytes to a real server, which answers them and the next one."""

import socket

import pytest

from tests.hostile.asking import MARKUP
from tests.hostile.public import HOST

END = b"\r\n\r\n"
HEAD = f"Host: {HOST}\r\nX-Forwarded-Proto: https".encode()


def lines(*given: bytes, first: bytes = b"GET / HTTP/1.1") -> bytes:
    return b"\r\n".join([first, HEAD, *given]) + END


CHUNKED = lines(b"Transfer-Encoding: chunked", first=b"POST /finnes-ikke HTTP/1.1")
SENT = {
    "nothing": b"\r\n\r\n",
    "noise": bytes(range(256)) * 8 + END,
    "TLS": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + END,
    "no version": b"GET /" + END,
    "another version": lines(first=b"GET / HTTP/9.9"),
    "HTTP/2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "a made-up method": lines(first=b"<svg onload=hostile> / HTTP/1.1"),
    "a whole address": lines(first=b"GET https://evil.example/ HTTP/1.1"),
    "a tunnel": lines(first=b"CONNECT evil.example:443 HTTP/1.1"),
    "a star": lines(first=b"OPTIONS * HTTP/1.1"),
    "no slash": lines(first=b"GET x HTTP/1.1"),
    "NUL in the path": lines(first=b"GET /a\0b HTTP/1.1"),
    "bytes in the path": lines(first=b"GET /\xff\xfe\xed\xa0\x80 HTTP/1.1"),
    "a path without end": lines(first=b"GET /" + b"a" * 100_000 + b" HTTP/1.1"),
    "a header without end": lines(b"X: " + b"a" * 100_000),
    "headers without end": lines(*[b"X: a"] * 5_000),
    "a header without colon": lines(b"hostile"),
    "a header of spaces": lines(b" : a", b"\t: b"),
    "a folded header": lines(b"X: a\r\n b"),
    "NUL in a header": lines(b"X: a\0b"),
    "a lone line feed": b"GET / HTTP/1.1\nHost: erasmus.test\n\n",
    "two hosts": lines(b"Host: evil.example"),
    "no host": b"GET / HTTP/1.1\r\nX-Forwarded-Proto: https" + END,
    "two lengths": lines(b"Content-Length: 1", b"Content-Length: 2", first=b"POST / HTTP/1.1"),
    "a length that is none": lines(b"Content-Length: x", first=b"POST / HTTP/1.1"),
    "a length below nought": lines(b"Content-Length: -1", first=b"POST / HTTP/1.1"),
    "length and chunks": lines(
        b"Content-Length: 4", b"Transfer-Encoding: chunked", first=b"POST / HTTP/1.1"
    )
    + b"0\r\n\r\nGET /admin/ HTTP/1.1"
    + END,
    "a chunk that lies": CHUNKED + b"ffffffffffffffff\r\na\r\n0" + END,
    "a chunk that is none": CHUNKED + b"hostile\r\n" + END,
    "a chunk below nought": CHUNKED + b"-1\r\na\r\n0" + END,
    "an unknown coding": lines(b"Transfer-Encoding: hostile", first=b"POST / HTTP/1.1"),
    "a strange charset": lines(b"Content-Type: a/b; charset*=utf-8''%00", b"Cookie: sessionid=a"),
    "a hundred at once": lines() * 99 + lines(b"Connection: close"),
    "half a request": b"GET / HTTP/1.1\r\nHost:",
}


def sent(port: int, data: bytes) -> bytes:
    """Return all that the server answers to `data`, after which nothing more comes."""
    with socket.create_connection(("127.0.0.1", port), 20) as connection:
        answer = b""
        try:
            connection.sendall(data)
            connection.shutdown(socket.SHUT_WR)
            while received := connection.recv(65_536):
                answer += received
        except (ConnectionError, OSError):
            # It hung up on what it did not want to hear to the end.
            pass
    return answer


@pytest.mark.parametrize("kind", SENT)
def test_a_server_stands_what_no_browser_sends(public, kind):
    answer = sent(public, SENT[kind])
    # «Not implemented» is the true answer to a coding that nobody has.
    assert b"HTTP/1.1 5" not in answer.replace(b"HTTP/1.1 501 ", b"")
    assert MARKUP.encode() not in answer
    assert not any(word in answer for word in (b"Traceback", b'File "/', b"site-packages"))
    assert b"200 OK" in sent(public, lines(b"Connection: close"))
