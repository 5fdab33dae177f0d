"""Where people travel from and to: every Norwegian municipality's centre, and European cities.

Coordinates are from GeoNames (geonames.org, licence CC BY 4.0), read in 2026: the seat of each municipality of
2024 as Statistics Norway numbers them, and per country of the programme the largest cities and some that
schools often go to.
"""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Place:
    """A point on the map; `latitude` and `longitude` in degrees, WGS 84. `country` is an ISO code."""

    code: str
    country: str
    name: str
    name_en: str
    latitude: float
    longitude: float

    def named(self, language: str) -> str:
        return self.name_en if language == "en" else self.name


@cache
def municipalities() -> dict[str, Place]:
    """Return Norway's 357 municipalities in alphabetical order, by name; those that share one by county too."""
    rows = _read("municipalities.csv")
    names = [row["municipality"] for row in rows]
    places = [_municipality(row, names.count(row["municipality"]) > 1) for row in rows]
    return {place.code: place for place in places}


def _municipality(row: dict[str, str], is_shared: bool) -> Place:
    name = f"{row['municipality']} ({row['county']})" if is_shared else row["municipality"]
    return Place(name, "NO", name, name, float(row["latitude"]), float(row["longitude"]))


@cache
def cities() -> dict[str, Place]:
    """Return the cities by code, in the order of their countries' codes and their names."""
    return {
        row["code"]: Place(
            row["code"],
            row["country"],
            row["name"],
            row["name_en"],
            float(row["latitude"]),
            float(row["longitude"]),
        )
        for row in _read("cities.csv")
    }


def municipality_named(words: str) -> Place | None:
    """Return the municipality whose name somebody wrote, whatever the case."""
    wanted = words.strip().casefold()
    return next((p for name, p in municipalities().items() if name.casefold() == wanted), None)


def _read(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
