"""What a page tells those who show a link to it: Open Graph, which Twitter's cards build on."""

from dataclasses import dataclass

from django.conf import settings
from django.core.files.storage import default_storage
from django.utils.translation import gettext

from pages.discovery import share_card
from pages.languages import Version
from pages.models import Image, SeoMetadata
from pages.renditions import rendition_name

# The written forms of Norway are told apart by language, English by country.
_ENGLISH = "en_GB"


@dataclass(frozen=True)
class SharedPicture:
    """The picture beside a shared link; `url` is absolute."""

    url: str
    kind: str
    width: int
    height: int
    alt: str


@dataclass(frozen=True)
class Shared:
    """What is told of a page in the language that is active."""

    kind: str
    locale: str
    other_locales: list[str]
    picture: SharedPicture | None

    @property
    def is_article(self) -> bool:
        return self.kind == "article"


def shared(subject, language: str, versions: list[Version]) -> Shared:
    """Return what is told of `subject`; `versions` are the languages it stands in."""
    return Shared(
        # The pages of the site's frame lead on; all others are there to be read.
        kind="website" if getattr(subject, "route", "") else "article",
        locale=locale(language),
        other_locales=[locale(v.language) for v in versions if v.language != language],
        picture=_card(subject, language) or _lead(subject.seo_image),
    )


def locale(language: str) -> str:
    return _ENGLISH if language == "en" else f"{language}_NO"


def _card(subject: SeoMetadata, language: str) -> SharedPicture | None:
    digest = subject.share_cards.get(language)
    if not digest:
        return None
    alt = gettext("A paper collage with the title “%(title)s”") % {"title": subject.card_title}
    return SharedPicture(
        _absolute(share_card.file_name(digest)), "image/jpeg", *share_card.SIZE, alt
    )


def _lead(image: Image | None) -> SharedPicture | None:
    """The page's lead picture, for as long as it has no card."""
    if image is None or not image.has_renditions:
        return None
    width, height = image.sizes["wide"][-1]
    name = rendition_name(image.digest, "wide", width, "webp")
    return SharedPicture(_absolute(name), "image/webp", width, height, image.alt)


def _absolute(name: str) -> str:
    return settings.SITE_URL + default_storage.url(name)
