"""Links in cleaned body text: found, read and rewritten, with every other character left as it is.

A link to one of the site's own records is kept as a reference, `/lenke/<app.model>/<key>/`, which no
renaming touches. Pure: which record stands at which address is told by the caller.

Cleaned text has double quotes around attributes, and none of `<`, `>` and `"` unescaped inside them.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from html import unescape
from typing import NamedTuple

PREFIX = "/lenke/"

_LINK = re.compile(r'(<a\s(?:[^>]*?\s)?href=")([^"]*)(")')
_REFERENCE = re.compile(
    rf"{PREFIX}(?P<model>[a-z_]+\.[a-z_]+)/(?P<pk>\d{{1,18}})/(?P<rest>(?:[?#].*)?)", re.DOTALL
)
_ON_SITE = re.compile(r"(?P<path>/(?!/)[^?#]*)(?P<rest>.*)", re.DOTALL)
# As `pages.markdown` writes them: brackets in the text are escaped, and none of these stand in an address.
_IN_MARKDOWN = re.compile(r"\[(?P<text>(?:[^\[\]\\]|\\.)*)\]\((?P<href>[^()\s]*)\)")
_PUBLISHED = re.compile(r'(<a(?:\s[^>]*?)?)\shref="(?P<href>/lenke/[^"]*)"')


class Reference(NamedTuple):
    """A record: its model's label and its key."""

    model: str
    pk: int

    @property
    def url(self) -> str:
        return f"{PREFIX}{self.model}/{self.pk}/"


class Place(NamedTuple):
    """Where a record stands, and in which language."""

    path: str
    language: str


def hrefs(html: str) -> Iterator[str]:
    """Yield where each link of `html` leads."""
    return (unescape(found[2]) for found in _LINK.finditer(html))


def reference_in(href: str) -> tuple[Reference, str] | None:
    """Split a reference into the record and what follows it: a query, a fragment."""
    found = _REFERENCE.fullmatch(href)
    return (Reference(found["model"], int(found["pk"])), found["rest"]) if found else None


def path_in(href: str, origin: str) -> tuple[str, str] | None:
    """Split an address on this site into its path, as pages have it, and what follows."""
    if re.match(rf"{re.escape(origin)}(?![^/?#])", href, re.IGNORECASE):
        href = href[len(origin) :]
        href = href if href.startswith("/") else f"/{href}"
    found = _ON_SITE.fullmatch(href)
    return (_with_slash(found["path"]), found["rest"]) if found else None


def _with_slash(path: str) -> str:
    is_file = "." in path.rpartition("/")[2]
    return path if path.endswith("/") or is_file else f"{path}/"


def references(html: str) -> set[Reference]:
    """Return the records that `html` links to."""
    return {split[0] for href in hrefs(html) if (split := reference_in(href))}


def paths(html: str, origin: str) -> set[str]:
    """Return the paths on this site that `html` links to by address."""
    found = (path_in(href, origin) for href in hrefs(html) if not reference_in(href))
    return {split[0] for split in found if split}


def refer(html: str, owners: Mapping[str, Reference], origin: str) -> str:
    """Return `html` with references for those addresses that are somebody's."""

    def referred(href: str) -> str:
        split = None if reference_in(href) else path_in(href, origin)
        owner = split and owners.get(split[0])
        return f"{owner.url}{split[1]}" if split and owner else href

    return _rewrite(html, referred)


def spell_out(html: str, places: Mapping[Reference, Place]) -> str:
    """Return `html` with addresses for references, for an editor to read; unknown ones stay."""

    def spelt(href: str) -> str:
        split = reference_in(href)
        place = split and places.get(split[0])
        return f"{place.path}{split[1]}" if split and place else href

    return _rewrite(html, spelt)


def publish(page: str, places: Mapping[Reference, Place], language: str) -> str:
    """Return a whole page with addresses for references; what leads nowhere is a link no more."""

    def published(found: re.Match) -> str:
        split = reference_in(found["href"])
        place = split and places.get(split[0])
        if not split or not place:
            return found[1]
        spoken = "" if place.language == language else f' hreflang="{place.language}"'
        return f'{found[1]} href="{place.path}{split[1]}"{spoken}'

    return _PUBLISHED.sub(published, page)


def references_in_markdown(page: str, origin: str) -> set[Reference]:
    """Return the records that a page of Markdown links to."""
    found = (reference_in(_below(link["href"], origin)) for link in _IN_MARKDOWN.finditer(page))
    return {split[0] for split in found if split}


def publish_markdown(page: str, places: Mapping[Reference, Place], origin: str) -> str:
    """The same of a whole page of Markdown, whose links begin with `origin`."""

    def published(link: re.Match) -> str:
        split = reference_in(_below(link["href"], origin))
        if not split:
            return link[0]
        place = places.get(split[0])
        return f"[{link['text']}]({origin}{place.path}{split[1]})" if place else link["text"]

    return _IN_MARKDOWN.sub(published, page)


def _below(href: str, origin: str) -> str:
    return href.removeprefix(origin)


def _rewrite(html: str, change: Callable[[str], str]) -> str:
    """Change where links lead. What `change` gets and gives is escaped, as it stands in the text."""
    return _LINK.sub(lambda found: f"{found[1]}{change(found[2])}{found[3]}", html)
