"""Head, language links, menu, prose and pictures in templates."""

import json

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from pages import languages, navigation, questions
from pages.discovery import structured_data
from pages.discovery.open_graph import shared
from pages.excerpts import whole_title
from pages.models import Image
from pages.prose import render_prose
from pages.renditions import ENCODERS, rendition_name

register = template.Library()

_JSON_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


@register.filter
def prose(html):
    """Stored body text as markup."""
    return render_prose(html)


@register.filter
def prose_of(html, section: str = ""):
    """The same, of a page or one of its sections, where a link can lead to each question in it."""
    return mark_safe(questions.anchored(render_prose(html), section))  # noqa: S308 - an anchor has letters, digits and dashes


@register.filter
def with_site_name(title: str) -> str:
    """A page's title as `<title>` has it."""
    return whole_title(title, str(settings.SITE_NAME))


@register.simple_tag(takes_context=True)
def site_pages(context):
    return navigation.site_pages(context["request"])


@register.simple_tag
def site_operator() -> dict[str, str]:
    """Who runs the site and how to reach them, as the operator has set it; empty where not set."""
    return {"name": settings.SITE_OPERATOR, "contact": settings.SITE_CONTACT}


@register.simple_tag
def content_licence() -> dict[str, str]:
    """On what terms others may use the site's words and drawings; empty where nothing is stated."""
    return settings.CONTENT_LICENCE


@register.inclusion_tag("partials/seo.html", takes_context=True)
def seo(context, subject, crumbs, is_first=True):
    """Everything that search engines and shared links read in `<head>`.

    The later parts of a long list, not `is_first`, are no pages to find: what they list is.
    """
    here = get_language()
    versions = languages.versions(subject)
    canonical = next((v.absolute_url for v in versions if v.language == here), "")
    return {
        "subject": subject,
        "is_first": is_first,
        "markdown_url": context.get("markdown_url"),
        "canonical": canonical,
        "versions": versions,
        "default_version": languages.default_version(subject),
        "site_name": settings.SITE_NAME,
        "shared": shared(subject, here, versions),
        "lead": _lead_preload(getattr(subject, "image", None)),
        "structured_data": _structured_data(context, subject, crumbs, is_first and canonical),
    }


def _structured_data(context, subject, crumbs, is_listed) -> structured_data.Node:
    """What machines are told of the page. A draft or a preview is not told of as if it were there."""
    is_preview = getattr(context.get("request"), "is_preview", False)
    if is_preview or not is_listed or not subject.is_published:
        return structured_data.of_unlisted(crumbs)
    return structured_data.of_published(
        subject, crumbs, _picture_node(subject), context.get("main_entity")
    )


def _picture_node(subject) -> structured_data.Node | None:
    """The lead picture as machines are told of it: the largest file of the shape that is shown."""
    image = getattr(subject, "image", None)
    if image is None or not image.has_renditions:
        return None
    width, height = image.sizes["wide"][-1]
    url = languages.absolute(_url(image, "wide", width, "webp"))
    return structured_data.image_object(image, url, width, height)


def _lead_preload(image: Image | None) -> tuple[str, str, str] | None:
    """Type, source set and width of the page's lead picture, fetched before the browser lays it out.

    In the first form only: a browser that does not know it passes this by and chooses for itself.
    """
    if image is None or not image.has_renditions:
        return None
    extension = next(iter(ENCODERS))
    return f"image/{extension}", _source_set(image, "wide", extension), DISPLAY_WIDTHS["lead"]


@register.inclusion_tag("partials/edit_bar.html", takes_context=True)
def edit_bar(context):
    """For who may change the page's `subject`: the way to its form. A visitor costs no query."""
    subject, user = context.get("subject"), getattr(context.get("request"), "user", None)
    if not subject or user is None or not user.is_staff:
        return {"edit_url": ""}
    kind = f"{subject._meta.app_label}.change_{subject._meta.model_name}"
    return {"edit_url": navigation.change_url(subject) if user.has_perm(kind) else ""}


@register.simple_tag
def json_ld(data):
    """`data` as a JSON-LD block that no text in it can break out of."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_JSON_ESCAPES)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308 - escaped above


@register.inclusion_tag("partials/languages.html", takes_context=True)
def language_links(context):
    """Links to the page's `subject` in each of its languages; without one, to the home pages.

    A page that means the same in every language by what is chosen on it gives that as `language_query`,
    and one below its subject the name of its own address as `language_route`.
    """
    versions = languages.versions_of_page(context.get("subject"), context.get("language_route", ""))
    query = context.get("language_query", "")
    return {"versions": versions, "query": query, "here": get_language()}


# How wide a picture is shown, for the browser to choose a file by; kept beside the layout it describes.
DISPLAY_WIDTHS = {
    "lead": "(min-width: 72rem) 68rem, 100vw",
    "half": "(min-width: 48rem) 32rem, 100vw",
    "tile": "(min-width: 48rem) 20rem, 50vw",
    "card": "(min-width: 48rem) 21rem, 100vw",
}


@register.inclusion_tag("partials/picture.html")
def picture(image: Image, shape: str = "whole", display: str = "half", is_lead: bool = False):
    """A picture in a shape of `pages.renditions.SHAPES`, shown as wide as DISPLAY_WIDTHS says.

    The lead picture of a page is fetched first; all others when they come near.
    """
    sizes = image.sizes.get(shape, [])
    if not sizes:
        return {"image": None}
    width, height = sizes[-1]
    return {
        "image": image,
        "sources": [
            (f"image/{extension}", _source_set(image, shape, extension)) for extension in ENCODERS
        ],
        "src": _url(image, shape, sizes[min(1, len(sizes) - 1)][0], "webp"),
        "display": DISPLAY_WIDTHS[display],
        "width": width,
        "height": height,
        "is_lead": is_lead,
    }


@register.simple_tag
def image_named(code: str) -> Image | None:
    """The picture with this code, for templates that no record chooses a picture for."""
    return Image.objects.filter(code=code).first()


@register.simple_tag
def picture_url(image: Image) -> str:
    """Address of the largest rendition of the whole picture."""
    return _url(image, "whole", image.sizes["whole"][-1][0], "webp") if image.has_renditions else ""


def _source_set(image: Image, shape: str, extension: str) -> str:
    return ", ".join(
        f"{_url(image, shape, width, extension)} {width}w" for width, _height in image.sizes[shape]
    )


def _url(image: Image, shape: str, width: int, extension: str) -> str:
    return image.original.storage.url(rendition_name(image.digest, shape, width, extension))


@register.inclusion_tag("partials/collage.html")
def collage(collage):
    """A collage as figures in order; pictures without files are left out."""
    rows = [row for row in collage.rows if row.image.has_renditions]
    return {"collage": collage, "rows": rows}
