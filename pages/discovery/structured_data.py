"""What machines are told of a page, in the terms of schema.org: dicts for JSON-LD; no HTML here.

One graph a page, whose nodes name each other by ids made from addresses, so that all pages speak of
the same things. What a page is about is for its view to say, as a node in the context's `main_entity`:
the types of the domain are not known here.
"""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import get_language

from pages.languages import Version, absolute, default_of, versions
from pages.models import Image
from pages.navigation import Crumb

Node = dict[str, Any]


def node(kind: str, identity: str = "", **properties: Any) -> Node:
    """A node of type `kind`. Of what is empty nothing is said."""
    known_as = {"@id": identity} if identity else {}
    told = {name: value for name, value in properties.items() if value}
    return {"@type": kind, **known_as, **told}


def of_unlisted(crumbs: Sequence[Crumb]) -> Node:
    """The graph of a page that nobody is to find: where it lies, and no claim that it is published."""
    return _graph(breadcrumb_list(crumbs))


def of_published(
    subject,
    crumbs: Sequence[Crumb],
    picture: Node | None = None,
    main_entity: Node | None = None,
) -> Node:
    """The graph of a page, which must exist in the active language."""
    found = versions(subject)
    url = next(v.absolute_url for v in found if v.language == get_language())
    is_home = getattr(subject, "route", "") == "home"
    parts = {
        "isPartOf": website(is_home),
        "breadcrumb": breadcrumb_list(crumbs),
        "primaryImageOfPage": picture and {**picture, "@id": f"{url}#picture"},
        "mainEntity": main_entity and {**main_entity, "@id": f"{url}#subject"},
    }
    named = {name: part for name, part in parts.items() if part}
    page = node(
        "WebPage",
        url,
        url=url,
        name=subject.head_title,
        description=subject.head_description,
        inLanguage=get_language(),
        license=settings.CONTENT_LICENCE["url"],
        dateModified=timezone.localtime(subject.changed_at).isoformat(timespec="seconds"),
        **_translations(found),
        **{name: _reference(part) for name, part in named.items()},
    )
    return _graph(page, *named.values(), *([organization()] if is_home else []))


def breadcrumb_list(crumbs: Sequence[Crumb]) -> Node:
    steps = [
        node(
            "ListItem",
            position=position,
            name=crumb.title,
            item=node("WebPage", absolute(crumb.url)),
        )
        for position, crumb in enumerate(crumbs, start=1)
    ]
    return node("BreadcrumbList", f"{absolute(crumbs[-1].url)}#breadcrumb", itemListElement=steps)


def image_object(image: Image, url: str, width: int, height: int) -> Node:
    """A picture at `url`, as wide and as high as that file. Without a caption what is seen is told."""
    return node(
        "ImageObject",
        contentUrl=url,
        width=f"{width} px",
        height=f"{height} px",
        caption=image.caption or image.alt,
        creditText=image.credit,
    )


def website(is_home: bool) -> Node:
    """The site in the active language. Its home page tells more than its name."""
    home = absolute(reverse("home"))
    name = str(settings.SITE_NAME)
    more: Node = {}
    if is_home:
        more = {
            "inLanguage": get_language(),
            "publisher": _reference(organization()),
            "potentialAction": _search_action(),
        }
    return node("WebSite", f"{home}#website", url=home, name=name, **more)


def organization() -> Node:
    """Who runs the site, as far as the operator has said; never the EU or a national agency."""
    return node(
        "Organization",
        f"{settings.SITE_URL}/#organization",
        name=settings.SITE_OPERATOR,
        email=settings.SITE_CONTACT,
    )


def _search_action() -> Node | None:
    """How to search the site, as soon as an address is named `search`."""
    try:
        address = absolute(reverse("search"))
    except NoReverseMatch:
        return None
    action = node("SearchAction", target=node("EntryPoint", urlTemplate=f"{address}?q={{query}}"))
    return {**action, "query-input": "required name=query"}


def _translations(found: list[Version]) -> Node:
    """Which page this one was translated from, or into which it was: the default language is the source."""
    source = default_of(found)
    if source is None:
        return {}
    if source.language == get_language():
        return {"workTranslation": [_version(v) for v in found if v is not source]}
    return {"translationOfWork": _version(source)}


def _version(version: Version) -> Node:
    return node("WebPage", version.absolute_url, inLanguage=version.language)


def _reference(to: Node) -> Node:
    return {"@id": to["@id"]}


def _graph(*nodes: Node) -> Node:
    return {"@context": "https://schema.org", "@graph": list(nodes)}
