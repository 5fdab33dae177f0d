"""Runs the suite on PostgreSQL, Redis and an S3 store, all started for it: `make test-services`.

Those that ask for none of them are left out (`asks_services` in conftest.py), and so are the browser's,
which see what visitors see and not where it is kept, and those of backups and moves, which start services
of their own and run the site as an operator does.
"""

import os
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

from tests import services

ROOT = Path(__file__).resolve().parent.parent


def main(arguments: list[str]) -> int:
    with ExitStack() as stack:
        environment = {
            **os.environ,
            "TEST_DATABASE_URL": stack.enter_context(services.postgresql()),
            "TEST_CACHE_URL": stack.enter_context(services.redis()).replace(
                "redis:", "rediscache:"
            ),
            "TEST_MEDIA_STORE_URL": stack.enter_context(services.s3()),
        }
        left_out = ("tests/browser", "tests/erasmus_site/operation")
        ignored = (f"--ignore={folder}" for folder in left_out)
        pytest = [sys.executable, "-m", "pytest", *ignored]
        return subprocess.run([*pytest, *arguments], cwd=ROOT, env=environment).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
