"""An answer as the page cache keeps it: whole, in each form that a browser may ask for."""

import gzip
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from email.utils import formatdate, parsedate_to_datetime
from time import time
from typing import NamedTuple

import brotli

Headers = list[tuple[str, str]]

# How hard to press: the best forms take ten times as long for a tenth of the size.
_BROTLI_QUALITY, _GZIP_LEVEL = 6, 6
# Below this, a compressed form with its headers is no smaller.
_WORTH_COMPRESSING = 500
_COMPRESSIBLE = re.compile(r"text/|application/(.+\+)?(json|xml)|image/svg")
# What says something else of each form, or is said anew at each answer.
_OWN = {
    *("content-length", "content-encoding", "etag", "last-modified"),
    *("cache-control", "x-accel-expires"),
}

# What one who has the page already may need to hear anew.
_OF_KNOWN = {"Vary", "ETag", "Last-Modified", "Cache-Control", "X-Accel-Expires"}


class Answer(NamedTuple):
    """What is sent: the status line, the headers and the body."""

    status: str
    headers: Headers
    body: bytes


@dataclass(frozen=True, slots=True)
class StoredPage:
    """A page of one generation, in up to three codings.

    It holds until `until`, in seconds since 1970, or for as long as its generation where that is None.
    `modified` is when its text was first seen, in the same seconds.
    """

    generation: str
    until: float | None
    etag: str
    modified: float
    headers: Headers
    bodies: dict[str, bytes]

    def __len__(self):
        """Bytes that it takes in memory, nearly."""
        return 1000 + sum(map(len, self.bodies.values()))

    def holds(self, generation: str | None, now: float) -> bool:
        """Whether it may be shown at `now`; any page may where nobody knows the generation, None."""
        if generation is None:
            return True
        return self.generation == generation and (self.until is None or now < self.until)

    def seconds_left(self, now: float) -> float | None:
        return None if self.until is None else self.until - now

    def answer(self, environ: dict, cache_control: Headers, now: float) -> Answer:
        headers = [*self.headers, *self._moment(now), *cache_control]
        if self._is_known_to(environ):
            kept = [pair for pair in headers if pair[0] in _OF_KNOWN]
            return Answer("304 Not Modified", kept, b"")
        coding = best_coding(environ.get("HTTP_ACCEPT_ENCODING", ""), self.bodies)
        body = self.bodies[coding]
        if coding != "identity":
            headers.append(("Content-Encoding", coding))
        headers.append(("Content-Length", str(len(body))))
        return Answer("200 OK", headers, b"" if environ["REQUEST_METHOD"] == "HEAD" else body)

    def _moment(self, now: float) -> Headers:
        """When it changed, once that second is over: within it, the text could change again unseen."""
        is_over = now >= int(self.modified) + 1
        return [("Last-Modified", formatdate(self.modified, usegmt=True))] if is_over else []

    def _is_known_to(self, environ: dict) -> bool:
        # Where there is a tag it decides alone: RFC 9110, 13.1.3.
        if tags := environ.get("HTTP_IF_NONE_MATCH", ""):
            return is_known(self.etag, tags)
        return is_as_it_was(self.modified, environ.get("HTTP_IF_MODIFIED_SINCE", ""))


def store(
    body: bytes,
    headers: Headers,
    generation: str,
    until: float | None,
    before: StoredPage | None = None,
) -> StoredPage:
    """Return the page to keep. `before` is what was kept of the same address until now.

    Its time of change is taken over when the text is the same, so that it tells of the text and not of
    whatever else was changed on the site.
    """
    kept = [pair for pair in headers if pair[0].lower() not in _OWN]
    digest = hashlib.blake2b(body, digest_size=12)
    digest.update(repr(kept).encode())
    # Weak, since one tag stands for the text in every coding.
    etag = f'W/"{digest.hexdigest()}"'
    headers = [*_with_vary(kept), ("ETag", etag)]
    modified = _moment_of(etag, before)
    return StoredPage(generation, until, etag, modified, headers, _forms(body, kept))


def _moment_of(etag: str, before: StoredPage | None) -> float:
    if before is None:
        return time()
    # Never the second of the text before, whatever another machine's clock said then.
    return before.modified if before.etag == etag else max(time(), before.modified + 1)


def is_known(etag: str, if_none_match: str) -> bool:
    """Whether the browser says that it has this text already."""
    if not if_none_match:
        return False
    asked = {tag.strip().removeprefix("W/") for tag in if_none_match.split(",")}
    return "*" in asked or etag.removeprefix("W/") in asked


def is_as_it_was(modified: float, if_modified_since: str) -> bool:
    """Whether the browser has the text of that second, or a later one."""
    if not if_modified_since:
        return False
    try:
        return int(modified) <= parsedate_to_datetime(if_modified_since).timestamp()
    except (ValueError, OverflowError):
        return False


def best_coding(accepted: str, bodies: Iterable[str]) -> str:
    """Return the shortest coding that the browser takes; `accepted` is its Accept-Encoding."""
    taken = {
        coding.strip().lower()
        for coding, _semicolon, weight in (part.partition(";") for part in accepted.split(","))
        if not re.fullmatch(r"\s*q\s*=\s*0(\.0*)?\s*", weight)
    }
    return next((c for c in ("br", "gzip") if c in taken and c in bodies), "identity")


def _forms(body: bytes, headers: Headers) -> dict[str, bytes]:
    kind = next((value for name, value in headers if name.lower() == "content-type"), "")
    if len(body) < _WORTH_COMPRESSING or not _COMPRESSIBLE.match(kind):
        return {"identity": body}
    return {
        "identity": body,
        "gzip": gzip.compress(body, _GZIP_LEVEL, mtime=0),
        "br": brotli.compress(body, quality=_BROTLI_QUALITY),
    }


def _with_vary(headers: Headers) -> Headers:
    """Say that the form depends on what the browser takes."""
    named = ", ".join(value for name, value in headers if name.lower() == "vary")
    others = [pair for pair in headers if pair[0].lower() != "vary"]
    varies = [word for word in named.split(", ") if word and word.lower() != "accept-encoding"]
    return [*others, ("Vary", ", ".join([*varies, "Accept-Encoding"]))]
