"""`deploy/release`, with stand-ins for what only a machine of one's own has: users and systemd."""

import os
import shutil
import stat
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

RELEASE = Path(settings.BASE_DIR) / "deploy" / "release"
STAND_INS = {
    "runuser": 'shift 3; exec "$@"',
    # The service does not start where the release says so.
    "systemctl": (
        'echo "systemctl $*" >>"$LOG"; test "$1" != restart || test ! -e "$ERASMUS_HOME/current/broken"'
    ),
    "curl": ":",
}
MAKEFILE = """
install:
\t@echo "install $$(basename $(CURDIR))" >>"$(LOG)"
scale:
\t@echo scale >>"$(LOG)"
"""


class Machine:
    """A folder as /srv/erasmus is, with a clone of a repository that a test adds releases to."""

    def __init__(self, folder: Path):
        self.home, self.upstream, self.log = folder / "srv", folder / "upstream", folder / "log"
        programs = folder / "bin"
        for name, script in STAND_INS.items():
            self._program(programs / name, script)
        self.environment = {
            "PATH": f"{programs}:{os.environ['PATH']}",
            "HOME": str(folder),
            "LOG": str(self.log),
            "ERASMUS_HOME": str(self.home),
            "ERASMUS_UNITS": str(folder / "units"),
            "GIT_CONFIG_GLOBAL": os.devnull,
        }
        self._git("init", "--quiet", "--initial-branch=main", str(self.upstream))
        (self.upstream / "Makefile").write_text(MAKEFILE)
        shutil.copytree(RELEASE.parent / "systemd", self.upstream / "deploy" / "systemd")
        self._program(self.upstream / ".venv/bin/python", 'echo "$2 $(basename "$PWD")" >>"$LOG"')
        self.add("first")
        self._git("clone", "--quiet", str(self.upstream), str(self.home / "source"))
        (folder / "units").mkdir()
        (self.home / ".env").write_text("SECRET_KEY=x\n")

    def add(self, file: str) -> str:
        """Commit a file to the repository; return the name of its release."""
        (self.upstream / file).touch()
        self._git("-C", str(self.upstream), "add", "--all")
        author = ["-c", "user.name=Test", "-c", "user.email=test@example.no"]
        self._git("-C", str(self.upstream), *author, "commit", "--quiet", "--message", file)
        return self._git("-C", str(self.upstream), "rev-parse", "--short=10", "HEAD")

    def release(self, *arguments: str) -> subprocess.CompletedProcess:
        self.log.unlink(missing_ok=True)
        return subprocess.run(
            [RELEASE, *arguments], env=self.environment, capture_output=True, text=True
        )

    @property
    def serves(self) -> str:
        return (self.home / "current").readlink().name

    @property
    def releases(self) -> set[str]:
        return {path.name for path in (self.home / "releases").iterdir()}

    def done(self) -> list[str]:
        return self.log.read_text().splitlines() if self.log.exists() else []

    def _git(self, *arguments: str) -> str:
        command = ["git", *arguments]
        return subprocess.run(
            command, env=self.environment, check=True, capture_output=True, text=True
        ).stdout.strip()

    @staticmethod
    def _program(path: Path, script: str) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(path.stat().st_mode | stat.S_IEXEC)


@pytest.fixture
def machine(tmp_path):
    return Machine(tmp_path)


def test_the_first_release_is_installed_and_started_with_all_that_belongs_to_it(machine):
    answer = machine.release()
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout.strip() == f"{machine.serves} serves."
    assert (machine.home / "current" / ".env").read_text() == "SECRET_KEY=x\n"
    units = Path(machine.environment["ERASMUS_UNITS"])
    assert (units / "erasmus-.service.d" / "sandbox.conf").exists()
    assert machine.done() == [
        f"install {machine.serves}",
        "systemctl daemon-reload",
        "systemctl enable --quiet erasmus.target",
        "systemctl restart erasmus-web.service",
        "systemctl start erasmus.target",
    ]


def test_a_backup_is_taken_by_the_release_that_serves_before_the_next_one_does(machine):
    machine.release()
    first, second = machine.serves, machine.add("second")
    machine.release()
    assert machine.serves == second
    done = machine.done()
    assert done[:2] == [f"install {second}", f"backup {first}"]


def test_what_does_not_start_gives_way_to_what_did(machine):
    """Visitors would meet an error until somebody comes to work."""
    machine.release()
    first = machine.serves
    broken = machine.add("broken")
    answer = machine.release()
    assert answer.returncode == 1
    assert f"{broken} does not answer" in answer.stderr
    assert f"{first} serves again" in answer.stderr
    assert machine.serves == first


def test_what_cannot_be_installed_touches_nothing(machine):
    machine.release()
    first = machine.serves
    (machine.upstream / "Makefile").write_text("install:\n\t@false\n")
    machine.add("second")
    assert machine.release().returncode != 0
    assert machine.serves == first
    assert machine.done() == []


def test_an_earlier_release_is_taken_back_by_its_name(machine):
    machine.release()
    first = machine.serves
    machine.add("second")
    machine.release()
    assert machine.release(first).returncode == 0
    assert machine.serves == first


def test_the_disk_does_not_fill_with_releases(machine):
    for number in range(5):
        newest = machine.add(f"release {number}")
        assert machine.release().returncode == 0
    assert newest in machine.releases
    assert len(machine.releases) == 3


@pytest.mark.parametrize(
    ("setting", "is_wanted"),
    [
        ("DATABASE_URL=postgres://a@b/c", True),
        ("MEDIA_STORE_URL=s3://b/c", True),
        ("DATABASE_URL=sqlite:////x", False),
    ],
)
def test_what_settings_need_is_installed(machine, setting, is_wanted):
    (machine.home / ".env").write_text(f"SECRET_KEY=x\n{setting}\n")
    machine.release()
    assert ("scale" in machine.done()) == is_wanted
