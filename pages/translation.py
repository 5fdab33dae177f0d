"""Which fields have a column per language. Models never mention languages; this file does."""

from django.conf import settings
from modeltranslation.translator import TranslationOptions, register

from pages.models import Collage, Image, Page, Section


def required(*fields: str) -> dict[str, list[str] | tuple[str, ...]]:
    """Ask for `fields` in each of the languages that content must have."""
    return dict.fromkeys(settings.REQUIRED_LANGUAGES, fields)


SEO_FIELDS = ("seo_title", "seo_description")


@register(Page)
class PageTranslation(TranslationOptions):
    fields = ("title", "slug", "path", "lead", "body", *SEO_FIELDS)
    # NULL where there is none: two pages without a path in a language must not clash.
    empty_values = {"path": None}


@register(Section)
class SectionTranslation(TranslationOptions):
    fields = ("heading", "body")


@register(Image)
class ImageTranslation(TranslationOptions):
    fields = ("title", "alt", "caption")
    required_languages = required("title", "alt")


@register(Collage)
class CollageTranslation(TranslationOptions):
    fields = ("title",)
    required_languages = required("title")
