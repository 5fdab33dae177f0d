"""The container files, without an engine: what they copy is there, and what they run does run."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
DEPLOY = ROOT / "deploy"
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
FILE = re.sub(
    r"\\\n", "", re.sub(r"^#.*\n", "", (DEPLOY / "Containerfile").read_text(), flags=re.M)
)
LINES = [line.strip() for line in FILE.splitlines() if line.strip()]
COPIED = [line.split()[1:] for line in LINES if line.startswith("COPY") and "--from" not in line]


@pytest.fixture
def image(tmp_path):
    """A folder with just what the build copies, and the packages of this machine."""
    folder = tmp_path / "srv"
    for *sources, target in COPIED:
        for source in sources:
            place = folder / (target if target != "./" else source)
            place.parent.mkdir(parents=True, exist_ok=True)
            if (ROOT / source).is_dir():
                unwanted = shutil.ignore_patterns("__pycache__", "*.mo")
                shutil.copytree(ROOT / source, place, ignore=unwanted)
            else:
                shutil.copy(ROOT / source, place)
    (folder / ".venv").symlink_to(Path(sys.prefix))
    return folder


def run(folder: Path, command: list[str], **environment: str) -> str:
    names = {"PATH": f"{folder}/.venv/bin:{os.environ['PATH']}", "HOME": "/nonexistent"}
    done = subprocess.run(
        command, cwd=folder, env={**names, **environment}, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_what_is_copied_is_enough_to_build_and_start_from(image, tmp_path):
    (build,) = [line.removeprefix("RUN ") for line in LINES if "collectstatic" in line]
    # Compressing them all takes a minute on a busy machine, and is done in other tests.
    run(image, ["sh", "-c", build.replace("collectstatic", "collectstatic --dry-run")])
    (image / "var" / "static").mkdir(parents=True, exist_ok=True)
    (image / "var" / "static" / "staticfiles.json").write_text('{"version": "1.1", "paths": {}}')
    (command,) = [line.removeprefix("CMD ") for line in LINES if line.startswith('CMD ["sh"')]
    shell, flag, script = (shlex.split(part)[0] for part in re.findall(r'"(?:\\.|[^"])*"', command))
    before, serve = script.replace('\\"', '"').rsplit(" && ", 1)
    before = before.replace("manage.py prepare", "manage.py check --deploy --fail-level WARNING")
    names = {
        "DATA_DIR": str(tmp_path / "data"),
        "SECRET_KEY": "a1b2-" * 12,
        "SITE_URL": "https://a.no",
    }
    run(image, [shell, flag, before], **names)
    assert (tmp_path / "data" / "static" / "staticfiles.json").exists()
    run(image, shlex.split(f"{serve.removeprefix('exec ')} --check-config"), **names)


def test_packages_are_taken_by_their_hashes_and_nobody_is_root():
    (install,) = [line for line in LINES if "pip install" in line]
    assert "--require-hashes" in install
    last = LINES[len(LINES) - LINES[::-1].index("FROM python") - 1 :]
    assert "USER erasmus" in last


@pytest.mark.parametrize("name", sorted(COMPOSE["services"]))
def test_each_service_of_compose_starts_again_and_hides_what_it_can(name):
    service = COMPOSE["services"][name]
    assert service["restart"] == "unless-stopped"
    # Only the web server is reached from outside.
    assert ("ports" in service) == (name == "front")
    for volume in service.get("volumes", []):
        source = volume.partition(":")[0]
        assert source in COMPOSE["volumes"] or (DEPLOY / source).exists()
    for other in service.get("depends_on", []):
        assert other in COMPOSE["services"]


def test_one_machine_runs_two_containers_and_the_rest_is_a_profile():
    alone = {name for name, service in COMPOSE["services"].items() if "profiles" not in service}
    assert alone == {"web", "front"}
    build = COMPOSE["services"]["web"]["build"]
    assert (DEPLOY / build["context"] / build["dockerfile"]).resolve() == DEPLOY / "Containerfile"
    assert COMPOSE["services"]["web"]["read_only"]


def test_every_setting_that_compose_hands_on_is_one():
    """A setting by a wrong name is silently without effect."""
    known = (ROOT / "erasmus_site" / "settings.py").read_text()
    known += (DEPLOY / "gunicorn.conf.py").read_text()
    unknown = [n for n in COMPOSE["services"]["web"]["environment"] if f'"{n}"' not in known]
    assert unknown == []
