"""Writes `docs/innhold.md`: every page of the seed, for whom, what for, its sources and when it is read anew.

Run by `make content`. In bokmål, since editors read it.
"""

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "innhold.md"
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "erasmus_site.settings")

import django  # noqa: E402

django.setup()

from django.urls import reverse  # noqa: E402
from django.utils import translation  # noqa: E402

from programmes.seeding.files import Entry, read_entries  # noqa: E402

ALL = "alle"
STAFF, HEADS, OWNERS = "ansatte", "rektor og styrer", "eiere"
# A measure names whom it is for; pages are for all but these.
AUDIENCES = {
    "guidance-start": "nye søkere",
    "guidance-kindergartens": "barnehager",
    "guidance-teachers": STAFF,
    "guidance-heads": HEADS,
    "guidance-owners": OWNERS,
    "guidance-signing": f"{HEADS}, {OWNERS}",
    "guidance-money": f"{HEADS}, {OWNERS}",
    "estimator": f"{STAFF}, {HEADS}",
    "then-and-now": "de som kjenner gamle navn",
    "about": "alle, også journalister og andre nettsteder",
    "accessibility": "alle, også tilsynet",
}
HEADER = """# Innholdet på nettstedet

Laget av `make content` fra `programmes/seed/*.toml`; rett der, ikke her. «Leses på nytt» er dagen da noen skal se om
siden fortsatt stemmer; redaktørene ser den på forsiden i redigeringen. Hvert beløp, hver andel og hver dato på en side
må stå hos en av kildene til siden. `manage.py unbacked_figures` viser det som mangler.
"""
HEADS_OF_COLUMNS = (
    "| Side | For hvem | Hva den gir | Kilder | Leses på nytt |\n|---|---|---|---|---|\n"
)


def page(entries: Iterable[Entry]) -> str:
    """Return the whole document."""
    by_kind: dict[str, dict[str, Entry]] = {}
    for entry in entries:
        by_kind.setdefault(entry.kind, {})[entry.key] = entry
    parts = {
        "Sider": (by_kind["page"].values(), _of_page),
        "Hovedtiltak": (by_kind["action"].values(), _of_action),
        "Tiltak i dag (2021–2027)": (_of_period(by_kind, "2021-2027"), _of_measure),
        "Tiltak før (2014–2020)": (_of_period(by_kind, "2014-2020"), _of_measure),
    }
    with translation.override("nb"):
        tables = [
            f"\n## {title}\n\n{HEADS_OF_COLUMNS}"
            + "".join(_row(e, *told(e, by_kind)) for e in rows)
            for title, (rows, told) in parts.items()
        ]
    return HEADER + "".join(tables) + _sources(by_kind["source"].values())


def _of_period(by_kind: dict[str, dict[str, Entry]], code: str) -> Iterator[Entry]:
    return (entry for entry in by_kind["measure"].values() if entry.data["period"] == code)


def _of_page(entry: Entry, by_kind: dict[str, dict[str, Entry]]) -> tuple[str, str]:
    return _path_of_page(entry, by_kind["page"]), AUDIENCES.get(entry.key, ALL)


def _path_of_page(entry: Entry, pages: dict[str, Entry]) -> str:
    if route := entry.data.get("route"):
        return reverse(route)
    above = pages.get(entry.data.get("parent", ""))
    return f"{_path_of_page(above, pages) if above else '/'}{entry.data['slug']['nb']}/"


def _of_action(entry: Entry, by_kind: dict[str, dict[str, Entry]]) -> tuple[str, str]:
    return reverse("programmes:action_detail", args=[entry.data["slug"]["nb"]]), ALL


def _of_measure(entry: Entry, by_kind: dict[str, dict[str, Entry]]) -> tuple[str, str]:
    action = by_kind["action"][entry.data["action"]]
    slugs = [action.data["slug"]["nb"], entry.data["slug"]["nb"]]
    audiences = [by_kind["audience"][code].data["title"]["nb"] for code in entry.data["audiences"]]
    return reverse("programmes:measure_detail", args=slugs), ", ".join(audiences).lower()


def _row(entry: Entry, path: str, audience: str) -> str:
    shown = "ved hver opplysning" if entry.data.get("route", "").startswith("tools:") else "–"
    sources = ", ".join(f"[{code}](#{code})" for code in entry.data.get("sources", [])) or shown
    purpose = entry.data["seo_description"]["nb"]
    title = entry.data["title"]["nb"]
    return (
        f"| {title} `{path}` | {audience} | {purpose} | {sources} | {entry.data['review_on']} |\n"
    )


def _sources(entries: Iterable[Entry]) -> str:
    rows = [
        f'| <a id="{e.key}"></a>{e.key} | {e.data["publisher"]}: [{e.data["title"]}]({e.data["url"]})'
        f" | {e.data['year']} | {e.data['checked_on']} | {_confidence(e)} |"
        f" {' '.join(e.data.get('figures', '–').split())} |\n"
        for e in sorted(entries, key=lambda one: one.key)
    ]
    head = "| Kode | Kilde | År | Lest | Slag | Tall som står der |\n|---|---|---|---|---|---|\n"
    return "\n## Kilder\n\n" + head + "".join(rows)


def _confidence(entry: Entry) -> str:
    return {"V": "offisiell", "S": "andrehånds"}[entry.data["confidence"]]


if __name__ == "__main__":
    PAGE.write_text(page(read_entries()), encoding="utf-8")
