"""What search engines and shared links show of a page."""

from collections.abc import Iterable, Iterator, Mapping

from django.db import models
from django.utils.translation import gettext_lazy as _

from pages import excerpts
from pages.models.collage import Collage
from pages.models.image import Image
from pages.prose import ProseField
from pages.themes import FJORD, Theme


class SeoMetadata(models.Model):
    """Abstract. A subclass answers `seo_image`, and names in `SEO_TEXTS` the fields whose texts make a
    description where none is written, the first to be read first.

    `CARD_SHOWS` names, by model, the look-ups that lead from a record to rows that its card shows, the
    picture that stands where a page is shared: see pages.discovery.sharing.
    """

    SEO_TEXTS: tuple[str, ...] = ()
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
    def seo_image(self) -> Image | None:
        raise NotImplementedError

    @property
    def head_title(self) -> str:
        return self.seo_title or self.title

    @property
    def head_description(self) -> str:
        return self.seo_description or excerpts.excerpt(self.seo_texts())

    def seo_texts(self) -> Iterator[list[excerpts.Block]]:
        """Yield the texts to fall back on, one at a time: most often the first is enough."""
        for name in self.SEO_TEXTS:
            is_prose = isinstance(self._meta.get_field(name), ProseField)
            blocks_of = excerpts.blocks_of_prose if is_prose else excerpts.blocks_of_plain
            yield blocks_of(getattr(self, name) or "")

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
