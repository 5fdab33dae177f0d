"""The house rules that a reader of the folder list relies on."""

import ast
import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
ROOMS = ("erasmus_site", "pages", "programmes")

# Which other rooms a room may enter.
MAY_IMPORT = {
    "pages": set(),
    "programmes": {"pages"},
    "erasmus_site": {"pages", "programmes"},
}
PURE = (
    "pages/discovery/lettering.py",
    "pages/discovery/share_card.py",
    "pages/renditions.py",
    "pages/slugs.py",
    "pages/themes.py",
    "pages/segments.py",
    "pages/catalogues.py",
    "pages/definitions.py",
    "pages/inflections.py",
    "programmes/tools/glossary/alphabet.py",
    "programmes/tools/glossary/finding.py",
    "pages/diffing.py",
    "pages/excerpts.py",
    "pages/feedback/limits.py",
    "pages/feedback/sheet.py",
    "pages/links.py",
    "pages/markdown.py",
    "pages/marking.py",
    "pages/passages.py",
    "pages/questions.py",
    "pages/sourced.py",
    "pages/xliff.py",
    "pages/search/lexicon.py",
    "pages/search/packed.py",
    "pages/search/queries.py",
    "pages/search/ranking.py",
    "pages/search/snippets.py",
    "pages/search/spelling.py",
    "pages/search/stems.py",
    "pages/search/weights.py",
    "programmes/figures.py",
    "programmes/tools/calendars.py",
    "programmes/tools/comparison/choosing.py",
    "programmes/tools/finder/addresses.py",
    "programmes/tools/finder/matching.py",
    "programmes/tools/finder/wording.py",
    "programmes/tools/estimator/activities.py",
    "programmes/tools/estimator/amounts.py",
    "programmes/tools/estimator/distance.py",
    "programmes/tools/estimator/estimate.py",
    "programmes/tools/estimator/matrix.py",
    "programmes/tools/estimator/places.py",
    "programmes/tools/estimator/tariff.py",
    "programmes/tools/estimator/wording.py",
    "programmes/tools/rates/checks.py",
    "programmes/tools/rates/sheet.py",
    "programmes/tools/rates/tables.py",
    "programmes/tools/rates/wording.py",
    "programmes/tools/phrasing.py",
    "programmes/tools/deadlines/board.py",
    "programmes/tools/deadlines/dates.py",
    "programmes/tools/planner/holidays.py",
    "programmes/tools/planner/plan.py",
    "programmes/tools/eligibility/conditions.py",
    "programmes/tools/eligibility/inspection.py",
    "programmes/tools/eligibility/questions.py",
    "programmes/tools/eligibility/results.py",
    "programmes/tools/eligibility/verdicts.py",
)
FRONT = ("views", "admin", "templatetags", "forms")


def modules(folder: str):
    return sorted(path for path in (ROOT / folder).rglob("*.py"))


def imports_of(path: Path) -> set[str]:
    """Return the dotted names that a module imports."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {f"{node.module}.{alias.name}" for alias in node.names} | {node.module}
    return names


@pytest.mark.parametrize("room", ROOMS)
def test_doors_open_one_way(room):
    wrong = [
        (str(path.relative_to(ROOT)), name)
        for path in modules(room)
        for name in imports_of(path)
        if (top := name.partition(".")[0]) in {*ROOMS, "tests"}
        and top != room
        and top not in MAY_IMPORT[room]
    ]
    assert wrong == []


@pytest.mark.parametrize("room", ["pages", "programmes"])
def test_models_know_nothing_of_what_shows_them(room):
    models = [*modules(f"{room}/models"), *[p for p in modules(room) if p.name == "querysets.py"]]
    wrong = [
        (str(path.relative_to(ROOT)), name)
        for path in models
        for name in imports_of(path)
        if name.startswith(ROOMS) and set(name.split(".")) & set(FRONT)
    ]
    assert wrong == []


@pytest.mark.parametrize("module", PURE)
def test_pure_modules_stay_pure(module):
    forbidden = ("django.http", "django.db", "pages.models", "programmes.models")
    assert [n for n in imports_of(ROOT / module) if n.startswith(forbidden)] == []


@pytest.mark.parametrize("room", ["pages", "programmes"])
def test_migrations_stand_alone_and_are_named(room):
    """A migration that imports today's code breaks when the code moves on."""
    for path in modules(f"{room}/migrations"):
        assert "_auto_" not in path.name
        assert not {n for n in imports_of(path) if n.startswith(ROOMS)}, path.name


def test_modules_stay_small():
    for room in ROOMS:
        for path in modules(room):
            if "migrations" not in path.parts:
                assert len(path.read_text().splitlines()) <= 400, path


def test_templates_inherit_one_level_at_most():
    for path in (ROOT / "templates").rglob("*.*"):
        text = path.read_text()
        if "{% extends" in text and "admin" not in path.parts:
            # A visitor's page, or an account page in the editors' frame.
            frames = (f'{{% extends "base{path.suffix}" %}}', '{% extends "admin/account.html" %}')
            assert text.startswith(frames), path


def test_every_value_in_markdown_passes_by_a_filter():
    """Nothing is escaped by itself there: a title could make a link of its own."""
    filtered = re.compile(r"\|(text|link|file_link|safe|prose:address|date:date_format)$")
    for path in (ROOT / "templates").rglob("*.md"):
        # Inside a message stand names only, of values that it is given filtered.
        text = re.sub(r"(\{% blocktranslate .*?%\}).*?(?=\{% endblock)", r"\1", path.read_text())
        given = re.findall(r"blocktranslate with \w+=(\S+)", text)
        for value in [*given, *re.findall(r"\{\{\s*(.*?)\s*\}\}", text)]:
            assert filtered.search(value), (path, value)


def test_the_top_level_holds_only_what_the_readme_maps():
    allowed = {
        *("manage.py", "erasmus_site", "pages", "programmes", "templates", "static", "locale"),
        *("tests", "pyproject.toml", "README.md", "Makefile", "deploy", "docs", "benchmarks"),
        *("requirements.txt", "requirements-scale.txt", "requirements-dev.txt", "var"),
    }
    found = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}
    assert found - allowed - {"node_modules", "__pycache__"} == set()
