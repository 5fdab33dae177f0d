"""The site's commands as an operator runs them: a process each, with just the settings named."""

import os
import subprocess
import sys
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)


def environment(data: Path, **settings: str) -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "DATA_DIR": str(data), "SECRET_KEY": "x", **settings}


def manage(data: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        **{"cwd": ROOT, "env": environment(data, **settings), "capture_output": True, "text": True},
    )


def succeed(data: Path, *arguments: str, **settings: str) -> str:
    answer = manage(data, *arguments, **settings)
    assert answer.returncode == 0, answer.stderr
    return answer.stdout


def refuse(data: Path, *arguments: str, **settings: str) -> str:
    """Return the sentence that a command ends with; a traceback is none."""
    answer = manage(data, *arguments, **settings)
    assert answer.returncode != 0
    assert "Traceback" not in answer.stderr, answer.stderr
    return answer.stderr.strip().splitlines()[-1]
