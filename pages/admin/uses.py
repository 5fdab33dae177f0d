"""Where a record is used: asked of every relation to it, whichever app has it, and of every draft."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.contrib import admin
from django.contrib.admin.sites import site
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pages import snapshots
from pages.models import Draft


@dataclass
class Use:
    """A record that uses another; `uses` tells where it is itself used, if it has no page of its own."""

    record: models.Model
    uses: list["Use"] = field(default_factory=list)

    @property
    def kind(self) -> str:
        return capfirst(str(self.record._meta.verbose_name))

    @property
    def url(self) -> str:
        options = self.record._meta
        name = f"admin:{options.app_label}_{options.model_name}_change"
        return reverse(name, args=[self.record.pk]) if site.is_registered(type(self.record)) else ""


def uses_of(rows: Iterable[Any]) -> dict[Any, list[Use]]:
    """Return the uses of each of these rows of one model, by its key; as many queries for one as for many."""
    by_key = {row.pk: row for row in rows}
    found: dict[Any, list[Use]] = {key: [] for key in by_key}
    for relation in _relations(by_key):
        for key, record in _records(relation, by_key):
            _add(found[key], record)
    for key, record in _drafted(by_key):
        _add(found[key], record)
    _follow([use for uses in found.values() for use in uses])
    return found


def _add(uses: list[Use], record: models.Model) -> None:
    if record not in [use.record for use in uses]:
        uses.append(Use(record))


def _follow(uses: list[Use]) -> None:
    """What has no page of its own is seen where it is used."""
    pageless = defaultdict(list)
    for use in uses:
        if not hasattr(use.record, "get_absolute_url"):
            pageless[type(use.record)].append(use)
    for same_kind in pageless.values():
        further = uses_of(use.record for use in same_kind)
        for use in same_kind:
            use.uses = further[use.record.pk]


def _relations(by_key: dict[Any, models.Model]) -> list[Any]:
    return relations_to(type(next(iter(by_key.values())))) if by_key else []


def relations_to(model: type[models.Model]) -> list[Any]:
    """Every foreign key to the model that uses a row of it, rather than belonging to the row."""
    return [
        relation
        for relation in model._meta.get_fields(include_hidden=True)
        if isinstance(relation, models.ManyToOneRel)
        and relation.on_delete is not models.CASCADE
        and not relation.related_model._meta.auto_created
    ]


def _records(relation: Any, by_key: dict[Any, Any]) -> Iterator[tuple[Any, models.Model]]:
    """Yield the key of a used row and the record with a form of its own that uses it."""
    owner = _owner_of(relation.related_model)
    rows = relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": by_key})
    for row in rows.select_related(owner).order_by("pk") if owner else rows.order_by("pk"):
        yield getattr(row, relation.field.attname), getattr(row, owner) if owner else row


def _owner_of(model: type[models.Model]) -> str:
    """Return the name of the field that tells which record a row without a form of its own is part of."""
    if site.is_registered(model):
        return ""
    foreign_keys = [f for f in model._meta.concrete_fields if isinstance(f, models.ForeignKey)]
    return next((f.name for f in foreign_keys if f.remote_field.on_delete is models.CASCADE), "")


def _drafted(by_key: dict[Any, Any]) -> Iterator[tuple[Any, models.Model]]:
    """Yield the key of a row that a draft uses and the record whose draft it is: else it would be lost."""
    if not by_key:
        return
    drafts = defaultdict(list)
    for owner, pk, keys in _keys_in_drafts(type(next(iter(by_key.values())))):
        if keys := keys & by_key.keys():
            drafts[owner].append((pk, keys))
    for owner, found in drafts.items():
        records = owner._base_manager.in_bulk([pk for pk, _keys in found])
        for pk, keys in found:
            yield from ((key, records[pk]) for key in sorted(keys) if pk in records)


def _keys_in_drafts(model: type[models.Model]) -> Iterator[tuple[type[models.Model], int, set]]:
    """Yield for each draft the model and key of its record, and the rows of `model` that it uses."""
    for draft in Draft.objects.order_by("pk"):
        # The content type from Django's cache: no query for each draft.
        kind = ContentType.objects.get_for_id(draft.content_type_id)
        if owner := kind.model_class():
            yield owner, draft.object_id, snapshots.keys_in(draft.snapshot, owner, model)


def is_used(model: type[models.Model]) -> Q:
    """Return the condition that a row of `model` is used anywhere."""
    in_drafts = {key for _owner, _pk, keys in _keys_in_drafts(model) for key in keys}
    condition = Q(pk__in=in_drafts)
    for relation in relations_to(model):
        rows = relation.related_model._base_manager.filter(**{relation.field.name: OuterRef("pk")})
        condition |= Q(Exists(rows))
    return condition


class UseFilter(admin.SimpleListFilter):
    title = _("use")
    parameter_name = "used"

    def lookups(self, request, model_admin):
        return [("yes", _("in use")), ("no", _("not in use"))]

    def queryset(self, request, queryset):
        if self.value() not in ("yes", "no"):
            return queryset
        condition = is_used(queryset.model)
        return queryset.filter(condition if self.value() == "yes" else ~condition)


class UsedAdmin(admin.ModelAdmin):
    """Tells where each row is used, and refuses to delete one that is."""

    delete_confirmation_template = "admin/pages/delete_unused.html"
    delete_selected_confirmation_template = "admin/pages/delete_selected_unused.html"
    USES_IN_A_LIST = 3

    def get_changelist_instance(self, request):
        changelist = super().get_changelist_instance(request)
        rows = list(changelist.result_list)
        found = uses_of(rows)
        for row in rows:
            row.found_uses = found[row.pk]
        changelist.result_list = rows
        return changelist

    @admin.display(description=_("used on"))
    def used_in_short(self, obj):
        """The first few: a list has no room for more."""
        shown = obj.found_uses[: self.USES_IN_A_LIST]
        more = len(obj.found_uses) - len(shown)
        words = gettext("and %(count)s more") % {"count": more}
        return (
            format_html(
                '<ul class="uses">{}{}</ul>',
                _items(shown),
                format_html("<li>{}</li>", words) if more else "",
            )
            if shown
            else format_html('<span class="uses--none">{}</span>', gettext("Not in use"))
        )

    @admin.display(description=_("used on"))
    def used_in(self, obj):
        uses = uses_of([obj])[obj.pk] if obj.pk else []
        if not uses:
            return gettext("Not in use yet.")
        return format_html('<ul class="uses">{}</ul>', _items(uses, deep=True))

    def get_deleted_objects(self, objs, request):
        to_delete, counts, lacking, _protected = super().get_deleted_objects(objs, request)
        found = uses_of(objs)
        in_use = [
            format_html('{}: <ul class="uses">{}</ul>', row, _items(found[row.pk], deep=True))
            for row in objs
            if found[row.pk]
        ]
        return to_delete, counts, lacking, in_use or _protected


def _items(uses: list[Use], deep: bool = False) -> str:
    return format_html_join("", "<li>{}{}</li>", ((_link(use), _within(use, deep)) for use in uses))


def _link(use: Use) -> str:
    """The kind stands outside the link: the name is what is followed."""
    name = format_html('<a href="{}">{}</a>', use.url, use.record) if use.url else use.record
    return format_html("{}: {}", use.kind, name)


def _within(use: Use, deep: bool) -> str:
    return format_html("<ul>{}</ul>", _items(use.uses, deep)) if deep and use.uses else ""
