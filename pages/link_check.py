"""Finding dead links: those within the site at once, those elsewhere from what was last answered."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple
from urllib.parse import unquote

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.db.models import Q
from django.urls import Resolver404, resolve
from django.utils import timezone, translation

from pages import links
from pages.languages import language_from_path
from pages.links import Reference
from pages.models import Address, Link, Publishable
from pages.models.link import MAX_ADDRESS
from pages.models.linked import is_prose_column
from pages.models.references import spell_out_href

# What every page has, whatever its parts.
FIXED_PARTS = frozenset({"", "content", "contents", "in-short", "sources"})


# A scheme, a host, a query to the same page. Without it a browser looks below the page it stands on.
_HAS_BEGINNING = re.compile(r"[a-z][a-z0-9+-]*:|//|\?", re.IGNORECASE)


class Use(NamedTuple):
    """A link and where it stands: the record whose form it is edited in, the field, the language.

    `field` is a dotted name such as pages.section.body: a part's fields are edited with the whole.
    """

    href: str
    model: str
    pk: int
    title: str
    field: str
    language: str

    @property
    def place(self) -> dict[str, Any]:
        """The same as `Link.uses` holds it."""
        return {name: value for name, value in self._asdict().items() if name != "href"}


def links_to(record: Publishable) -> list[Use]:
    """Return every link to `record` from the text of another."""
    reference = Reference(record._meta.label_lower, record.pk)
    found = _uses(reference.url)
    return [
        use
        for use in found
        if (split := links.reference_in(use.href))
        and split[0] == reference
        and (use.model, use.pk) != reference
    ]


def dead_links() -> list[Link]:
    """Return the dead links of all texts, those within the site first. A fixed number of queries."""
    return sorted(
        (link for link in refresh() if link.is_dead),
        key=lambda link: (not link.is_internal, link.address),
    )


@transaction.atomic
def refresh() -> list[Link]:
    """Bring the list of links in line with all texts as they are now, and return it."""
    uses = list(_uses())
    wanted = _dead_within(uses) | _elsewhere(uses)
    known = {link.address: link for link in Link.objects.all()}
    changed = [link for address, link in wanted.items() if link.take_over(known.get(address))]
    if gone := [link.pk for address, link in known.items() if address not in wanted]:
        Link.objects.filter(pk__in=gone).delete()
    if new := [link for link in changed if not link.pk]:
        Link.objects.bulk_create(new)
    if old := [link for link in changed if link not in new]:
        Link.objects.bulk_update(old, ["is_internal", "is_dead", "status", "checked_at", "uses"])
    return list(wanted.values())


# --- Where links stand ----------------------------------------------------------------------


def _uses(needle: str = "href=") -> Iterator[Use]:
    """Yield the links of every text that holds `needle`: one query for each model with texts."""
    for model in apps.get_models():
        columns = [column for column in model._meta.get_fields() if _holds_links(column)]
        if columns:
            yield from _uses_in(model, columns, needle)


def _holds_links(column: object) -> bool:
    return is_prose_column(column) or isinstance(column, models.URLField)


def _uses_in(model: type[models.Model], columns: list[Any], needle: str) -> Iterator[Use]:
    part_of = getattr(model, "part_of", "")
    having = Q(pk__in=[])
    for column in columns:
        is_prose = is_prose_column(column)
        having |= Q(
            **{f"{column.name}__contains": needle} if is_prose else {f"{column.name}__gt": ""}
        )
    rows = model._default_manager.filter(having).order_by("pk")
    for row in rows.select_related(part_of) if part_of else rows:
        yield from _uses_of(row, getattr(row, part_of) if part_of else row, columns)


def _uses_of(row: models.Model, record: models.Model, columns: list[Any]) -> Iterator[Use]:
    # Not in the reader's language: this is kept, and told to others.
    with translation.override(settings.LANGUAGE_CODE):
        title = str(record)
    for column in columns:
        value = getattr(row, column.name) or ""
        language = getattr(column, "language", "")
        bare = getattr(column, "translated_field", column)
        where = record._meta.label_lower, record.pk, title, f"{row._meta.label_lower}.{bare.name}"
        for href in links.hrefs(value) if language else [value]:
            if href:
                yield Use(href, *where, language)


# --- Elsewhere ------------------------------------------------------------------------------


def _elsewhere(uses: Iterable[Use]) -> dict[str, Link]:
    found: dict[str, Link] = {}
    for use in uses:
        address = use.href.partition("#")[0].strip()
        is_web = address.lower().startswith(("http://", "https://"))
        if is_web and not links.path_in(address, settings.SITE_URL) and len(address) <= MAX_ADDRESS:
            found.setdefault(address, Link(address=address, uses=[])).uses.append(use.place)
    return found


# --- Within the site ------------------------------------------------------------------------


class _Target(NamedTuple):
    """What a link within the site names: a record or, where there is none, a path; and a part of it.

    A path that is empty was written without its beginning.
    """

    reference: Reference | None
    path: str
    part: str


def _dead_within(uses: Iterable[Use]) -> dict[str, Link]:
    targets = _targets(uses)
    records = _records({target.reference for _use, target in targets if target.reference})
    readable = spell_out_href({t.reference for _use, t in targets if t.reference})
    found: dict[str, Link] = {}
    for use, target in targets:
        if problem := _problem(use, target, records):
            address = readable(use.href, use.language)[:MAX_ADDRESS]
            link = Link(address=address, is_internal=True, is_dead=True, status=problem, uses=[])
            link.checked_at = timezone.now()
            found.setdefault(address, link).uses.append(use.place)
    return found


def _targets(uses: Iterable[Use]) -> list[tuple[Use, _Target]]:
    named = [(use, target) for use in uses if (target := _target(use))]
    paths = {target.path for _use, target in named if target.path}
    owners = {
        row.path: Reference(row.model, row.object_id)
        for row in Address.objects.filter(path__in=paths)
    }
    return [
        (use, target._replace(reference=target.reference or owners.get(target.path)))
        for use, target in named
    ]


def _target(use: Use) -> _Target | None:
    part = use.href.partition("#")[2]
    if use.href.startswith("#"):
        return _Target(Reference(use.model, use.pk), "", part)
    if named := links.reference_in(use.href):
        return _Target(named[0], "", part)
    if typed := links.path_in(use.href, settings.SITE_URL):
        return _Target(None, typed[0], part)
    return None if _HAS_BEGINNING.match(use.href.strip()) else _Target(None, "", part)


def _records(wanted: Iterable[Reference]) -> dict[Reference, Any]:
    keys: dict[str, list[int]] = {}
    for reference in wanted:
        keys.setdefault(reference.model, []).append(reference.pk)
    found: dict[Reference, Any] = {}
    for model in apps.get_models():
        label = model._meta.label_lower
        if label in keys and issubclass(model, Publishable):
            manager: Any = model._default_manager
            rows = manager.with_address().with_anchors().filter(pk__in=keys[label])
            found |= {Reference(label, row.pk): row for row in rows}
    return found


def _problem(use: Use, target: _Target, records: dict[Reference, Any]) -> str:
    if target.reference is None and not target.path:
        return Link.Problem.NO_BEGINNING
    if target.reference is None:
        return "" if _answers(target.path) else Link.Problem.NOWHERE
    record = records.get(target.reference)
    if record is None:
        return Link.Problem.DELETED
    is_own = target.reference == (use.model, use.pk)
    if not is_own and not record.is_published:
        return Link.Problem.UNPUBLISHED
    if not is_own and not record.exists_in(use.language or settings.LANGUAGE_CODE):
        return Link.Problem.ABSENT
    with translation.override(use.language or settings.LANGUAGE_CODE):
        has_part = target.part in FIXED_PARTS or target.part in record.anchors
    return "" if has_part else Link.Problem.NO_PART


def _answers(path: str) -> bool:
    """Whether something that is no record answers at `path`: a file, or a view that asks for none."""
    path = unquote(path)
    if path.startswith(settings.STATIC_URL):
        return finders.find(path.removeprefix(settings.STATIC_URL)) is not None
    if path.startswith(settings.MEDIA_URL):
        return default_storage.exists(path.removeprefix(settings.MEDIA_URL))
    with translation.override(language_from_path(path)):
        try:
            match = resolve(path)
        except Resolver404:
            return False
    return "admin" in match.app_names or not match.kwargs or match.view_name == "sitemap"
