"""What everything with a page of its own has: languages, slugs and a time of publication."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone, translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pages.slugs import slug_from


class Publishable(models.Model):
    """Abstract. A subclass adds translated fields `title` and `slug`, a `get_absolute_url()` and a
    manager from PublishableQuerySet.

    It exists in a language when its title does; a title without a slug gets one when saved. Whether
    it is a draft, live or withdrawn is told by two moments, so that no status can contradict them.
    """

    publish_at = models.DateTimeField(
        _("publish at"),
        null=True,
        blank=True,
        db_index=True,
        help_text=_("Visitors see it from this moment. Empty: a draft that only editors see."),
    )
    withdraw_at = models.DateTimeField(
        _("withdraw at"),
        null=True,
        blank=True,
        help_text=_("Visitors no longer see it from this moment. Empty: it stays."),
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    updated_at = models.DateTimeField(_("last changed"), auto_now=True)

    # Whether a title is needed in every one of settings.REQUIRED_LANGUAGES, or in any one language.
    needs_all_languages = False

    class Meta:
        abstract = True

    def __str__(self):
        return self.title_in_any_language

    def save(self, *args, **kwargs):
        self.fill_slugs()
        super().save(*args, **kwargs)

    @property
    def title_in_any_language(self) -> str:
        languages = [translation.get_language(), *(code for code, _name in settings.LANGUAGES)]
        return next((t for code in languages if (t := self.translated("title", code))), "-")

    def translated(self, field: str, language: str | None) -> str:
        """Return the value of `field` in `language`, empty where there is none."""
        return getattr(self, f"{field}_{language}", None) or ""

    def exists_in(self, language: str) -> bool:
        return bool(self.translated("title", language))

    @property
    def is_published(self) -> bool:
        now = timezone.now()
        begun = self.publish_at is not None and self.publish_at <= now
        return begun and (self.withdraw_at is None or self.withdraw_at > now)

    def clean(self):
        super().clean()
        self.fill_slugs()
        errors = self._language_errors()
        if self.publish_at and self.withdraw_at and self.withdraw_at <= self.publish_at:
            errors["withdraw_at"] = gettext("The moment of withdrawal must come after publication.")
        if errors:
            raise ValidationError(errors)

    def fill_slugs(self) -> None:
        """Give each language with a title and no slug a slug made from the title."""
        for code, _name in settings.LANGUAGES:
            if self.needs_slug and self.exists_in(code) and not self.translated("slug", code):
                setattr(self, f"slug_{code}", slug_from(self.translated("title", code)))

    @property
    def needs_slug(self) -> bool:
        return True

    def _language_errors(self) -> dict[str, str]:
        if self.needs_all_languages:
            return {
                f"title_{code}": gettext("A title is needed in every language.")
                for code in settings.REQUIRED_LANGUAGES
                if not self.translated("title", code)
            }
        if not any(self.translated("title", code) for code, _name in settings.LANGUAGES):
            message = gettext("A title is needed in at least one language.")
            return {f"title_{settings.LANGUAGE_CODE}": message}
        return {}
