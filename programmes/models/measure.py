"""The measures (deltiltak) of an action in a period, with their guidance in fields of their own."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from pages.models import Image, Ordered, Publishable, SeoMetadata
from pages.prose import ProseField
from pages.querysets import published_now
from pages.themes import Theme
from programmes.models.action import Action
from programmes.models.facets import Audience, Experience, Purpose
from programmes.models.frame import Period, Source, Sourced, SourcedQuerySet
from programmes.tools.deadlines.dates import When, when_of


class MeasureQuerySet(SourcedQuerySet):
    IN_SOURCES = "measures"
    TRANSLATED_IN_ADDRESS = ("title", "slug", "action__title", "action__slug")
    PLAIN_IN_ADDRESS = ("action_id",)
    SEEN_SINCE = (*SourcedQuerySet.SEEN_SINCE, "action__publish_at")
    SHOWS = ("period", "audiences", "sources", "related", "calls__deadlines")
    OF_ACTION = ("code", "title", "slug", "position")
    IN_LIST = ("code", "title", "slug", "list_text", "summary", "position", "action", "period")

    def published(self):
        """A measure is reached by its action: it is not seen while that is not."""
        return super().published().filter(published_now("action__"))

    def in_language(self, language: str | None = None):
        code = language or get_language()
        return super().in_language(code).filter(**{f"action__slug_{code}__gt": ""})

    def with_address(self):
        return self.select_related("action")

    def with_anchors(self):
        return self.select_related("period")

    def with_content(self):
        """With all that the measure's own page shows."""
        return self.select_related("action", "period").with_audiences().with_sources()

    def with_audiences(self):
        """With what `for_whom` needs."""
        audiences = Audience.objects.filter(measures=OuterRef("pk"))
        return self.annotate(audience_rows=Audience.along(audiences))

    def for_list(self):
        """With what a list of links and summaries needs, and no more."""
        return self.only(*self.IN_LIST)

    def today(self):
        """Those of a period that is not past, as visitors see them, for lists and in their order."""
        year = timezone.localdate().year
        return (
            self.published()
            .in_language()
            .filter(period__last_year__gte=year)
            .select_related("action")
            .only(*self.IN_LIST, *(f"action__{name}" for name in self.OF_ACTION))
            .order_by("action__position", "position", "pk")
        )

    def with_next_deadline(self):
        """With `deadline_json`: what it takes to show the next deadline, read along with the row; or None."""
        deadlines = apps.get_model("programmes.Deadline")._default_manager
        of_measure = deadlines.upcoming(timezone.now()).filter(call__measures=OuterRef("pk"))
        return self.annotate(deadline_json=Subquery(of_measure.as_json()[:1]))

    def of_period(self, code: str):
        return self.filter(period__code=code)

    def first_of_each(self, actions: Iterable[Action], number: int):
        """The first `number` of each action, in order. One query, which passes by all others."""
        first = Q(pk__in=[])
        for action in actions:
            of_action = self.filter(action=action).order_by("position", "pk")
            first |= Q(pk__in=of_action.values("pk")[:number])
        return Measure.objects.filter(first).order_by("position", "pk")

    def with_neighbours(self):
        """With `previous_id` and `following_id`: the published measures before and after, or None."""
        same_list = Q(action=OuterRef("action"), period=OuterRef("period"))
        here, pk = OuterRef("position"), OuterRef("pk")
        others = Measure.objects.published().in_language().filter(same_list)
        # The bound alone tells the database where in the list to begin.
        before = others.filter(
            Q(position__lt=here) | Q(position=here, pk__lt=pk), position__lte=here
        )
        after = others.filter(
            Q(position__gt=here) | Q(position=here, pk__gt=pk), position__gte=here
        )
        return self.annotate(
            previous_id=Subquery(before.order_by("-position", "-pk").values("pk")[:1]),
            following_id=Subquery(after.order_by("position", "pk").values("pk")[:1]),
        )


# What is history is told as history.
PAST_LABELS = {
    "who_can_apply": _("Who could apply?"),
    "duration": _("How long did it last?"),
    "grant": _("How much did it give?"),
    "managed_by": _("Who managed it?"),
    "what_is_funded": _("What could you get support for?"),
    "what_you_can_do": _("What could you do?"),
    "how_to_apply": _("How did you apply?"),
    "assessment": _("How was the application judged?"),
}


@dataclass(frozen=True)
class Fact:
    """A named piece of guidance: `name` is the field's, `label` what the visitor reads."""

    name: str
    label: str
    value: str

    @property
    def anchor(self) -> str:
        return self.name.replace("_", "-")


class Measure(Sourced, Ordered, Publishable, SeoMetadata):
    """A measure. `FACTS` are short and plain and stand in a box; `GUIDANCE` are parts of the text."""

    FACTS = (
        *("who_can_apply", "size", "duration", "grant", "partners", "destinations"),
        *("workload", "managed_by"),
    )
    ALL_LANGUAGES = True
    WORTH = 3
    CARD_SHOWS = {
        "programmes.action": ("action",),
        "pages.collageimage": ("action__collage__collageimage",),
        "pages.image": ("action__image", "action__collage__images"),
    }
    GUIDANCE = (
        "what_you_can_do",
        "what_is_funded",
        "how_to_apply",
        "assessment",
        "afterwards",
        "common_mistakes",
        "for_kindergartens",
        "today",
    )
    SEO_TEXTS = ("summary", *GUIDANCE)

    code = models.CharField(max_length=80, unique=True, null=True, blank=True, editable=False)
    action = models.ForeignKey(
        Action, models.PROTECT, related_name="measures", verbose_name=_("main action")
    )
    period = models.ForeignKey(
        Period, models.PROTECT, related_name="measures", verbose_name=_("programme period")
    )
    title = models.CharField(_("title"), max_length=120)
    # Unique everywhere, not only among siblings: a measure can then change action without a clash.
    slug = models.SlugField(_("address"), max_length=80, unique=True, blank=True)
    list_text = models.CharField(
        _("text in the overview's list"),
        max_length=250,
        blank=True,
        help_text=_("Empty: the title."),
    )
    summary = models.TextField(
        _("in short"),
        help_text=_("The answer first: what it is and who applies. One or two sentences."),
    )
    audiences = models.ManyToManyField(
        Audience, blank=True, related_name="measures", verbose_name=_("for whom")
    )
    purposes = models.ManyToManyField(
        Purpose, blank=True, related_name="measures", verbose_name=_("what one can do with it")
    )
    experiences = models.ManyToManyField(
        Experience, blank=True, related_name="measures", verbose_name=_("what one must have done")
    )
    form_code = models.CharField(
        _("code of the form"),
        max_length=40,
        blank=True,
        help_text=_("As in the application portal, such as KA122-SCH."),
    )
    who_can_apply = models.TextField(_("Who can apply?"), blank=True)
    size = models.TextField(
        _("How large?"), blank=True, help_text=_("How many may take part, or how many must.")
    )
    duration = models.TextField(_("How long?"), blank=True)
    grant = models.TextField(_("How much?"), blank=True)
    partners = models.TextField(_("With whom?"), blank=True)
    destinations = models.TextField(_("Where?"), blank=True)
    workload = models.TextField(
        _("How much work?"),
        blank=True,
        help_text=_("What must be written and reported, so that a head can weigh it."),
    )
    managed_by = models.TextField(_("Who manages it?"), blank=True)
    what_you_can_do = ProseField(_("What can you do?"))
    what_is_funded = ProseField(_("What can you get support for?"))
    how_to_apply = ProseField(_("How do you apply?"))
    assessment = ProseField(_("How is the application judged?"))
    afterwards = ProseField(_("Afterwards"))
    common_mistakes = ProseField(_("Common mistakes"))
    for_kindergartens = ProseField(_("For kindergartens"))
    today = ProseField(_("What is it called today?"))
    related = models.ManyToManyField(
        "self",
        blank=True,
        symmetrical=False,
        related_name="related_from",
        verbose_name=_("related measures"),
        help_text=_("Shown at the foot of the page, in the order of their lists."),
    )
    ways_in = models.ManyToManyField(
        "self",
        blank=True,
        symmetrical=False,
        related_name="way_in_to",
        verbose_name=_("applied for through"),
        help_text=_("For a measure without a form of its own: whose form one fills in."),
    )
    successors = models.ManyToManyField(
        "self",
        blank=True,
        symmetrical=False,
        related_name="predecessors",
        verbose_name=_("today's measures"),
        help_text=_("For a measure of a past period: what has taken its place."),
    )
    sources = models.ManyToManyField(
        Source, blank=True, related_name="measures", verbose_name=_("sources")
    )

    # The way back from `ways_in`.
    way_in_to: Any

    # Present on rows from `with_audiences()` only.
    audience_rows: list[dict[str, Any]]
    # Present on rows from `with_neighbours()` only.
    previous_id: int | None
    following_id: int | None
    # Present on rows from `with_next_deadline()` only.
    deadline_json: dict[str, Any] | None
    # Present on rows from `connections()` only.
    is_related: bool
    is_successor: bool

    objects = MeasureQuerySet.as_manager()

    class Meta:
        verbose_name = _("measure")
        verbose_name_plural = _("measures")
        ordering = ["position", "pk"]
        indexes = [
            models.Index(fields=["action", "period", "position"], name="measure_in_its_list")
        ]

    def get_absolute_url(self):
        return reverse(
            "programmes:measure_detail", kwargs={"action_slug": self.action.slug, "slug": self.slug}
        )

    def exists_in(self, language: str) -> bool:
        in_itself = self.action_id is not None and super().exists_in(language)
        return in_itself and self.action.exists_in(language)

    @property
    def is_published(self) -> bool:
        return super().is_published and self.action.is_published

    @property
    def was_published(self) -> bool:
        action_was_seen = self.action.is_published or self.action.was_published
        return super().was_published and action_was_seen

    def reveal(self) -> None:
        super().reveal()
        self.action.reveal()

    @property
    def next_deadline(self) -> When | None:
        """When one must apply next, as far as it is known and read by `with_next_deadline()`."""
        told = getattr(self, "deadline_json", None)
        return when_of(told) if told else None

    @property
    def for_whom(self) -> list[Audience]:
        """The audiences in order. The row must come from `with_audiences()`."""
        return Audience.told(self.audience_rows)

    @property
    def plan_path(self) -> str:
        """Where the planner plans for it."""
        return f"{reverse('tools:planner')}?tiltak={self.code or self.pk}"

    def connections(self) -> "Connections":
        """Return the published measures that its page leads on to. The row must come from `with_neighbours()`."""
        found = (
            Measure.objects.published()
            .in_language()
            .for_list()
            .select_related("action")
            .annotate(
                is_related=Exists(self._links("related").filter(to_measure=OuterRef("pk"))),
                is_successor=Exists(self._links("successors").filter(to_measure=OuterRef("pk"))),
            )
            # By key: whether each of all measures is related would be asked otherwise.
            .filter(
                Q(pk__in=self._links("related").values("to_measure"))
                | Q(pk__in=self._links("successors").values("to_measure"))
                | Q(pk__in=[pk for pk in (self.previous_id, self.following_id) if pk])
            )
        )
        by_id = {measure.pk: measure for measure in found}
        return Connections(
            by_id.get(self.previous_id),
            by_id.get(self.following_id),
            [measure for measure in by_id.values() if measure.is_related],
            [measure for measure in by_id.values() if measure.is_successor],
        )

    def _links(self, relation: str) -> models.QuerySet:
        field = cast(models.ManyToManyField, self._meta.get_field(relation))
        through: Any = field.remote_field.through
        return through.objects.filter(from_measure=self)

    @property
    def key(self) -> str:
        """What names it in an address: its code, or its number where an editor has made it."""
        return self.code or str(self.pk)

    @property
    def name_in_list(self) -> str:
        return self.list_text or self.title

    @property
    def facts(self) -> list[Fact]:
        return self._filled(self.FACTS)

    @property
    def guidance(self) -> list[Fact]:
        return self._filled(self.GUIDANCE)

    @property
    def anchors(self) -> set[str]:
        return {fact.anchor for fact in self.guidance}

    @property
    def contents(self) -> list[Fact]:
        """The parts that a list of contents names."""
        return self.guidance

    def _filled(self, names: tuple[str, ...]) -> list[Fact]:
        """Return the fields that have text, so that a page shows no empty heading."""
        return [
            Fact(name, self._label(name), getattr(self, name))
            for name in names
            if getattr(self, name)
        ]

    def _label(self, name: str) -> str:
        present = cast(models.Field, self._meta.get_field(name)).verbose_name
        return str(PAST_LABELS.get(name, present) if self.period.is_past else present)

    @property
    def topic(self) -> str:
        return self.action.title

    @property
    def seo_image(self) -> Image | None:
        return None

    @property
    def card_theme(self) -> Theme:
        return self.action.card_theme

    def card_pictures(self) -> list[Image]:
        return self.action.card_pictures()


@dataclass(frozen=True)
class Connections:
    """The measures that a measure's page leads on to."""

    previous: Measure | None
    following: Measure | None
    related: list[Measure]
    successors: list[Measure]
