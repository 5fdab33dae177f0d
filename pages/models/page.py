"""Pages of prose in a tree, made of sections."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, When
from django.urls import NoReverseMatch, resolve, reverse
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pages import questions
from pages.excerpts import Block, blocks_of_prose
from pages.languages import language_from_path
from pages.models.collage import Collage
from pages.models.image import Image
from pages.models.linked import Linked
from pages.models.ordered import Ordered
from pages.models.publishable import Publishable
from pages.models.seo import SeoMetadata
from pages.models.translated import Translated
from pages.prose import ProseField
from pages.querysets import PublishableQuerySet, changes_in_list, latest

# Pages of the menu and the footer, and those with a fixed address. Written just as in the index.
IN_FRAME = models.Q(is_in_menu=True) | models.Q(is_in_footer=True) | models.Q(route__gt="")


class PageQuerySet(PublishableQuerySet):
    TRANSLATED_IN_ADDRESS = ("title", "path")
    PLAIN_IN_ADDRESS = ("route",)
    SHOWS = ("image", "sources", "sections__collage", "sections__collage__images")

    def in_navigation(self):
        """Pages of the menu and the footer, and those with a fixed address, with what menus and breadcrumbs need."""
        return self.filter(IN_FRAME).only(
            "route", "title", "slug", "path", "is_in_menu", "is_in_footer", "position"
        )

    def with_content(self):
        """With lead picture and sections; `load_rows` reads what their collages hold."""
        sections = Section.objects.select_related("collage")
        return self.select_related("image").prefetch_related(models.Prefetch("sections", sections))

    def with_sources(self):
        return self.prefetch_related("sources")

    def with_seo_texts(self):
        return self.prefetch_related("sections")

    def with_anchors(self):
        return self.prefetch_related("sections")

    def _changes_around(self):
        of_routes = [
            When(route=route, then=latest([F("updated_at"), *_changes_in_lists(lists)]))
            for route, lists in settings.ROUTES_LIST.items()
        ]
        return [*super()._changes_around(), models.Case(*of_routes, default="updated_at")]

    def _has_address_in(self, language: str) -> models.Q:
        return ~models.Q(route="") | models.Q(**{f"path_{language}__gt": ""})


def _changes_in_lists(lists: Mapping[str, Iterable[str]]) -> list[models.Subquery]:
    return [
        change
        for label, relations in lists.items()
        for change in changes_in_list(apps.get_model(label)._default_manager.all(), relations)
    ]


# Longer ones are cut by mail programs, and a database's index takes no text of any length.
MAX_PATH = 400


class Page(Ordered, Publishable, SeoMetadata):
    """A page of prose. Not for actions, measures or anything else with facts in fields of their own.

    Its address is its ancestors' slugs and its own, kept ready as `path` per language so that one
    indexed look-up serves any depth. A page with a `route` has its address in the URL table instead,
    and the view there decides what else is on it.
    """

    PARTS = ("sections",)
    SEO_TEXTS = ("lead", "body")
    CARD_SHOWS = {
        "pages.section": ("sections",),
        "pages.collageimage": ("sections__collage__collageimage",),
        "pages.image": ("image", "sections__collage__images"),
    }

    code = models.CharField(max_length=80, unique=True, null=True, blank=True, editable=False)
    route = models.CharField(max_length=80, blank=True, editable=False, db_index=True)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("lies below"),
        help_text=_("The page that this one lies below, in address and breadcrumb."),
    )
    title = models.CharField(_("title"), max_length=120, blank=True)
    slug = models.SlugField(
        _("address"),
        max_length=80,
        blank=True,
        help_text=_("The last part of the address. Empty: made from the title."),
    )
    path = models.CharField(
        _("whole address"), max_length=1000, unique=True, null=True, blank=True, editable=False
    )
    lead = models.TextField(
        _("lead"), blank=True, help_text=_("The answer in one or two sentences, in larger type.")
    )
    body = ProseField(_("text"))
    image = models.ForeignKey(
        Image, models.PROTECT, null=True, blank=True, verbose_name=_("lead picture")
    )
    sources: Any = models.ManyToManyField(
        settings.SOURCE_MODEL, blank=True, related_name="pages", verbose_name=_("sources")
    )
    is_in_menu = models.BooleanField(_("in the menu"), default=False)
    is_in_footer = models.BooleanField(_("in the footer"), default=False)

    objects = PageQuerySet.as_manager()

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        ordering = ["position", "pk"]
        indexes = [
            # The menu is on every page, and must not look through all of them.
            models.Index(fields=["position"], condition=IN_FRAME, name="pages_of_the_frame")
        ]

    def get_absolute_url(self):
        if self.route:
            return reverse(self.route)
        return reverse("pages:page_detail", kwargs={"path": self.path})

    @property
    def named_sources(self) -> list[Any]:
        """Its sources in order. Costs no query on a row from `with_sources()`."""
        return list(self.sources.all())

    @property
    def needs_slug(self) -> bool:
        return not self.route

    def exists_in(self, language: str) -> bool:
        has_address = bool(self.route or self.translated("path", language))
        return self.has_title_in(language) and has_address

    @property
    def needs_all_languages(self) -> bool:
        """The site's frame links to pages with a fixed address in every language."""
        return bool(self.route)

    @classmethod
    def needing_all_languages(cls) -> models.Q:
        return ~models.Q(route="")

    @property
    def worth(self) -> int:
        """How soon visitors come by it: the site's frame first, then the menu."""
        return 0 if self.route else 1 if self.is_in_menu else 4 if self.is_in_footer else self.WORTH

    @property
    def collages(self) -> list[Collage]:
        return [section.collage for section in self.sections.all() if section.collage]

    @property
    def contents(self) -> list["Section"]:
        """The sections that a list of contents names."""
        return [section for section in self.sections.all() if section.heading]

    @property
    def anchors(self) -> set[str]:
        found = {section.anchor for section in self.sections.all()}
        found.update(questions.anchors(self.body or ""))
        for section in self.sections.all():
            found.update(questions.anchors(section.body or "", section.anchor))
        return found

    def seo_texts(self) -> Iterator[list[Block]]:
        yield from super().seo_texts()
        for section in self.sections.all() if self.pk else ():
            yield blocks_of_prose(section.body or "")

    @property
    def seo_image(self) -> Image | None:
        return self.image

    def card_collages(self) -> list[Collage]:
        return self.collages

    @property
    def leads_to_live(self) -> bool:
        return any(child.publish_at or child.leads_to_live for child in self.children.all())

    def clean(self):
        super().clean()
        errors = self._frame_errors() or self._tree_errors() or self._address_errors()
        if errors:
            raise ValidationError(errors)

    def save(self, *args, **kwargs):
        with transaction.atomic():
            if self.parent_id:
                # Fresh and locked: another editor may be renaming it at this moment.
                self.parent = type(self).objects.select_for_update().get(pk=self.parent_id)
            super().save(*args, **kwargs)

    def fill_slugs(self) -> None:
        """Fill the paths that are made of them too."""
        super().fill_slugs()
        self._fill_paths()

    def moved_along(self) -> list[Publishable]:
        return self._move_children()

    def _move_children(self, above: frozenset[int] = frozenset()) -> list[Publishable]:
        """Give all pages below their new paths and return them; nothing else of them changes."""
        if self.pk in above:
            raise ValidationError({"parent": gettext("A page cannot lie below itself.")})
        moved: list[Publishable] = []
        for child in self.children.all():
            child.parent = self
            if child._fill_paths():
                paths = {
                    f"path_{code}": child.translated("path", code) or None
                    for code, _name in settings.LANGUAGES
                }
                type(self).objects.filter(pk=child.pk).update(**paths)
                moved += [child, *child._move_children(above | {self.pk})]
        return moved

    def _fill_paths(self) -> bool:
        """Set the path of each language; return whether any of them changed."""
        before = [self.translated("path", code) for code, _name in settings.LANGUAGES]
        after = [self._path_in(code) for code, _name in settings.LANGUAGES]
        for (code, _name), path in zip(settings.LANGUAGES, after, strict=True):
            setattr(self, f"path_{code}", path or None)
        return before != after

    def _path_in(self, language: str) -> str:
        if self.route or not self.has_title_in(language):
            return ""
        above = self.parent.translated("path", language) if self.parent else ""
        return "/".join(filter(None, [above, self.translated("slug", language)]))

    def _frame_errors(self) -> dict[str, str]:
        if self.route and (not self.publish_at or self.withdraw_at):
            message = gettext("The site's menus link to this page: it must stay published.")
            return {"withdraw_at" if self.publish_at else "publish_at": message}
        return {}

    def _tree_errors(self) -> dict[str, str]:
        ancestor = self.parent
        while ancestor:
            if self.pk and ancestor.pk == self.pk:
                return {"parent": gettext("A page cannot lie below itself.")}
            ancestor = ancestor.parent
        if self.parent and self.parent.route:
            return {"parent": gettext("No page can lie below this one: its address is fixed.")}
        children = list(self.children.all()) if self.pk else []
        errors = {}
        for code, _name in settings.LANGUAGES:
            if self.parent and self.has_title_in(code) and not self.parent.exists_in(code):
                errors[f"title_{code}"] = gettext("The page above has no title in this language.")
            if not self.has_title_in(code) and any(child.has_title_in(code) for child in children):
                errors[f"title_{code}"] = gettext(
                    "Pages below this one have a title in this language."
                )
        return errors

    def _address_errors(self) -> dict[str, str]:
        errors = {}
        for code, _name in settings.LANGUAGES:
            path = self.translated("path", code)
            others = type(self).objects.exclude(pk=self.pk).filter(**{f"path_{code}": path})
            if len(path) > MAX_PATH:
                errors[f"slug_{code}"] = gettext(
                    "The whole address is too long: shorten this part."
                )
            elif path and (others.exists() or not _leads_to_a_page(path, code)):
                errors[f"slug_{code}"] = gettext("This address is in use: choose another.")
        return errors


def _leads_to_a_page(path: str, language: str) -> bool:
    """Whether a request for `path` is answered in `language` and by pages, not by something fixed."""
    with translation.override(language):
        try:
            url = reverse("pages:page_detail", kwargs={"path": path})
        except NoReverseMatch:
            return False
        return language_from_path(url) == language and resolve(url).view_name == "pages:page_detail"


class Section(Linked, Translated):
    """A part of a page with a heading of its own."""

    part_of = "page"
    SHOWN_ON = "page"

    page = models.ForeignKey(Page, models.CASCADE, related_name="sections", verbose_name=_("page"))
    position = models.PositiveIntegerField(_("position"), default=0, db_index=True)
    heading = models.CharField(_("heading"), max_length=120, blank=True)
    body = ProseField(_("text"))
    collage = models.ForeignKey(
        Collage, models.PROTECT, null=True, blank=True, verbose_name=_("collage")
    )

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["position", "pk"]

    def __str__(self):
        return self.heading or f"{self.position}"

    def is_wanted_in(self, language: str) -> bool:
        """A section is read where its page is."""
        return self.page_id is not None and self.page.is_wanted_in(language)

    @property
    def label(self) -> str:
        return self.heading

    @property
    def anchor(self) -> str:
        """What a link to this section ends in; it stays when the heading is reworded."""
        return f"section-{self.pk}"
