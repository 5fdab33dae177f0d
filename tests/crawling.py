"""Reads a served site as a search engine does: every link from the home page on, and what each leads to."""

import http.client
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import unquote, urldefrag, urljoin, urlsplit


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def kind(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0]


class Reader:
    """Asks one server, over one connection, and follows no redirect."""

    def __init__(self, origin: str):
        self.origin = origin
        self._connection = http.client.HTTPConnection(urlsplit(origin).netloc, timeout=30)

    def close(self) -> None:
        self._connection.close()

    def ask(self, path: str, method: str = "GET", **headers: str) -> Answer:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            response = self._response(method, path, named)
        except http.client.RemoteDisconnected:
            # A server closes a connection that has been idle for some seconds.
            response = self._response(method, path, named)
        told = {name.lower(): value for name, value in response.getheaders()}
        return Answer(response.status, told, response.read())

    def _response(self, method: str, path: str, headers: dict[str, str]):
        self._connection.request(method, path, headers=headers)
        return self._connection.getresponse()

    def path_of(self, url: str) -> str | None:
        """Return the path and query of an address on this site, None for one elsewhere."""
        return url.removeprefix(self.origin) or "/" if self.is_here(url) else None

    def is_here(self, url: str) -> bool:
        return url == self.origin or url.startswith(f"{self.origin}/")


@dataclass
class Page(HTMLParser):
    """What a page says of itself and leads to. All addresses are absolute and without fragment."""

    url: str
    answer: Answer
    title: str = ""
    headings: int = 0
    metas: dict[str, str] = field(default_factory=dict)
    canonical: str = ""
    languages: dict[str, str] = field(default_factory=dict)
    links: list[tuple[str, str]] = field(default_factory=list)
    files: set[str] = field(default_factory=set)
    anchors: set[str] = field(default_factory=set)

    def __post_init__(self):
        super().__init__()
        self._in_title = False
        if self.answer.kind == "text/html":
            self.feed(self.answer.body.decode())

    @property
    def is_indexable(self) -> bool:
        told = f"{self.metas.get('robots', '')} {self.answer.headers.get('x-robots-tag', '')}"
        is_page = self.answer.status == 200 and self.answer.kind == "text/html"
        return is_page and "noindex" not in told

    def handle_starttag(self, tag, attrs):
        given = {name: value or "" for name, value in attrs}
        self.anchors |= {given["id"]} if "id" in given else set()
        self._in_title = tag == "title"
        self.headings += tag == "h1"
        if tag == "meta":
            self.metas[given.get("name") or given.get("property", "")] = given.get("content", "")
        elif tag == "a" and "href" in given:
            self.links.append(urldefrag(urljoin(self.url, given["href"])))
        elif tag == "link":
            self._take_relation(given)
        self.files |= {urljoin(self.url, file) for file in _files(given)}

    def handle_data(self, data):
        self.title += data if self._in_title else ""

    def handle_endtag(self, tag):
        self._in_title = False

    def _take_relation(self, given: dict[str, str]) -> None:
        relation, url = given.get("rel", ""), urljoin(self.url, given.get("href", ""))
        if relation == "canonical":
            self.canonical = url
        elif relation == "alternate" and "hreflang" in given and "type" not in given:
            self.languages[given["hreflang"]] = url
        elif "href" in given:
            self.files.add(url)


def _files(given: dict[str, str]) -> Iterator[str]:
    if "src" in given:
        yield given["src"]
    for name in ("srcset", "imagesrcset"):
        yield from (part.split()[0] for part in given.get(name, "").split(", ") if part)


@dataclass
class Crawl:
    """All pages found from the home page, each with how many clicks it lies away."""

    pages: dict[str, Page] = field(default_factory=dict)
    clicks: dict[str, int] = field(default_factory=dict)

    @property
    def indexable(self) -> dict[str, Page]:
        return {url: page for url, page in self.pages.items() if page.is_indexable}

    def broken(self) -> Iterable[tuple[str, str, str]]:
        """Yield each link to nothing, to a redirect, or to a part of a page that is not there."""
        for url, page in self.pages.items():
            for target, fragment in page.links:
                found = self.pages.get(target)
                if found is None:
                    continue
                if found.answer.status != 200:
                    yield url, target, str(found.answer.status)
                elif fragment and unquote(fragment) not in found.anchors:
                    yield url, target, f"no #{fragment}"


def crawl(reader: Reader, start: str = "/") -> Crawl:
    """Follow every link on the site from `start` on, level by level.

    Not what stands behind a question mark: robots.txt asks readers of all to keep away from it, since the
    tools have a page for each choice.
    """
    found, level = Crawl(), {f"{reader.origin}{start}"}
    depth = 0
    while level:
        for url in sorted(level):
            path = reader.path_of(url)
            assert path is not None
            found.pages[url] = Page(url, reader.ask(path))
            found.clicks[url] = depth
        targets = {target for url in level for target, _fragment in found.pages[url].links}
        level = {
            url for url in targets - found.pages.keys() if reader.is_here(url) and "?" not in url
        }
        depth += 1
    return found


def listed_in_sitemap(reader: Reader, path: str = "/sitemap.xml") -> dict[str, dict[str, str]]:
    """Return each address of the sitemap, of its parts too, with its alternates."""
    text = reader.ask(path).body.decode()
    if "<sitemapindex" in text:
        parts = [reader.path_of(url) for url in re.findall(r"<loc>(.*?)</loc>", text)]
        return {k: v for part in parts if part for k, v in listed_in_sitemap(reader, part).items()}
    entries = re.findall(r"<url><loc>(.*?)</loc>(.*?)</url>", text)
    links = re.compile(r'hreflang="(.*?)" href="(.*?)"')
    return {url: dict(links.findall(rest)) for url, rest in entries}
