"""Lighthouse, as anyone can run it on the site: full marks on each kind of page."""

import json
import subprocess

import pytest

from tests.browser.test_look import KINDS
from tests.services import NPM_PACKAGES, chromium, free_port, npm_file, running

# Not «performance»: its marks are times, and this machine has others on it. `make bench` measures speed.
# What search engines are to find: not answers, earlier years, or a page that is not there.
FOUND = ("home", "overview", "action", "measure", "article", "deadlines")
CATEGORIES = ("accessibility", "best-practices", "seo")
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking")


@pytest.fixture(scope="module")
def taking_orders(tmp_path_factory):
    """The port where a Chromium takes orders: one for all pages."""
    port = free_port()
    profile = tmp_path_factory.mktemp("chromium")
    command = [
        chromium(),
        *FLAGS,
        f"--remote-debugging-port={port}",
        f"--user-data-dir={profile}",
    ]
    # Debian starts it by a script, which would be ended alone.
    with running(command, port, seconds=90, start_new_session=True):
        yield port


@pytest.fixture(scope="module")
def judged(untouched_site, taking_orders) -> dict[str, dict]:
    """Lighthouse's reports on the pages as a phone gets them."""
    npm_file("lighthouse/core/index.js")
    script = str(NPM_PACKAGES.parent / "lighthouse.mjs")
    urls = [untouched_site.origin + KINDS[kind] for kind in FOUND]
    command = ["node", script, str(taking_orders), ",".join(CATEGORIES), *urls]
    said = subprocess.run(command, capture_output=True, text=True, timeout=240)
    assert said.returncode == 0, said.stderr
    return dict(zip(FOUND, json.loads(said.stdout), strict=True))


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


@pytest.mark.parametrize("kind", FOUND)
def test_full_marks(judged, record_property, kind):
    """What a head's own check of us would find wanting, and what search engines hold against a page."""
    report = judged[kind]
    marks = {name: report["categories"][name]["score"] for name in CATEGORIES}
    shown = ", ".join(f"{name} {round((mark or 0) * 100)}" for name, mark in marks.items())
    record_property("figure", f"Lighthouse, {kind}: {shown}")
    assert faults_in(report) == []
    assert set(marks.values()) == {1}
