"""Every address that a record has or has had, so that no link to it ever breaks."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _

from pages.languages import languages_of, url_in

if TYPE_CHECKING:
    from pages.models.publishable import Publishable

BATCH = 500


class AddressQuerySet(models.QuerySet["Address"]):
    def of(self, records: Iterable["Publishable"]):
        """Addresses, old and present, of these records."""
        owners: dict[str, list[int]] = {}
        for record in records:
            owners.setdefault(record._meta.label_lower, []).append(record.pk)
        return self.of_rows(owners)

    def of_rows(self, owners: dict[str, list[int]]):
        """The same by the models' labels and the rows' keys."""
        wanted = Q(pk__in=[])
        for label, keys in owners.items():
            wanted |= Q(model=label, object_id__in=keys)
        return self.filter(wanted)

    def current(self):
        return self.filter(is_current=True)

    def keep(self, records: Iterable["Publishable"]) -> int:
        """Write down where these records stand now; return how many addresses were new or changed.

        An address that another record had is the new one's from now on, unless nobody can see the new
        one yet: until then it leads visitors where it did.
        """
        records = list(records)
        present = {address.path: address for address in _present(records)}
        known = {row.path: row for row in self.filter(path__in=present)}
        unseen = {(r._meta.label_lower, r.pk) for r in records if r.publish_at is None}
        changed = [
            row
            for path, row in present.items()
            if not row.says_as(old := known.get(path))
            and (old is None or old.owner == row.owner or row.owner not in unseen)
        ]
        self._abandon(records, present)
        Address.objects.bulk_create(
            changed,
            update_conflicts=True,
            unique_fields=["path"],
            update_fields=["language", "model", "object_id", "is_current"],
        )
        return len(changed)

    def _abandon(self, records: list["Publishable"], present: Iterable[str]) -> None:
        left = self.of(records).current().exclude(path__in=present)
        if left.exists():
            left.update(is_current=False)

    def keep_all(self) -> int:
        """Write down every record's address, for rows that were saved before there was such a list."""
        changed = 0
        for model in apps.get_models():
            if issubclass(model, _publishable()):
                manager: Any = model._default_manager
                rows = list(manager.with_address().order_by("pk"))
                for start in range(0, len(rows), BATCH):
                    changed += self.keep(rows[start : start + BATCH])
        return changed


class Address(models.Model):
    """A path from the root, with its language's prefix, and whose it is or was last.

    The record is named by its model's label and key and not by a relation: the row outlives it.
    """

    path = models.CharField(_("address"), max_length=1000, unique=True)
    language = models.CharField(_("language"), max_length=16)
    model = models.CharField(max_length=100)
    object_id = models.BigIntegerField()
    is_current = models.BooleanField(default=True)

    objects = AddressQuerySet.as_manager()

    class Meta:
        verbose_name = _("page address")
        verbose_name_plural = _("page addresses")
        indexes = [models.Index(fields=["model", "object_id"], name="address_of_record")]

    def __str__(self):
        return self.path

    @property
    def owner(self) -> tuple[str, int]:
        return self.model, self.object_id

    def says_as(self, other: "Address | None") -> bool:
        return other is not None and all(
            getattr(self, name) == getattr(other, name)
            for name in ("path", "language", "model", "object_id", "is_current")
        )

    def record_for(self, user) -> "Publishable | None":
        """Return whose address it is, if `user` may see it in the address's language."""
        model = apps.get_model(self.model)
        rows = model._default_manager.visible_to(user).in_language(self.language).with_address()
        return rows.filter(pk=self.object_id).first()


def _present(records: Iterable["Publishable"]) -> list[Address]:
    return [
        Address(
            path=url_in(record, language),
            language=language,
            model=record._meta.label_lower,
            object_id=record.pk,
        )
        for record in records
        for language in languages_of(record)
    ]


def _publishable() -> type["Publishable"]:
    # Publishable keeps addresses here, so that it cannot be imported above.
    from pages.models.publishable import Publishable

    return Publishable


@receiver(post_delete)
def _leave(sender, instance, **kwargs) -> None:
    """A deleted record stands nowhere; what its addresses were is remembered if visitors have seen it."""
    if isinstance(instance, _publishable()):
        addresses = Address.objects.of([instance])
        if instance.is_published or instance.was_published:
            addresses.update(is_current=False)
        else:
            addresses.delete()
