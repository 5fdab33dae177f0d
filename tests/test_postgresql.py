"""What depends on the database runs on PostgreSQL as well, in a process of its own."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

from tests import services


@pytest.mark.parametrize(
    "tests",
    [
        ["tests/pages/cache"],
        # NUL and numbers beyond all are where the two databases differ.
        ["tests/hostile", "-k", "every_filter or every_header or word_in or at_the_door"],
    ],
    ids=["the page cache is never stale", "hostile words do no harm"],
)
def test_on_postgresql(tests):
    with services.postgresql() as address:
        environment = {**os.environ, "TEST_DATABASE_URL": address}
        run = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-n0", *tests],
            **{"cwd": settings.BASE_DIR, "env": environment, "capture_output": True, "text": True},
        )
    assert run.returncode == 0, run.stdout[-3000:]
