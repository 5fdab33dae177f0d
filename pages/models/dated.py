"""When that which visitors see of a row was last changed."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models.signals import m2m_changed, post_delete
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modeltranslation.translator import NotRegistered, translator


class Dated(models.Model):
    """Abstract. `updated_at` moves when a save changes what visitors can see, and only then.

    So a page does not pretend to be new after an editor has only set the day of its review. `UNSEEN`
    names the fields of editors. `SHOWN_ON` names the relation to the row that this one is shown as a part
    of, and which changes with it.
    """

    UNSEEN: tuple[str, ...] = ()
    SHOWN_ON = ""

    updated_at = models.DateTimeField(
        _("last changed"), default=timezone.now, editable=False, db_index=True
    )

    class Meta:
        abstract = True

    def save(self, *args, update_fields=None, **kwargs):
        before = None if self._state.adding else self._stored()
        is_new = before is None or self._looks_different(before, update_fields)
        if before is not None and is_new:
            self.updated_at = timezone.now()
            update_fields = {*update_fields, "updated_at"} if update_fields is not None else None
        elif before is not None:
            # This object may have been read before a part of the row was changed.
            self.updated_at = before["updated_at"]
        super().save(*args, update_fields=update_fields, **kwargs)
        if is_new:
            self._touch_whole()

    def _touch_whole(self) -> None:
        if self.SHOWN_ON:
            field: Any = self._meta.get_field(self.SHOWN_ON)
            _touch(field.related_model, [getattr(self, field.attname)])

    def _stored(self) -> dict[str, Any] | None:
        names = [field.attname for field in self._seen_fields()]
        rows: Any = type(self)._base_manager.filter(pk=self.pk)
        return rows.values("updated_at", *names).first()

    def _looks_different(self, before: dict[str, Any], update_fields) -> bool:
        left_out = self.get_deferred_fields()
        return any(
            (field.get_prep_value(getattr(self, field.attname)) or "")
            != (field.get_prep_value(before[field.attname]) or "")
            for field in self._seen_fields()
            if field.attname not in left_out
            and (update_fields is None or field.name in update_fields)
        )

    @classmethod
    def _seen_fields(cls) -> list[Any]:
        unseen = {"updated_at", *cls.UNSEEN, *bare_names(cls)}
        return [f for f in cls._meta.concrete_fields if f.name not in unseen and not f.primary_key]


def bare_names(model: type[models.Model]) -> set[str]:
    """Return the translated fields' bare names: their own columns mean nothing."""
    try:
        return set(translator.get_options_for_model(model).all_fields)
    except NotRegistered:
        return set()


def _touch(model: type[models.Model], keys: Iterable[Any]) -> None:
    model._default_manager.filter(pk__in=list(keys)).update(updated_at=timezone.now())


@receiver(post_delete)
def _part_is_gone(sender, instance, **kwargs) -> None:
    if isinstance(instance, Dated):
        instance._touch_whole()


@receiver(m2m_changed)
def _others_are_named(sender, instance, action, reverse, model, pk_set, **kwargs) -> None:
    """What a row refers to, such as its sources, is shown on its page."""
    if action == "post_clear" or (action in {"post_add", "post_remove"} and pk_set):
        owner, keys = (model, pk_set or ()) if reverse else (type(instance), [instance.pk])
        if issubclass(owner, Dated):
            _touch(owner, keys)
