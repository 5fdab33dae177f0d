"""Which languages an object truly has, and its address in each.

The one source for the language links, the alternates in `<head>` and the sitemap, so that the three
cannot disagree. An object takes part by having `exists_in(language)` and `get_absolute_url()`.
"""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils import translation

LANGUAGE_CODES = frozenset(code for code, _name in settings.LANGUAGES)


def language_from_path(path: str) -> str:
    """Return the language that `path` names, or the default language when it names none."""
    prefix = path.split("/", 2)[1] if path.startswith("/") else ""
    return prefix if prefix in LANGUAGE_CODES else settings.LANGUAGE_CODE


@dataclass(frozen=True)
class Version:
    """An object in one language. `url` is a path from the root; `name` is the language's own name."""

    language: str
    name: str
    url: str

    @property
    def absolute_url(self) -> str:
        return absolute(self.url)


def absolute(path: str) -> str:
    """Return `path` on the configured origin, whatever host the request came by."""
    return settings.SITE_URL + path


def languages_of(item) -> list[str]:
    """Return the codes of the languages in which `item` exists, in the order of the settings."""
    return [code for code, _name in settings.LANGUAGES if item.exists_in(code)]


def url_in(item, language: str) -> str:
    """Return the path of `item` in `language`, in which it must exist."""
    with translation.override(language):
        return item.get_absolute_url()


def versions(item) -> list[Version]:
    """Return `item` in each of its languages."""
    names = dict(settings.LANGUAGES)
    return [Version(code, names[code], url_in(item, code)) for code in languages_of(item)]


def default_version(item) -> Version | None:
    """Return the version for readers of no listed language: the default one, if there is one."""
    return default_of(versions(item))


def default_of(found: list[Version]) -> Version | None:
    return next((v for v in found if v.language == settings.LANGUAGE_CODE), None)


def in_every_language(route: str) -> list[Version]:
    """Return what stands at `route` of the URL table in every language."""
    result = []
    for code, name in settings.LANGUAGES:
        with translation.override(code):
            result.append(Version(code, name, reverse(route)))
    return result


def versions_of_page(subject, route: str = "") -> list[Version]:
    """Return the page at `route` in every language, or `subject` in each of its own; without both, the home page."""
    if route:
        return in_every_language(route)
    return versions(subject) if subject else home_versions()


def home_versions() -> list[Version]:
    """Return the home page in every language, for a page that stands in none, such as a 404."""
    return in_every_language("home")
