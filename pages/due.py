"""Changes with a moment: published by the first request after it, so that no service need run.

Each process remembers for LOOK_AHEAD seconds when the next change is due, so that a request asks the
database seldom; a moment is planned further ahead than that, or is at once.
"""

import time

from django.utils import timezone

from pages import publishing
from pages.models import Draft

LOOK_AHEAD = 10.0

_next_look = 0.0
_next_due = None


class DueMiddleware:
    """Publishes what is due before the request is answered."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        publish_what_is_due()
        return self.get_response(request)


def publish_what_is_due() -> int:
    global _next_look, _next_due
    if time.monotonic() >= _next_look:
        waiting = Draft.objects.filter(publish_at__isnull=False, fault="").order_by("publish_at")
        _next_due = waiting.values_list("publish_at", flat=True).first()
        _next_look = time.monotonic() + LOOK_AHEAD
    if _next_due is None or _next_due > timezone.now():
        return 0
    _next_look = 0.0
    return publishing.publish_due()
