"""What search engines and shared links show of a page."""

from collections.abc import Iterable, Mapping

from django.db import models
from django.utils.html import strip_tags
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from pages.discovery.share_card import FJORD, Theme
from pages.models.collage import Collage
from pages.models.image import Image


class SeoMetadata(models.Model):
    """Abstract. A subclass answers `seo_source`, the text to fall back on, `seo_image`, and what its
    card is made from, the picture that stands where a page is shared: see pages.discovery.sharing.

    `CARD_SHOWS` names, by model, the look-ups that lead from a record to rows its card shows.
    """

    CARD_SHOWS: Mapping[str, tuple[str, ...]] = {}

    seo_title = models.CharField(
        _("title in search results"),
        max_length=70,
        blank=True,
        help_text=_("At most 60 characters are shown. Empty: the title of the page."),
    )
    seo_description = models.CharField(
        _("text in search results"),
        max_length=200,
        blank=True,
        help_text=_("One or two sentences, 110 to 155 characters. Empty: the start of the text."),
    )

    # {language: digest}: which cards there are. The page reads it and asks no storage.
    share_cards = models.JSONField(default=dict, editable=False)

    class Meta:
        abstract = True

    title: str

    def save(self, *args, **kwargs):
        """Save all but `share_cards`: the row knows better than an object that was read before."""
        if self.pk and "share_cards" in (kwargs.get("update_fields") or {"share_cards"}):
            rows = type(self)._base_manager.filter(pk=self.pk)
            self.share_cards = rows.values_list("share_cards", flat=True).first() or {}
        super().save(*args, **kwargs)

    @property
    def seo_source(self) -> str:
        raise NotImplementedError

    @property
    def seo_image(self) -> Image | None:
        raise NotImplementedError

    @property
    def head_title(self) -> str:
        return self.seo_title or self.title

    @property
    def head_description(self) -> str:
        return self.seo_description or Truncator(strip_tags(self.seo_source)).chars(155)

    @property
    def card_title(self) -> str:
        return self.title

    @property
    def card_theme(self) -> Theme:
        return FJORD

    def card_pictures(self) -> list[Image]:
        """Return the pictures of the first collage, else the lead picture, as far as they have files."""
        collage = next(iter(self.card_collages()), None)
        shown = [row.image for row in collage.rows.select_related("image")] if collage else []
        return [image for image in shown or [self.seo_image] if image and image.has_renditions]

    def card_collages(self) -> Iterable[Collage]:
        return ()
