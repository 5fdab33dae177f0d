"""What everything with a page of its own has: languages, slugs and a time of publication."""

from datetime import UTC, datetime
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pages.models.address import Address
from pages.models.linked import Linked
from pages.models.translated import Translated
from pages.slugs import slug_from

# Beyond these, reckoning with time zones runs off the calendar.
CALENDAR = [
    MinValueValidator(datetime(2000, 1, 1, tzinfo=UTC)),
    MaxValueValidator(datetime(2100, 1, 1, tzinfo=UTC)),
]


class Publishable(Linked, Translated):
    """Abstract. A subclass adds translated fields `title` and `slug`, a `get_absolute_url()` and a
    manager from PublishableQuerySet.

    It exists in a language when its title does; a title without a slug gets one when saved, so that
    nothing with a title lacks an address. Whether
    it is a draft, live or withdrawn is told by two moments, so that no status can contradict them.
    """

    # Visitors see nothing of these, so that a change of them is no draft and no version.
    DIRECT = ("review_on", "responsible")
    UNSEEN = ("outdated", "created_at", "share_cards", *DIRECT)
    MOMENTS = ("publish_at", "withdraw_at")

    publish_at = models.DateTimeField(
        _("publish at"),
        null=True,
        blank=True,
        db_index=True,
        validators=CALENDAR,
        help_text=_("Visitors see it from this moment. Empty: a draft that only editors see."),
    )
    withdraw_at = models.DateTimeField(
        _("withdraw at"),
        null=True,
        blank=True,
        db_index=True,
        validators=CALENDAR,
        help_text=_("Visitors no longer see it from this moment. Empty: it stays."),
    )
    review_on = models.DateField(
        _("to be reviewed on"),
        null=True,
        blank=True,
        db_index=True,
        help_text=_(
            "The day when somebody reads it anew and asks whether it still holds. "
            "Visitors don't see it."
        ),
    )
    responsible = models.ForeignKey(
        "auth.Group",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("responsible"),
        help_text=_("The role that reviews it."),
    )
    explains_words = models.BooleanField(
        _("explain words in the text"),
        default=True,
        help_text=_(
            "The first time the page uses a word of the glossary, its definition can be opened there."
        ),
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    class Meta:
        abstract = True

    def __str__(self):
        return self.title_in_any_language

    def save(self, *args, **kwargs):
        self.fill_slugs()
        with transaction.atomic():
            super().save(*args, **kwargs)
            Address.objects.keep([self, *self.moved_along()])

    def moved_along(self) -> list["Publishable"]:
        """Return the records whose addresses are made from this one's, as they now are."""
        return []

    @property
    def title_in_any_language(self) -> str:
        languages = [translation.get_language(), *(code for code, _name in settings.LANGUAGES)]
        return next((t for code in languages if (t := self.translated("title", code))), "-")

    def exists_in(self, language: str) -> bool:
        """Whether it has a page in `language`: a title, and an address to show it at."""
        return self.has_title_in(language) and bool(self.translated("slug", language))

    @property
    def leads_to_live(self) -> bool:
        """Whether an address that visitors use is made from this record's, whatever it is itself."""
        return False

    @property
    def topic(self) -> str:
        """What it belongs to, in a word, for those who sort what they follow; empty: nothing."""
        return ""

    @property
    def anchors(self) -> set[str]:
        """What a link to a part of its page can end in."""
        return set()

    @property
    def is_published(self) -> bool:
        now = timezone.now()
        begun = self.publish_at is not None and self.publish_at <= now
        return begun and (self.withdraw_at is None or self.withdraw_at > now)

    @property
    def was_published(self) -> bool:
        """Whether visitors could see it before, and cannot now."""
        begun = self.publish_at is not None and self.publish_at <= timezone.now()
        return begun and not self.is_published

    def reveal(self) -> None:
        """Make visitors see it now, and what it cannot be seen without. For a preview, rolled back."""
        moments = {"publish_at": timezone.now(), "withdraw_at": None}
        type(self)._default_manager.filter(pk=self.pk).update(**moments)
        self.publish_at, self.withdraw_at = moments["publish_at"], None

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
            slug = self.translated("slug", code)
            if not slug and self.needs_slug and self.has_title_in(code):
                # A title of signs only leaves no letters to make an address of.
                made = slug_from(self.translated("title", code))
                slug = made or f"{self._meta.model_name}-{uuid4().hex[:8]}"
            setattr(self, f"slug_{code}", slug.lower() or None)

    @property
    def needs_slug(self) -> bool:
        return True

    def _language_errors(self) -> dict[str, str]:
        if self.needs_all_languages:
            return {
                f"title_{code}": gettext("A title is needed in every language.")
                for code in settings.REQUIRED_LANGUAGES
                if not self.has_title_in(code)
            }
        if not any(self.has_title_in(code) for code, _name in settings.LANGUAGES):
            message = gettext("A title is needed in at least one language.")
            return {f"title_{settings.LANGUAGE_CODE}": message}
        return {}
