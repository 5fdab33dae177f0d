"""The site with southern Sámi added by the README's recipe, for the test that proves the recipe."""

import os
from pathlib import Path

from tests.settings import *  # noqa: F403
from tests.settings import LANGUAGES, LOCALE_PATHS

LANGUAGES = [*LANGUAGES, ("sma", "Åarjelsaemien gïele")]
LOCALE_PATHS = [Path(os.environ["EXTRA_LOCALE"]), *LOCALE_PATHS]
if os.environ.get("TABLES_FROM_MODELS"):
    MIGRATION_MODULES = {"pages": None, "programmes": None}
