"""The main actions (hovedtiltak): mobility, partnerships, policy."""

from django.apps import apps
from django.db import models
from django.db.models import OuterRef
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pages.models import Collage, Image, Ordered, Publishable, SeoMetadata
from pages.prose import ProseField
from pages.querysets import changes_in_list
from pages.themes import FJORD, Theme
from programmes.models.frame import Source, Sourced, SourcedQuerySet

# The colours of each action where a page is shared: those of static/css/tokens.css in daylight.
CARD_THEMES = {
    "mobility": Theme(strong="#d9583b", tint="#fbe4da"),
    "partnerships": Theme(strong="#2e7d5b", tint="#dff0e3"),
    "policy": Theme(strong="#7a4a86", tint="#efe2f1"),
}


class ActionQuerySet(SourcedQuerySet):
    IN_SOURCES = "actions"
    SHOWS = ("image", "collage", "collage__images", "sources")

    def _changes_around(self):
        measures = apps.get_model("programmes.Measure")._default_manager.filter(
            action=OuterRef("pk")
        )
        return [*super()._changes_around(), *changes_in_list(measures)]

    def with_content(self):
        """With picture and collage; `load_rows` reads what the collage holds."""
        return self.select_related("image", "collage")

    def for_menu(self):
        return self.published().in_language().only("code", "title", "slug", "position")


class Action(Sourced, Ordered, Publishable, SeoMetadata):
    """A main action. `code` also names its colour in the style sheets."""

    ALL_LANGUAGES = True
    WORTH = 2
    SEO_TEXTS = ("summary", "introduction", "body")
    CARD_SHOWS = {
        "pages.collageimage": ("collage__collageimage",),
        "pages.image": ("image", "collage__images"),
    }

    # Present on the overview only: the first of its measures, and whether there are others.
    listed_measures: list
    has_more: bool

    class ManagementMode(models.TextChoices):
        DECENTRALISED = "decentralised", _("by the National Agency")
        CENTRALISED = "centralised", _("by the European Commission")

    code = models.CharField(max_length=80, unique=True, null=True, blank=True, editable=False)
    title = models.CharField(
        _("short name"), max_length=80, help_text=_("In menus and breadcrumbs.")
    )
    slug = models.SlugField(_("address"), max_length=80, unique=True, blank=True)
    heading = models.CharField(
        _("heading"), max_length=160, help_text=_("On the overview and on the action's own page.")
    )
    summary = models.TextField(
        _("in short"),
        blank=True,
        help_text=_("What it gives, in one or two sentences, on the home page."),
    )
    introduction = ProseField(
        _("introduction"), help_text=_("On the overview, above the list of measures.")
    )
    more_text = models.CharField(
        _("link to the action's page"),
        max_length=160,
        blank=True,
        help_text=_("On the overview, below the list. Empty: only the heading leads on."),
    )
    body = ProseField(_("text"), help_text=_("On the action's own page."))
    management_mode = models.CharField(_("managed"), max_length=13, choices=ManagementMode)
    management_note = models.TextField(
        _("note on who manages it"), blank=True, help_text=_("Exceptions, in a sentence or two.")
    )
    image = models.ForeignKey(
        Image, models.PROTECT, null=True, blank=True, verbose_name=_("picture")
    )
    collage = models.ForeignKey(
        Collage, models.PROTECT, null=True, blank=True, verbose_name=_("collage")
    )

    sources = models.ManyToManyField(
        Source, blank=True, related_name="actions", verbose_name=_("sources")
    )

    objects = ActionQuerySet.as_manager()

    class Meta:
        verbose_name = _("main action")
        verbose_name_plural = _("main actions")
        ordering = ["position", "pk"]

    def get_absolute_url(self):
        return reverse("programmes:action_detail", kwargs={"slug": self.slug})

    def moved_along(self) -> list[Publishable]:
        return list(self.measures.all())

    @property
    def is_centralised(self) -> bool:
        return self.management_mode == self.ManagementMode.CENTRALISED

    @property
    def head_title(self) -> str:
        return self.seo_title or self.heading

    @property
    def seo_image(self) -> Image | None:
        return self.image

    @property
    def card_title(self) -> str:
        return self.heading or self.title

    @property
    def card_theme(self) -> Theme:
        return CARD_THEMES.get(self.code or "", FJORD)

    def card_collages(self) -> list[Collage]:
        return [self.collage] if self.collage else []
