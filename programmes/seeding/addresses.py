"""Addresses of the years before this site: each leads to what stands for it here."""

import tomllib
from pathlib import Path

from pages.lost import tidy
from pages.models import Address
from programmes.seeding.files import KINDS, SeedError

FOLDER = "addresses"


def seed_addresses(folder: Path) -> int:
    """Write the old addresses of `folder` that no record has had; return how many were new.

    `folder`'s own folder `addresses` holds files of `path = "kind code"`. Raises SeedError.
    """
    rows = [row for file in sorted((folder / FOLDER).glob("*.toml")) for row in _read_file(file)]
    known = set(
        Address.objects.values_list("path", flat=True).filter(path__in=[r.path for r in rows])
    )
    new = [row for row in rows if row.path not in known]
    Address.objects.bulk_create(new)
    return len(new)


def _read_file(file: Path) -> list[Address]:
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SeedError(f"{file.name}: {error}") from error
    found = (_address(file.name, path, target) for path, target in table.items())
    return [address for address in found if address]


def _address(file: str, path: str, target: object) -> Address | None:
    kind, _space, code = target.partition(" ") if isinstance(target, str) else ("", "", "")
    if kind not in KINDS or not code:
        raise SeedError(f"{file}: {path}: name a kind and a code, such as «action mobility»")
    model = KINDS[kind].model
    # An editor may have deleted it.
    record = model._default_manager.filter(code=code).first()
    if record is None:
        return None
    return Address(
        path=tidy(path),
        language="nb",
        model=model._meta.label_lower,
        object_id=record.pk,
        is_current=False,
    )
