"""A record as plain data, with the parts it owns, and the way back.

A snapshot is {"fields": {name: value}, "many": {name: [keys]}, "parts": {relation: [snapshot of a
part, with its "key"]}}: all that editors can change, in every language. What follows from it
(addresses, sizes of pictures) is left out, and what a model names in `DIRECT`: such fields change at
once and are neither drafts nor history.

A part that is new in a draft has a negative key: it is known again at the next edit, and clashes with
nothing that is live.
"""

import hashlib
import json
import secrets
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext as _

from pages.models.dated import bare_names

Snapshot = dict[str, Any]

# No editor types these, and yet a record that comes back is not the same without them.
_KEPT = {"outdated", "code", "route", "uid"}


def take(record: models.Model) -> Snapshot:
    """Return `record` as it is in memory, and its parts as they are in the database."""
    result = _own(record)
    result["parts"] = {
        relation: [{"key": part.pk, **_own(part, without=owner)} for part in parts]
        for relation, owner, parts in _parts(record)
    }
    return result


def digest(snapshot: Snapshot) -> str:
    """Return what tells a snapshot from another, whatever place the record has in a list."""
    fields = {name: v for name, v in snapshot["fields"].items() if name != "position"}
    text = json.dumps({**snapshot, "fields": fields}, sort_keys=True, cls=DjangoJSONEncoder)
    return hashlib.sha256(text.encode()).hexdigest()[:24]


@dataclass(frozen=True)
class Change:
    """One value that differs. `part` is the key of the part it belongs to, None for the record itself."""

    relation: str
    part: int | None
    field: str
    old: Any
    new: Any


def changes(old: Snapshot, new: Snapshot) -> list[Change]:
    """Return what differs, in the record first and then part by part; a missing part has only None."""
    found = list(_value_changes(old, new))
    for relation in {**old["parts"], **new["parts"]}:
        before, after = _by_key(old, relation), _by_key(new, relation)
        for key in {**before, **after}:
            nothing: Snapshot = {"fields": {}, "many": {}}
            found += _value_changes(
                before.get(key, nothing), after.get(key, nothing), relation, key
            )
    return found


def apply(record: models.Model, base: Snapshot, target: Snapshot) -> list[str]:
    """Make of `record` in the database what `target` is, where `target` differs from `base`.

    Return a sentence for each value that could not be had, such as an address that is taken by now;
    the live value stays there.
    """
    problems = _set_values(record, base, target)
    problems += _give_way(record)
    _save(record)
    _set_many(record, base, target)
    for relation, owner, parts in _parts(record):
        live = {part.pk: part for part in parts}
        before, after = _by_key(base, relation), _by_key(target, relation)
        for key in before.keys() - after.keys() & live.keys():
            live[key].delete()
        for key, wanted in after.items():
            part = live.get(key)
            old = before.get(key, {"fields": {}, "many": {}})
            if part is None and old == wanted:
                continue  # Deleted on the live record meanwhile, and untouched here.
            if part is None:
                part, old = _new_part(record, relation, owner, key), {"fields": {}, "many": {}}
            if old != wanted:
                problems += _set_values(part, old, wanted)
                if _can_stand(part):
                    _save(part)
    return problems


def new_key() -> int:
    return -secrets.randbelow(2**40) - 1


def settle(record: models.Model) -> None:
    """Give the new parts keys like all others have: they are about to be published."""
    for _relation, _owner, parts in _parts(record):
        for part in parts:
            if part.pk < 0:
                part.delete()
                part.pk = None
                part._state.adding = True
                _save(part)


def own_fields(model: type[models.Model], without: str = "") -> list[models.Field]:
    """Return the fields that a snapshot holds, the languages of a field one after the other."""
    skipped = {without, *getattr(model, "DIRECT", ()), *bare_names(model)}
    return [
        field
        for field in model._meta.concrete_fields
        if (field.editable or field.name in _KEPT)
        and not field.primary_key
        and field.name not in skipped
    ]


def keys_in(snapshot: Snapshot, owner: type[models.Model], model: type[models.Model]) -> set[Any]:
    """Return the keys of the rows of `model` that a snapshot of an `owner`, or a part of it, points to."""
    found = {
        snapshot["fields"].get(field.name)
        for field in own_fields(owner)
        if field.remote_field and field.related_model is model
    }
    for relation, parts in snapshot.get("parts", {}).items():
        for part in parts:
            found |= keys_in(part, getattr(owner, relation).rel.related_model, model)
    return found - {None}


def related_model(record: models.Model, relation: str) -> type[models.Model]:
    """Return the model of the parts that `relation` leads to."""
    return getattr(type(record), relation).rel.related_model


def _own(record: models.Model, without: str = "") -> Snapshot:
    return {
        "fields": {f.name: _plain(f, record) for f in own_fields(type(record), without)},
        "many": {
            f.name: sorted(getattr(record, f.name).values_list("pk", flat=True))
            for f in _many_fields(record)
        },
    }


def _plain(field: models.Field, record: models.Model) -> Any:
    value = field.value_from_object(record)
    if value is None and isinstance(field, models.CharField | models.TextField):
        return ""  # A language without a text has one or the other, by what filled the row.
    # Django's encoder would cut the microseconds off, and so find a change where there is none.
    # A snapshot stays as it is when the record's own dictionaries change.
    return value.isoformat() if hasattr(value, "isoformat") else deepcopy(value)


def _many_fields(record: models.Model) -> list[Any]:
    fields: Any = record._meta.many_to_many
    return [f for f in fields if f.remote_field.through._meta.auto_created]


def _parts(record: models.Model) -> Iterator[tuple[str, str, list[models.Model]]]:
    """Yield each relation to parts, the field of theirs that leads back, and the parts themselves."""
    for relation in getattr(record, "PARTS", ()):
        if record.pk is None:
            yield relation, "", []
            continue
        manager = getattr(record, relation)
        yield relation, manager.field.name, list(manager.all().order_by("pk"))


def _by_key(snapshot: Snapshot, relation: str) -> dict[int, Snapshot]:
    return {part["key"]: part for part in snapshot["parts"].get(relation, [])}


def _value_changes(
    old: Snapshot, new: Snapshot, relation: str = "", key: int | None = None
) -> Iterator[Change]:
    for kind in ("fields", "many"):
        for name in {**old[kind], **new[kind]}:
            before, after = old[kind].get(name), new[kind].get(name)
            if before != after:
                yield Change(relation, key, name, before, after)


def _set_values(record: models.Model, base: Snapshot, target: Snapshot) -> list[str]:
    problems = []
    for field in own_fields(type(record)):
        if field.name not in target["fields"]:
            continue
        value = target["fields"][field.name]
        if field.name in base["fields"] and base["fields"][field.name] == value:
            continue
        if value is not None and field.remote_field and not _exists(field, value):
            problems.append(_("%(field)s: what was chosen has been deleted.") % _named(field))
            value = None if field.null else field.value_from_object(record)
        setattr(record, field.attname, field.to_python(value))
    return problems


def _can_stand(part: models.Model) -> bool:
    """Whether nothing is gone that the part cannot be without, such as the picture of a collage's row."""
    return all(
        field.null or not field.remote_field or field.value_from_object(part) is not None
        for field in part._meta.concrete_fields
    )


def _exists(field: Any, key: Any) -> bool:
    return field.related_model._default_manager.filter(pk=key).exists()


def _named(field: models.Field) -> dict[str, str]:
    return {"field": str(field.verbose_name)}


def _give_way(record: models.Model) -> list[str]:
    """Return to the live place and address where another record has taken the wanted one meanwhile.

    A record that comes back, and so has no live address, gets one with its key at the end.
    """
    problems = []
    live = type(record)._default_manager.filter(pk=record.pk).first()
    # Twice: an address can be weighed only when it is settled which page the record lies below.
    for check in (record.clean, record.clean, record.validate_unique):
        try:
            check()
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                if name == "parent" and live is not None:
                    setattr(record, name, getattr(live, name))
                elif name.startswith("slug_"):
                    slug = f"{getattr(record, name)[:60]}-{record.pk}"
                    setattr(record, name, getattr(live, name) if live is not None else slug)
                else:
                    continue
                problems += [message for message in messages if message not in problems]
    return problems


def _set_many(record: models.Model, base: Snapshot, target: Snapshot) -> None:
    for field in _many_fields(record):
        wanted = target["many"].get(field.name)
        if wanted is not None and wanted != base["many"].get(field.name):
            found = field.related_model._default_manager.filter(pk__in=wanted)
            getattr(record, field.name).set(found)


def _new_part(record: models.Model, relation: str, owner: str, key: int) -> models.Model:
    return related_model(record, relation)(pk=key, **{owner: record})


def _save(record: models.Model) -> None:
    """Save what was decided elsewhere: what is stale is part of it and not found out anew."""
    options: dict[str, Any] = {"takes_stock": False} if hasattr(record, "outdated") else {}
    record.save(**options)
