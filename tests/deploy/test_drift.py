"""`docs/drift.md`, as somebody reads it who has the machine before them."""

import re
import shlex
from pathlib import Path

import pytest
from django.conf import settings

from tests.deploy.test_units import COMMANDS, UNITS

ROOT = Path(settings.BASE_DIR)
TEXT = (ROOT / "docs" / "drift.md").read_text()
FIRST, CADDY = re.findall(r"^```sh\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)[:2]


@pytest.mark.parametrize("block", [FIRST, CADDY])
def test_each_line_is_a_whole_command(block):
    for line in block.splitlines():
        assert shlex.split(line)


def test_a_bare_machine_becomes_a_site_in_as_many_commands_as_are_promised():
    commands = FIRST.splitlines()
    assert "Tolv kommandoer." in TEXT
    assert len(commands) == 12
    # With Caddy, two instead of four.
    certbot, last = (commands.index(one) for one in commands if re.match("certbot|nginx", one))
    assert (last - certbot + 1, len(CADDY.splitlines())) == (4, 2)


def test_what_it_names_is_there():
    named = set(re.findall(r"(?:current|source)/(deploy/[\w.]+)", TEXT))
    assert named == {"deploy/nginx.conf", "deploy/Caddyfile", "deploy/release"}
    assert [name for name in named if not (ROOT / name).exists()] == []
    units = {path.name.partition("@")[0].partition(".")[0] for path in UNITS.iterdir()}
    assert set(re.findall(r"\berasmus-[a-z]+", TEXT)) - units == set()


def test_each_command_that_a_timer_runs_is_explained():
    rows = set(re.findall(r"^\| `([a-z_]+)` \| hver", TEXT, re.MULTILINE))
    assert rows == set(COMMANDS)
    often = set(re.findall(r"often@([a-z_]+)", (UNITS / "erasmus.target").read_text()))
    assert set(re.findall(r"^\| `([a-z_]+)` \| hvert tiende", TEXT, re.MULTILINE)) == often


def test_every_make_target_that_operators_are_told_of_exists():
    targets = set(re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"(?:-- |`|^ +)make ([a-z][a-z-]+)", TEXT, re.MULTILINE)) <= targets
