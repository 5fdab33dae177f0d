"""Which fields have a column per language."""

from modeltranslation.translator import TranslationOptions, register

from pages.translation import SEO_FIELDS, required
from programmes.models import (
    Action,
    Audience,
    BudgetExample,
    Call,
    CallType,
    Country,
    Deadline,
    DeadlineChange,
    DistanceBand,
    EligibilityRoute,
    EligibilityRule,
    Experience,
    FormerName,
    Measure,
    PacketPoint,
    PlanStep,
    Purpose,
    Rate,
    SchoolArea,
    SchoolHoliday,
    Term,
)


@register((Audience, Purpose, Experience, CallType, SchoolArea))
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


@register(Term)
class TermTranslation(TranslationOptions):
    fields = ("title", "definition", "synonyms", "old_names")
    required_languages = required("title", "definition")


@register((Call, PacketPoint, SchoolHoliday))
class TitledTranslation(TranslationOptions):
    fields = ("title",)
    required_languages = required("title")


@register(Country)
class CountryTranslation(TranslationOptions):
    fields = ("title",)
    required_languages = required("title")


@register(Deadline)
class DeadlineTranslation(TranslationOptions):
    fields = ("title", "basis", "note")


@register(DeadlineChange)
class DeadlineChangeTranslation(TranslationOptions):
    fields = ("note",)


@register(PlanStep)
class PlanStepTranslation(TranslationOptions):
    fields = ("title", "text")
    required_languages = required("title")


@register((Rate, DistanceBand))
class RateTranslation(TranslationOptions):
    fields = ("note",)


@register(BudgetExample)
class BudgetExampleTranslation(TranslationOptions):
    fields = ("title", "description")
    required_languages = required("title", "description")


@register(FormerName)
class FormerNameTranslation(TranslationOptions):
    fields = ("title", "today", "note")


@register(EligibilityRoute)
class EligibilityRouteTranslation(TranslationOptions):
    fields = ("title", "summary", "first_steps")
    required_languages = required("title", "summary", "first_steps")


@register(EligibilityRule)
class EligibilityRuleTranslation(TranslationOptions):
    fields = ("reason",)
    required_languages = required("reason")
