"""Reading: what the seed's files may hold, and their tables one by one."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models

from pages.models import Collage, CollageImage, Image, Page, Section
from programmes.models import (
    Action,
    Audience,
    BudgetExample,
    Call,
    CallType,
    Country,
    CountryGroup,
    Deadline,
    DeadlineChange,
    DistanceBand,
    EligibilityRoute,
    EligibilityRule,
    Experience,
    FormerName,
    Measure,
    PacketPoint,
    Period,
    PlanStep,
    Purpose,
    Rate,
    RateSet,
    SchoolArea,
    SchoolHoliday,
    Source,
    Term,
)

SEED_DIR = Path(__file__).parents[1] / "seed"


class SeedError(ValueError):
    """A seed file is wrong. The message names the file, the entry and the key."""


class RefusedError(SeedError):
    """A row cannot be saved beside what the database holds, such as an address an editor has taken."""


@dataclass(frozen=True)
class Entry:
    """One table of a seed file. `languages` are those its title is written in."""

    file: str
    kind: str
    key: str
    data: dict[str, Any]
    languages: tuple[str, ...]

    def error(self, name: str, problem: object, kind: type[SeedError] = SeedError) -> SeedError:
        return kind(f"{self.file}: {self.kind} «{self.key}», {name}: {problem}")


@dataclass(frozen=True)
class Child:
    """Rows nested in an entry. The value at `key` names a row within its parent, whatever its place."""

    model: type[models.Model]
    parent_field: str
    key: str


@dataclass(frozen=True)
class Kind:
    model: type[models.Model]
    children: dict[str, Child] = field(default_factory=dict)


# In the order of writing: a table refers only to tables above it.
KINDS = {
    "source": Kind(Source),
    "period": Kind(Period),
    "country": Kind(Country),
    "rate_set": Kind(
        RateSet,
        {
            "band": Child(DistanceBand, "rate_set", "code"),
            "group": Child(CountryGroup, "rate_set", "country"),
            "rate": Child(Rate, "rate_set", "code"),
        },
    ),
    "audience": Kind(Audience),
    "purpose": Kind(Purpose),
    "experience": Kind(Experience),
    "budget_example": Kind(BudgetExample),
    "packet_point": Kind(PacketPoint),
    "image": Kind(Image),
    "collage": Kind(Collage, {"image": Child(CollageImage, "collage", "image")}),
    "page": Kind(Page, {"section": Child(Section, "page", "code")}),
    "action": Kind(Action),
    "measure": Kind(Measure),
    "term": Kind(Term),
    "calltype": Kind(CallType),
    "call": Kind(Call),
    "deadline": Kind(Deadline),
    "deadlinechange": Kind(DeadlineChange),
    "planstep": Kind(PlanStep),
    "schoolarea": Kind(SchoolArea),
    "schoolholiday": Kind(SchoolHoliday),
    "former_name": Kind(FormerName),
    "eligibilityroute": Kind(EligibilityRoute),
    "eligibilityrule": Kind(EligibilityRule),
}


def read_entries(folder: Path = SEED_DIR) -> list[Entry]:
    """Return every table of every file in `folder`, in the order of writing. Raises SeedError."""
    entries = [entry for path in sorted(folder.glob("*.toml")) for entry in _read_file(path)]
    seen: set[tuple[str, str]] = set()
    for entry in entries:
        if (entry.kind, entry.key) in seen:
            raise entry.error("code", "is used twice")
        seen.add((entry.kind, entry.key))
    order = list(KINDS)
    return sorted(entries, key=lambda entry: order.index(entry.kind))


def _read_file(path: Path) -> Iterator[Entry]:
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SeedError(f"{path.name}: {error}") from error
    for kind, rows in tables.items():
        if kind not in KINDS:
            raise SeedError(f"{path.name}: {kind}: no such kind; use one of {', '.join(KINDS)}")
        if not isinstance(rows, list):
            raise SeedError(f"{path.name}: {kind}: write it as [[{kind}]]")
        for number, row in enumerate(rows, start=1):
            if not isinstance(row, dict) or not isinstance(row.get("code"), str):
                raise SeedError(f"{path.name}: {kind} number {number}, code: is missing")
            yield Entry(path.name, kind, row["code"], row, _languages_of(row))


def _languages_of(row: dict[str, Any]) -> tuple[str, ...]:
    title = row.get("title")
    return tuple(title) if isinstance(title, dict) else tuple(settings.REQUIRED_LANGUAGES)
