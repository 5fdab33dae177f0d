"""The questions that views, lists, menus and the sitemap ask; none of them filters by column."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Greatest
from django.utils import timezone, translation


def published_now(prefix: str = "") -> Q:
    """The condition that a visitor may see a row at this moment; `prefix` leads to a related row."""
    now = timezone.now()
    begun = Q(**{f"{prefix}publish_at__lte": now})
    not_ended = Q(**{f"{prefix}withdraw_at": None}) | Q(**{f"{prefix}withdraw_at__gt": now})
    return begun & not_ended


class PublishableQuerySet(models.QuerySet):
    # The fields that an address is made from, translated ones without their language.
    TRANSLATED_IN_ADDRESS: tuple[str, ...] = ("title", "slug")
    PLAIN_IN_ADDRESS: tuple[str, ...] = ()
    # The moments since which visitors see a row as it is now: the latest of them counts.
    SEEN_SINCE: tuple[str, ...] = ("updated_at", "publish_at")

    def published(self):
        """Rows that a visitor may see at this moment."""
        return self.filter(published_now())

    def visible_to(self, user):
        """Everything for staff, what is published for anyone else."""
        return self if user.is_active and user.is_staff else self.published()

    def with_seen_since(self):
        """With `seen_since`: when a row that visitors see was last changed or published."""
        return self.annotate(seen_since=Greatest(*self.SEEN_SINCE))

    def newest_first(self):
        """What is new or changed before what visitors have seen for long."""
        return self.with_seen_since().order_by("-seen_since", "-pk")

    def in_language(self, language: str | None = None):
        """Rows that exist in `language`, the active one when left out: with a title and an address."""
        language = language or translation.get_language() or ""
        return self.filter(Q(**{f"title_{language}__gt": ""}), self._has_address_in(language))

    def with_address(self):
        """With what it takes to tell a row's address."""
        return self

    def for_address(self, *more: str):
        """With what it takes to tell a row's addresses, the fields `more`, and nothing else."""
        names = [
            f"{name}_{code}"
            for name in self.TRANSLATED_IN_ADDRESS
            for code, _ in settings.LANGUAGES
        ]
        return self.with_address().only(*self.PLAIN_IN_ADDRESS, *names, *more)

    def with_anchors(self):
        """With what it takes to tell which parts of a row's page a link can name."""
        return self

    def _has_address_in(self, language: str) -> Q:
        return Q(**{f"slug_{language}__gt": ""})
