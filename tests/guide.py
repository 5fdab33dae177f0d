"""What `docs/redaktor.md` promises, for tests to hold it to."""

import re

from erasmus_site.guide import FILE

ROW = re.compile(r"^\| \[(?P<task>.+)\]\(#(?P<anchor>.+)\) \| (?P<clicks>\d+) \|$", re.MULTILINE)


def text() -> str:
    return FILE.read_text(encoding="utf-8")


def tasks() -> dict[str, int]:
    """Return the commonest tasks with the number of clicks that each is said to take."""
    return {row["task"]: int(row["clicks"]) for row in ROW.finditer(text())}
