"""What search engines and shared links show of a page."""

from collections.abc import Iterator

from django.db import models
from django.utils.translation import gettext_lazy as _

from pages import excerpts
from pages.prose import ProseField


class SeoMetadata(models.Model):
    """Abstract. A subclass answers `seo_image`, and names in `SEO_TEXTS` the fields whose texts make a
    description where none is written, the first to be read first.
    """

    SEO_TEXTS: tuple[str, ...] = ()

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

    class Meta:
        abstract = True

    title: str

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
