"""What depends on the database runs on PostgreSQL as well, in a process of its own."""

import os
import subprocess
import sys

from django.conf import settings

from tests import services


def test_the_page_cache_is_never_stale_on_postgresql():
    with services.postgresql() as address:
        environment = {**os.environ, "TEST_DATABASE_URL": address}
        run = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-n0", "tests/pages/cache"],
            **{"cwd": settings.BASE_DIR, "env": environment, "capture_output": True, "text": True},
        )
    assert run.returncode == 0, run.stdout[-3000:]
