"""What takes long to make and is the same for many tests: made once in a run, by whoever asks first.

Workers share it, so nobody may change it: who wants to takes a copy.
"""

import fcntl
import os
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from tests.command import succeed

EDITOR, PASSWORD = "redaktor", "en-lang-frase-her"


def once(folder: Path, name: str, make: Callable[[Path], object]) -> Path:
    """Return what `make` has written, be it now or before, by this worker or another."""
    made, half = folder / name, folder / f"{name}-half"
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            shutil.rmtree(half, ignore_errors=True)
            make(half)
            half.rename(made)
    return made


def add_editor(data: Path, **settings: str) -> None:
    own = {"DJANGO_SUPERUSER_PASSWORD": PASSWORD, **settings}
    succeed(data, "createsuperuser", "--no-input", f"--username={EDITOR}", "--email=", **own)


def _collect(data: Path) -> None:
    succeed(data, "collectstatic", "--no-input", "-v", "0")


def _fill(data: Path) -> None:
    succeed(data, "migrate", "-v", "0")
    succeed(data, "seed_content")


def _prepare(data: Path, collected: Path, filled: Path) -> None:
    shutil.copytree(filled, data)
    shutil.copytree(collected / "static", data / "static", dirs_exist_ok=True)
    succeed(data, "prepare")
    add_editor(data)


@pytest.fixture(scope="session")
def shared(tmp_path_factory) -> Path:
    """A folder that all workers of a run have in common."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def collected(shared) -> Path:
    """A DATA_DIR with nothing but the static files, under the names and compressed as visitors get them."""
    return once(shared, "collected", _collect)


@pytest.fixture(scope="session")
def filled(shared) -> Path:
    """The DATA_DIR of a seeded site whose pictures have no files, which take longer than all the rest."""
    return once(shared, "filled", _fill)


@pytest.fixture(scope="session")
def prepared(shared, collected, filled) -> Path:
    """The DATA_DIR of a site as `make run` sets it up, with an editor."""
    return once(shared, "prepared", partial(_prepare, collected=collected, filled=filled))
