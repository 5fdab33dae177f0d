"""Which fields have a column per language."""

from modeltranslation.translator import TranslationOptions, register

from pages.translation import SEO_FIELDS, required
from programmes.models import (
    Action,
    Audience,
    EligibilityRoute,
    EligibilityRule,
    Experience,
    Measure,
    Purpose,
)


@register((Audience, Purpose, Experience))
class FacetTranslation(TranslationOptions):
    fields = ("title",)
    required_languages = required("title")


@register(Action)
class ActionTranslation(TranslationOptions):
    fields = (
        "title",
        "slug",
        "heading",
        "summary",
        "introduction",
        "more_text",
        "body",
        "management_note",
        *SEO_FIELDS,
    )
    empty_values = {"slug": None}
    required_languages = required("title", "heading")


@register(Measure)
class MeasureTranslation(TranslationOptions):
    fields = (
        "title",
        "slug",
        "list_text",
        "summary",
        *Measure.FACTS,
        *Measure.GUIDANCE,
        *SEO_FIELDS,
    )
    empty_values = {"slug": None}
    required_languages = required("title", "summary")


@register(EligibilityRoute)
class EligibilityRouteTranslation(TranslationOptions):
    fields = ("title", "summary", "first_steps")
    required_languages = required("title", "summary", "first_steps")


@register(EligibilityRule)
class EligibilityRuleTranslation(TranslationOptions):
    fields = ("reason",)
    required_languages = required("reason")
