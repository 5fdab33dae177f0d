"""Keeps the cards of pages, the pictures that stand where one is shared: made when a page changes.

A card is made after the commit of whatever it shows, by whichever door that came, and named by all it
is made from. The row learns its name when the file is whole, so that a run cut off is begun anew; the
file it had before is removed, since a picture that somebody has withdrawn must be gone from cards too.
`manage.py share_cards` sees to what no save tells of.
"""

import logging
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from threading import Thread
from typing import NamedTuple

from django.apps import apps
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connections, models, transaction
from django.db.models.signals import post_save, pre_delete
from django.utils import translation

from pages.cache.locks import one_at_a_time
from pages.discovery import share_card
from pages.languages import languages_of
from pages.models import Image, SeoMetadata
from pages.models.image import rendered
from pages.renditions import rendition_name

logger = logging.getLogger(__name__)

# Whose change reaches more pages than these goes on without waiting for the cards of the others.
AT_ONCE = 2
# Pages whose cards are made before their rows are told, all in one transaction: each one makes the page
# cache begin anew. No more, since an editor who saves meanwhile waits for them.
TOGETHER = 8
# Pictures are read as visitors get them, in the first width that is as wide as a card shows them.
WIDE_ENOUGH = 640
LOCK = "share-cards"

_postponed: ContextVar[bool] = ContextVar("postponed", default=False)


class Key(NamedTuple):
    """What tells a page's row from all others."""

    model: type[SeoMetadata]
    pk: int


def shared_models() -> list[type[SeoMetadata]]:
    return [model for model in apps.get_models() if issubclass(model, SeoMetadata)]


def every_key() -> list[Key]:
    """Return all pages that may be shared."""
    return [
        Key(model, pk)
        for model in shared_models()
        for pk in model._base_manager.order_by("pk").values_list("pk", flat=True)
    ]


# --- When ------------------------------------------------------------------------------------


def watch() -> None:
    """Have cards follow what they show, from now on."""
    shown = {label for model in shared_models() for label in model.CARD_SHOWS}
    for model in {*shared_models(), *(apps.get_model(label) for label in shown)}:
        uid = f"share {model._meta.label}"
        post_save.connect(_follow, sender=model, dispatch_uid=uid)
        pre_delete.connect(_let_go, sender=model, dispatch_uid=uid)
    rendered.connect(_follow, sender=Image, dispatch_uid="share rendered")


@contextmanager
def postponed() -> Iterator[None]:
    """Make no cards inside: somebody changes much, and makes them all in the end."""
    token = _postponed.set(True)
    try:
        yield
    finally:
        _postponed.reset(token)


def _follow(sender, instance: models.Model, **kwargs) -> None:
    if not _postponed.get():
        transaction.on_commit(lambda: _refresh(showing(instance)), robust=True)


def _let_go(sender, instance: models.Model, **kwargs) -> None:
    """Find out before the row is gone whose cards show it, and which are its own."""
    keys = showing(instance)
    if isinstance(instance, SeoMetadata):
        keys.remove(Key(type(instance), instance.pk))
        rows = type(instance)._base_manager.filter(pk=instance.pk)
        cards = rows.values_list("share_cards", flat=True).first() or {}
        transaction.on_commit(partial(_remove, cards.values()), robust=True)
    if keys and not _postponed.get():
        transaction.on_commit(partial(_refresh, keys), robust=True)


def showing(row: models.Model) -> list[Key]:
    """Return the pages whose cards show `row`, the page that it is itself first."""
    keys = [Key(type(row), row.pk)] if isinstance(row, SeoMetadata) else []
    for model in shared_models():
        for path in model.CARD_SHOWS.get(row._meta.label_lower, ()):
            found = model._base_manager.filter(**{path: row.pk}).order_by("pk").distinct()
            keys += [Key(model, pk) for pk in found.values_list("pk", flat=True)]
    return list(dict.fromkeys(keys))


def _refresh(keys: list[Key]) -> None:
    refresh(keys[:AT_ONCE])
    if later := keys[AT_ONCE:]:
        Thread(target=_refresh_aside, args=(later,)).start()


def _refresh_aside(keys: list[Key]) -> None:
    try:
        for some in batches(keys):
            refresh(some)
    except Exception:
        logger.exception("Not all cards could be made; `manage.py share_cards` makes the rest.")
    finally:
        connections.close_all()


# --- What ------------------------------------------------------------------------------------


def batches(keys: Sequence[Key]) -> Iterator[Sequence[Key]]:
    """Yield the keys in parts that are small enough for `refresh`."""
    for start in range(0, len(keys), TOGETHER):
        yield keys[start : start + TOGETHER]


def refresh(keys: Iterable[Key], anew: bool = False) -> int:
    """Bring pages' cards in line with the pages; return how many were made. `anew`: all of them."""
    changed: dict[Key, dict[str, str]] = {}
    replaced: set[str] = set()
    made = 0
    # One at a time: whoever comes last has read the pages last.
    with one_at_a_time(LOCK):
        for key in keys:
            record = key.model._base_manager.filter(pk=key.pk).first()
            if record is None:
                continue
            before = dict(record.share_cards)
            cards, number = _cards(record, anew)
            made += number
            if cards != before:
                changed[key] = cards
            replaced |= set(before.values()) - set(cards.values())
        with transaction.atomic():
            for key, cards in changed.items():
                key.model._base_manager.filter(pk=key.pk).update(share_cards=cards)
        _remove(replaced)
    return made


def _cards(record: SeoMetadata, anew: bool) -> tuple[dict[str, str], int]:
    """Return the card of each language in which the page exists, and how many had to be made."""
    pictures = record.card_pictures()[: share_card.MOST]
    cards: dict[str, str] = {}
    made = 0
    for language in languages_of(record):
        with translation.override(language):
            digest = _digest(record, language, pictures)
            is_known = record.share_cards.get(language) == digest
            if anew or not is_known or not default_storage.exists(share_card.file_name(digest)):
                if not _make(record, digest, pictures):
                    continue
                made += 1
        cards[language] = digest
    return cards, made


def remove_unused() -> int:
    """Remove the files that no page names, as a run cut off leaves them; return how many."""
    # The file of a card that is just being made is there before its row names it.
    with one_at_a_time(LOCK):
        unused = _files() - _used()
        for name in unused:
            default_storage.delete(name)
    return len(unused)


def _files() -> set[str]:
    try:
        _folders, names = default_storage.listdir(share_card.FOLDER)
    except FileNotFoundError:
        return set()
    return {f"{share_card.FOLDER}/{name}" for name in names}


def _used() -> set[str]:
    return {
        share_card.file_name(digest)
        for model in shared_models()
        for cards in model._base_manager.values_list("share_cards", flat=True).iterator()
        for digest in cards.values()
    }


def _digest(record: SeoMetadata, language: str, pictures: list[Image]) -> str:
    return share_card.digest(
        f"{record._meta.label_lower} {record.pk} {language}",
        record.card_title,
        _site_name(),
        record.card_theme,
        [image.digest for image in pictures],
    )


def _make(record: SeoMetadata, digest: str, pictures: list[Image]) -> bool:
    """Write the card of the active language; return whether it could be done."""
    try:
        data = share_card.compose(
            record.card_title, _site_name(), record.card_theme, _read(pictures)
        )
        # What is there may be the half of a file from a run that was cut off.
        default_storage.delete(share_card.file_name(digest))
        default_storage.save(share_card.file_name(digest), ContentFile(data))
    except (OSError, ValueError) as error:
        # A lost picture must neither undo a save nor keep the site from starting.
        logger.warning("The card of %s could not be made: %s", record, error)
        return False
    return True


def _read(pictures: list[Image]) -> list[bytes]:
    shapes = share_card.SHAPES.get(len(pictures), ())
    data = []
    for image, shape in zip(pictures, shapes, strict=True):
        widths = [width for width, _height in image.sizes[shape]]
        width = next((width for width in widths if width >= WIDE_ENOUGH), widths[-1])
        name = rendition_name(image.digest, shape, width, "webp")
        with image.original.storage.open(name) as file:
            data.append(file.read())
    return data


def _remove(digests: Iterable[str]) -> None:
    for digest in digests:
        default_storage.delete(share_card.file_name(digest))


def _site_name() -> str:
    return str(settings.SITE_NAME)
