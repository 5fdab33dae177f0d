"""The scripts of `docs/`, which are no modules of the site."""

import importlib.util
import sys
from pathlib import Path
from typing import Any

from django.conf import settings


def script(name: str) -> Any:
    """Return `docs/<name>.py` as a module."""
    path = Path(settings.BASE_DIR) / "docs" / f"{name}.py"
    spec: Any = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module
