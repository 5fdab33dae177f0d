import shutil
from pathlib import Path

import pytest

from erasmus_site.handler import Handler
from pages.cache.wsgi import PageCache
from tests.hostile.asking import Stranger
from tests.hostile.public import served


@pytest.fixture
def stranger(one_connection, settings, tmp_path):
    """Somebody who asks the site through its page cache."""
    settings.DATA_DIR = tmp_path
    return Stranger(PageCache(Handler()))


@pytest.fixture(scope="session")
def public_data(tmp_path_factory, filled, collected) -> Path:
    """The folder of a site as the public has it; its DATA_DIR is below."""
    folder = tmp_path_factory.mktemp("public")
    for part in (filled, collected):
        shutil.copytree(part, folder / "data", dirs_exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def public(public_data):
    """The port where that site is served."""
    with served(public_data) as port:
        yield port
