"""Lighthouse, as anyone can run it on the site: full marks on each kind of page."""

import json
import shutil
import subprocess

import pytest

from tests.browser.test_look import KINDS
from tests.services import free_port, missing, npm_file, running

# Not «performance»: its marks are times, and this machine has others on it. `make bench` measures speed.
CATEGORIES = ("accessibility", "best-practices", "seo")
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking")


@pytest.fixture(scope="module")
def chromium(tmp_path_factory):
    """The port where a Chromium takes orders: one for all pages, since starting it is most of the time."""
    program, port = shutil.which("chromium"), free_port()
    if program is None:
        missing("Chromium", "apt-get install chromium")
    profile = tmp_path_factory.mktemp("chromium")
    command = [
        str(program),
        *FLAGS,
        f"--remote-debugging-port={port}",
        f"--user-data-dir={profile}",
    ]
    with running(command, port, seconds=90):
        yield port


def judged(url: str, chromium: int) -> dict:
    """Return Lighthouse's report on a page as a phone gets it."""
    command = [
        *("node", str(npm_file("lighthouse/cli/index.js")), url, "--quiet"),
        *("--port", str(chromium), "--output", "json", "--output-path", "stdout"),
        *("--only-categories", ",".join(CATEGORIES)),
    ]
    said = subprocess.run(command, capture_output=True, text=True, timeout=240)
    assert said.returncode == 0, said.stderr
    return json.loads(said.stdout)


def faults_in(report: dict) -> list[str]:
    """Return what Lighthouse finds wrong, in its own words."""
    counted = {
        reference["id"]
        for category in report["categories"].values()
        for reference in category["auditRefs"]
        if reference["weight"]
    }
    audits = (report["audits"][name] for name in sorted(counted))
    return [a["title"] for a in audits if a["score"] is not None and a["score"] < 1]


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "not found"])
def test_full_marks(untouched_site, chromium, record_property, kind):
    """What a head's own check of us would find wanting, and what search engines hold against a page."""
    report = judged(untouched_site.origin + KINDS[kind], chromium)
    marks = {name: report["categories"][name]["score"] for name in CATEGORIES}
    shown = ", ".join(f"{name} {round((mark or 0) * 100)}" for name, mark in marks.items())
    record_property("figure", f"Lighthouse, {kind}: {shown}")
    assert faults_in(report) == []
    assert set(marks.values()) == {1}
