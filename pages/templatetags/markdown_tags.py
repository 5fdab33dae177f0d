"""Text, links and pictures in templates that write Markdown, where nothing is escaped by itself."""

from urllib.parse import urljoin

from django import template
from django.conf import settings
from django.utils.translation import get_language

from pages import languages, markdown
from pages.negotiation import FILE
from pages.prose import clean_prose
from pages.templatetags.pages_tags import picture_url

register = template.Library()


@register.filter
def text(value) -> str:
    """A plain text, on one line."""
    return markdown.escape("" if value is None else str(value))


@register.filter
def prose(html, address: str) -> str:
    """Stored body text; `address` is that of the page it stands on."""
    return markdown.from_prose(clean_prose(html or ""), address)


@register.filter
def link(path: str) -> str:
    """Where a link leads: an address on the site's origin."""
    return markdown.destination(path, urljoin(settings.SITE_URL, "/"))


@register.filter
def file_link(path: str) -> str:
    """Where the Markdown of the page at `path` is."""
    return link(f"{path}{FILE}")


@register.simple_tag
def picture(image) -> str:
    """A picture with its alternative text; without its file there is nothing to show."""
    url = picture_url(image)
    return f"![{text(image.alt)}]({link(url)})" if url else ""


@register.simple_tag(takes_context=True)
def other_languages(context) -> list[languages.Version]:
    """The page in its other languages, as `language_links` finds them."""
    versions = languages.versions_of_page(context.get("subject"), context.get("language_route", ""))
    return [version for version in versions if version.language != get_language()]


@register.simple_tag
def language_name() -> str:
    """The active language's own name."""
    return dict(settings.LANGUAGES)[get_language()]
