"""Asking politely whether an address elsewhere still answers. Knows no models.

Editors may type any address, so nothing is asked for on this machine or its own network: each
connection, also after a redirect, is made only to an address that is public.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
import time
import urllib.request
from collections.abc import Callable
from concurrent.futures import Future
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from django.utils.encoding import punycode
from django.utils.html import smart_urlquote

from pages.models.link import Outcome

TIMEOUT = 10.0
PAUSE = 2.0
# A server that sends a byte at a time is never silent for as long as the time-out.
PATIENCE = 6
MAX_REDIRECTS = 5
MAX_ROBOTS = 500_000
# Answers to a HEAD that some servers give where a GET would be answered.
NOT_BY_HEAD = frozenset({400, 403, 404, 405, 501})
# It is there, but asks who we are, or not to be asked so much.
KEEPS_US_OUT = frozenset({401, 402, 403, 407, 429, 451, 999})
ASKS_FOR_PEACE = frozenset({429, 503})


class PrivateAddressError(OSError):
    """The name leads to this machine or its own network."""


class Fetcher:
    """Asks one address after the other, with a pause between questions to the same host.

    A host that is asked too much is left alone for as long as the fetcher lives.
    """

    def __init__(
        self,
        agent: str,
        *,
        may_ask_private: bool = False,
        timeout: float = TIMEOUT,
        pause: float = PAUSE,
        sleep: Callable[[float], None] = time.sleep,
    ):
        self.agent, self.timeout, self.pause, self.sleep = agent, timeout, pause, sleep
        self.opener = _opener(may_ask_private)
        self.last_asked: dict[str, float] = {}
        self.robots: dict[str, RobotFileParser] = {}
        self.tired: set[str] = set()

    def ask(self, address: str) -> Outcome:
        """Return whether `address` answers; None where it may not or does not want to be asked."""
        try:
            url = _in_ascii(address)
            if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname:
                return Outcome(None, "not a web address")
            if urlsplit(url).netloc in self.tired:
                return Outcome(None, "asks to be left alone")
            return _within(PATIENCE * self.timeout, lambda: self._asked(url))
        except PrivateAddressError:
            return Outcome(None, "private address")
        except (OSError, http.client.HTTPException, ValueError) as error:
            return Outcome(False, cause(error))

    def _asked(self, url: str) -> Outcome:
        if not self._rules_of(url).can_fetch(self.agent, url):
            return Outcome(None, "robots.txt")
        status = self._status(url, "HEAD")
        if status in NOT_BY_HEAD:
            status = self._status(url, "GET")
        if status in ASKS_FOR_PEACE:
            self.tired.add(urlsplit(url).netloc)
        return Outcome(status < 400 or status in KEEPS_US_OUT, str(status))

    def _status(self, url: str, method: str) -> int:
        try:
            with self._open(url, method) as answer:
                return answer.status
        except HTTPError as error:
            with error:
                # A redirect is an error here only when it led in a circle or too far.
                return error.code if error.code >= 400 else 508

    def _rules_of(self, url: str) -> RobotFileParser:
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self.robots:
            rules = RobotFileParser()
            rules.parse(self._robots_lines(f"{origin}/robots.txt"))
            self.robots[origin] = rules
        return self.robots[origin]

    def _robots_lines(self, url: str) -> list[str]:
        try:
            with self._open(url, "GET") as answer:
                return answer.read(MAX_ROBOTS).decode("utf-8", "replace").splitlines()
        except HTTPError as error:
            error.close()
            return []

    def _open(self, url: str, method: str):
        host = urlsplit(url).netloc
        if host in self.last_asked:
            self.sleep(max(0.0, self.last_asked[host] + self.pause - time.monotonic()))
        request = urllib.request.Request(  # noqa: S310 - the opener speaks nothing but http and https
            url, method=method, headers={"User-Agent": self.agent, "Accept": "*/*"}
        )
        try:
            return self.opener.open(request, timeout=self.timeout)
        except URLError as error:
            if isinstance(error.reason, PrivateAddressError):
                raise error.reason from error
            raise
        finally:
            self.last_asked[host] = time.monotonic()


def _in_ascii(address: str) -> str:
    """Return what is asked for: no fragment, no name or password, and a host's name as name servers know it."""
    parts = urlsplit(address.strip())
    host = parts.hostname or ""
    host = f"[{host}]" if ":" in host else punycode(host)
    netloc = f"{host}:{parts.port}" if parts.port else host
    return smart_urlquote(parts._replace(netloc=netloc, fragment="").geturl())


def _within(seconds: float, work: Callable[[], Outcome]) -> Outcome:
    """Return what `work` returns or raise what it raises; TimeoutError when that takes too long."""
    ended: Future[Outcome] = Future()

    def run() -> None:
        try:
            ended.set_result(work())
        except Exception as error:
            ended.set_exception(error)

    # Not an executor's: those are waited for when the command ends.
    threading.Thread(target=run, daemon=True).start()
    return ended.result(seconds)


def cause(error: Exception) -> str:
    reason = error.reason if isinstance(error, URLError) else error
    if isinstance(reason, TimeoutError):
        return "timeout"
    if isinstance(reason, ssl.SSLError):
        return "certificate"
    if isinstance(reason, socket.gaierror):
        return "no such host"
    return type(reason).__name__


# What is given out on the open internet, and what leads from there to IPv4 (RFC 6052).
_PUBLIC_V6 = ipaddress.IPv6Network("2000::/3")
_GATEWAY = ipaddress.IPv6Network("64:ff9b::/96")
IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address


# --- An opener that speaks http and https, to public addresses, without a proxy --------------


class _Redirects(urllib.request.HTTPRedirectHandler):
    max_redirections = MAX_REDIRECTS

    def redirect_request(self, req, fp, code, msg, headers, newurl):
        if urlsplit(newurl).scheme not in ("http", "https"):
            return None
        new = super().redirect_request(req, fp, code, msg, headers, newurl)
        if new is not None:
            # The base class asks by GET whatever was asked first.
            new.method = req.get_method()
        return new


def _connect_publicly(address, timeout=None, source_address=None):
    host, port = address
    problem: OSError = PrivateAddressError(host)
    for _family, _kind, _protocol, _name, found in socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM
    ):
        # The number that was judged is the one connected to: a name could answer differently next time.
        if _is_public(str(found[0])):
            try:
                return socket.create_connection((found[0], port), timeout, source_address)
            except OSError as error:
                problem = error
    raise problem


def _is_public(number: str) -> bool:
    address = _innermost(ipaddress.ip_address(number.partition("%")[0]))
    is_ours = address.version == 6 and address not in _PUBLIC_V6
    return address.is_global and not address.is_multicast and not is_ours


def _innermost(address: IPAddress) -> IPAddress:
    """Return the IPv4 address that a gateway takes an IPv6 address for, else `address` itself."""
    if address.version == 4:
        return address
    if address in _GATEWAY:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or address


class _PublicHTTP(http.client.HTTPConnection):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._create_connection = _connect_publicly


class _PublicHTTPS(http.client.HTTPSConnection):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._create_connection = _connect_publicly


class _PublicHTTPHandler(urllib.request.HTTPHandler):
    def http_open(self, req):
        return self.do_open(_PublicHTTP, req)  # type: ignore[arg-type]


class _PublicHTTPSHandler(urllib.request.HTTPSHandler):
    def https_open(self, req):
        return self.do_open(_PublicHTTPS, req, context=self._context)  # type: ignore[arg-type,attr-defined]


def _opener(may_ask_private: bool) -> urllib.request.OpenerDirector:
    # Not build_opener(): it also reads files, and sends questions through a proxy of the environment.
    opener = urllib.request.OpenerDirector()
    opener.addheaders = []
    web: list[urllib.request.BaseHandler] = (
        [urllib.request.HTTPHandler(), urllib.request.HTTPSHandler()]
        if may_ask_private
        else [_PublicHTTPHandler(), _PublicHTTPSHandler()]
    )
    for handler in (
        *web,
        _Redirects(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
        urllib.request.UnknownHandler(),
    ):
        opener.add_handler(handler)
    return opener
