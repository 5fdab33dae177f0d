"""What search engines and shared links show of a page."""

from django.db import models
from django.utils.html import strip_tags
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _


class SeoMetadata(models.Model):
    """Abstract. A subclass answers `seo_source`, the text to fall back on, and `seo_image`."""

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
    def seo_source(self) -> str:
        raise NotImplementedError

    @property
    def head_title(self) -> str:
        return self.seo_title or self.title

    @property
    def head_description(self) -> str:
        return self.seo_description or Truncator(strip_tags(self.seo_source)).chars(155)
