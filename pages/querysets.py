"""The questions that views, lists, menus and the sitemap ask; none of them filters by column."""

from django.db import models
from django.db.models import Q
from django.utils import timezone, translation


class PublishableQuerySet(models.QuerySet):
    def published(self):
        """Rows that a visitor may see at this moment."""
        now = timezone.now()
        return self.filter(Q(withdraw_at=None) | Q(withdraw_at__gt=now), publish_at__lte=now)

    def visible_to(self, user):
        """Everything for staff, what is published for anyone else."""
        return self if user.is_active and user.is_staff else self.published()

    def in_language(self, language: str | None = None):
        """Rows that exist in `language` (the active one when left out): a title is what makes them exist."""
        language = language or translation.get_language()
        return self.filter(**{f"title_{language}__gt": ""})
