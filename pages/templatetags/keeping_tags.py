"""What the browser is told of what it keeps."""

from django import template

from pages.admin.keeping import SAVED

register = template.Library()


@register.simple_tag(takes_context=True)
def saved_sheets(context) -> str:
    """Names of the forms that were saved since the last page, told once."""
    session = getattr(context.get("request"), "session", {})
    return " ".join(session.pop(SAVED, []))
