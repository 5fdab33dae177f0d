"""«Hjalp siden deg?» at the foot of a page."""

from django import template

from pages.feedback.sheet import MOST_SIGNS, TRAP, Sheet
from pages.models.feedback import name_of

register = template.Library()

_EMPTY = Sheet(page="", is_helpful=None, comment="", is_trapped=False)


@register.inclusion_tag("partials/feedback.html")
def feedback(subject):
    """The form about a record's page, on which nothing has been answered yet; none for a draft."""
    name = name_of(subject) if subject.is_published else ""
    return {"name": name, "sheet": _EMPTY, "faults": {}}


@register.simple_tag
def most_signs() -> int:
    """How long a comment may be."""
    return MOST_SIGNS


@register.simple_tag
def trap() -> str:
    """The name of the field that nobody is to fill in."""
    return TRAP
