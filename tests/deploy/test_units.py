"""The systemd units, as systemd itself judges them: no machine is booted here."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands

from tests.services import missing

UNITS = Path(settings.BASE_DIR) / "deploy" / "systemd"
# What systemd calls OK ends at 4; what is left is the network and the machine's own root folder.
EXPOSURE = 1.5
COMMANDS = re.findall(r"@([a-z_]+)\.timer", (UNITS / "erasmus.target").read_text())


@pytest.fixture
def machine(tmp_path):
    """A root folder that holds the units and what they run, for systemd-analyze to look at."""
    units = tmp_path / "etc/systemd/system"
    shutil.copytree(UNITS, units)
    # systemd's own, which the units lean on.
    for folder in ("/usr/lib/systemd/system", "/lib/systemd/system"):
        if Path(folder).is_dir():
            shutil.copytree(folder, tmp_path / "usr/lib/systemd/system", symlinks=True)
            break
    (tmp_path / "lib").symlink_to("usr/lib")
    python = tmp_path / "srv/erasmus/current/.venv/bin/python"
    python.parent.mkdir(parents=True)
    python.touch(mode=0o755)
    return tmp_path


def analyze(machine: Path, *arguments: str) -> subprocess.CompletedProcess:
    program = shutil.which("systemd-analyze")
    if program is None:
        missing("systemd-analyze", "apt-get install systemd")
    return subprocess.run(
        [program, f"--root={machine}", "--no-pager", *arguments], capture_output=True, text=True
    )


def services() -> list[str]:
    return [
        "erasmus-web.service",
        *(f"erasmus-job@{name}.service" for name in sorted(set(COMMANDS))),
    ]


def test_systemd_understands_every_line(machine):
    """A word that it does not know it passes over, and with it the protection that the line meant."""
    names = [*services(), "erasmus.target", "erasmus-web.socket", "erasmus-nightly@backup.timer"]
    answer = analyze(machine, "verify", "--man=no", *names, "erasmus-often@publish_due.timer")
    assert [line for line in answer.stderr.splitlines() if "erasmus" in line] == []
    assert answer.returncode == 0, answer.stderr


@pytest.mark.parametrize("name", ["erasmus-web.service", "erasmus-job@backup.service"])
def test_a_service_that_is_taken_over_can_do_little(machine, name):
    answer = analyze(
        machine, "security", "--offline=true", f"--threshold={EXPOSURE * 10:.0f}", name
    )
    assert answer.returncode == 0, answer.stdout[-2000:] + answer.stderr


@pytest.mark.parametrize("name", sorted(set(COMMANDS)))
def test_what_a_timer_runs_is_there(name):
    """A command that was renamed would fail each night, where nobody looks."""
    assert name in get_commands()
