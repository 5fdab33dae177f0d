"""The questions that views, lists, menus and the sitemap ask; none of them filters by column."""

from collections.abc import Iterable

from django.conf import settings
from django.db import models
from django.db.models import F, Max, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Greatest, JSONObject
from django.utils import timezone, translation


def published_now(prefix: str = "") -> Q:
    """The condition that a visitor may see a row at this moment; `prefix` leads to a related row."""
    now = timezone.now()
    begun = Q(**{f"{prefix}publish_at__lte": now})
    not_ended = Q(**{f"{prefix}withdraw_at": None}) | Q(**{f"{prefix}withdraw_at__gt": now})
    return begun & not_ended


def changes_in_list(rows: models.QuerySet, relations: Iterable[str] = ()) -> list[Subquery]:
    """The last moments when a list of the published ones of `rows` changed.

    In a row, by one that came, by one that went, and in what `relations` lead to from the rows. Rows of a
    kind that is not published, since visitors see all of it, change by themselves only.
    """
    now = timezone.now()
    found: dict[str, models.QuerySet] = {}
    published = rows
    if isinstance(rows, PublishableQuerySet):
        published = rows.published()
        found["publish_at"] = rows.filter(publish_at__lte=now)
        found["withdraw_at"] = rows.filter(withdraw_at__lte=now)
    found["updated_at"] = published
    found |= {f"{relation}__updated_at": published for relation in relations}
    return [
        Subquery(of.order_by(F(moment).desc(nulls_last=True)).values(moment)[:1])
        for moment, of in found.items()
    ]


def latest(moments: Iterable[models.Expression | F]) -> Greatest:
    """The latest of some moments, of which the first is always there and any other may be missing."""
    first, *others = moments
    # With one NULL among them the greatest is NULL on SQLite.
    return Greatest(first, *(Coalesce(moment, first) for moment in others))


class ReadAlong(Subquery):
    """All rows of a query as a list, read along with another row: no query of their own. For few and short ones.

    `fields` says what is told of each, as JSONObject takes it. The list is in no order.
    """

    def __init__(self, rows: models.QuerySet, **fields):
        told = rows.order_by().values(json=JSONObject(**fields))
        super().__init__(told, output_field=models.JSONField())

    def as_sqlite(self, compiler, connection, **extra):
        template = "(SELECT JSON_GROUP_ARRAY(JSON(json)) FROM (%(subquery)s))"
        return self.as_sql(compiler, connection, template=template, **extra)

    def as_postgresql(self, compiler, connection, **extra):
        template = "(SELECT COALESCE(JSONB_AGG(json), '[]') FROM (%(subquery)s) AS listed)"
        return self.as_sql(compiler, connection, template=template, **extra)


class PublishableQuerySet(models.QuerySet):
    # Relations to what a row's own page shows besides the row, as look-ups.
    SHOWS: tuple[str, ...] = ()
    # The fields that an address is made from, translated ones without their language.
    TRANSLATED_IN_ADDRESS: tuple[str, ...] = ("title", "slug")
    PLAIN_IN_ADDRESS: tuple[str, ...] = ()
    # The moments since which visitors see a row as it is now: the latest of them counts.
    SEEN_SINCE: tuple[str, ...] = ("updated_at", "publish_at")

    def published(self):
        """Rows that a visitor may see at this moment."""
        return self.filter(published_now())

    def visible_to(self, user):
        """Everything for staff, what is published for anyone else."""
        return self if user.is_active and user.is_staff else self.published()

    def with_seen_since(self):
        """With `seen_since`: when a row that visitors see was last changed or published, in its own words."""
        return self.annotate(seen_since=latest(map(F, self.SEEN_SINCE)))

    def newest_first(self):
        """What is new or changed before what visitors have seen for long."""
        return self.with_seen_since().order_by("-seen_since", "-pk")

    def in_language(self, language: str | None = None):
        """Rows that exist in `language`, the active one when left out: with a title and an address."""
        language = language or translation.get_language() or ""
        return self.filter(Q(**{f"title_{language}__gt": ""}), self._has_address_in(language))

    def with_address(self):
        """With what it takes to tell a row's address."""
        return self

    def for_address(self, *more: str):
        """With what it takes to tell a row's addresses, the fields `more`, and nothing else."""
        names = [
            f"{name}_{code}"
            for name in self.TRANSLATED_IN_ADDRESS
            for code, _ in settings.LANGUAGES
        ]
        return self.with_address().only(*self.PLAIN_IN_ADDRESS, *names, *more)

    def with_changed_at(self):
        """With `changed_at`: when anything that visitors see on a row's own page was last changed.

        Pictures and lists included, but not what stands on every page, such as the menu.
        """
        return self.annotate(changed_at=latest([*map(F, self.SEEN_SINCE), *self._changes_around()]))

    def _changes_around(self) -> list[models.Expression | Subquery]:
        """The last changes of what else a row's page shows."""
        return [self._last_change_of(relation) for relation in self.SHOWS]

    def _last_change_of(self, relation: str) -> Subquery:
        rows = self.model._base_manager.filter(pk=OuterRef("pk")).order_by().values("pk")
        last = rows.annotate(last=Max(f"{relation}__updated_at"))
        return Subquery(last.values("last"))

    def with_seo_texts(self):
        """With what it takes to describe a row where no description is written."""
        return self

    def with_anchors(self):
        """With what it takes to tell which parts of a row's page a link can name."""
        return self

    def _has_address_in(self, language: str) -> Q:
        return Q(**{f"slug_{language}__gt": ""})
