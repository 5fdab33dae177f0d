"""What the admin's front page shows, in order. A panel is a function of the request; None shows nothing."""

from pages.admin.feedback import comments
from pages.admin.front_page import (
    Panel,
    dead_links,
    drafts,
    due_for_review,
    published_lately,
    scheduled,
    translations,
)
from programmes.admin.sources import figures_to_check

PANELS = (
    drafts,
    scheduled,
    translations,
    due_for_review,
    figures_to_check,
    dead_links,
    comments,
    published_lately,
)


def panels(request) -> list[Panel]:
    return [panel for make in PANELS if (panel := make(request)) is not None]
