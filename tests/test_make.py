"""The two commands: what an operator is told when the machine is not as it should be."""

import os
import shutil
import socket
import stat
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
FILES = ("Makefile", "requirements.txt", "pyproject.toml")


@pytest.fixture
def clone(tmp_path):
    """The files that `make run` decides by, in a folder with a space in its name."""
    folder = tmp_path / "et nettsted"
    folder.mkdir()
    for name in FILES:
        shutil.copy(ROOT / name, folder)
    return folder


def make(folder, *arguments, **environment):
    return subprocess.run(
        ["make", "--no-print-directory", *arguments],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "HOME": str(folder.parent), **environment},
        capture_output=True,
        text=True,
        timeout=60,
    )


def python_that(folder: Path, script: str) -> str:
    """Return a command that stands in for python3 and runs a shell script."""
    path = folder / "python-stand-in"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IEXEC)
    return "./python-stand-in"


def left_behind(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} - {*FILES, "python-stand-in"}


def test_a_taken_port_is_told_before_anything_is_done(clone):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        answer = make(clone, "run", f"PORT={port}")
    assert answer.returncode != 0
    assert f"Port {port} cannot be used" in answer.stderr
    assert left_behind(clone) == set()


def test_an_old_python_is_told_and_nothing_is_left(clone):
    python = python_that(
        clone, 'case "$*" in *version_info*) exit 1;; -V) echo Python 3.9.2;; esac; exit 0'
    )
    answer = make(clone, "run", f"PYTHON={python}")
    assert answer.returncode != 0
    assert "Python is too old: Python 3.9.2 found, 3.11 or newer needed" in answer.stderr
    assert left_behind(clone) == set()


def test_a_missing_venv_is_told_with_the_command_that_brings_it(clone):
    python = python_that(clone, 'case "$*" in *ensurepip*) exit 1;; esac; exit 0')
    answer = make(clone, "run", f"PYTHON={python}")
    assert answer.returncode != 0
    assert "apt-get install python3-venv" in answer.stderr
    assert left_behind(clone) == set()


def test_an_installation_that_fails_leaves_nothing_half_done(clone):
    (clone / "requirements.txt").write_text("no-such-package-anywhere==1 --hash=sha256:" + "0" * 64)
    answer = make(clone, "prepare", PIP_NO_INDEX="1", PIP_FIND_LINKS="")
    assert answer.returncode != 0
    assert "What worked before still does" in answer.stderr
    assert left_behind(clone) == set()


def test_an_installation_that_fails_keeps_what_worked(clone):
    """A failed update without a network must not take a running site's packages away."""
    (clone / ".venv").mkdir()
    (clone / ".venv" / ".installed").touch()
    os.utime(clone / ".venv" / ".installed", (0, 0))
    (clone / "requirements.txt").write_text("no-such-package-anywhere==1 --hash=sha256:" + "0" * 64)
    answer = make(clone, "prepare", PIP_NO_INDEX="1", PIP_FIND_LINKS="")
    assert answer.returncode != 0
    assert (clone / ".venv" / ".installed").exists()


def test_help_tells_of_every_target_in_a_sentence(clone):
    text = make(clone, "help").stdout
    for target in ("run", "test", "check", "editor", "messages", "lock", "help"):
        assert f"make {target} " in text
