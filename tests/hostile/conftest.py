import shutil
from pathlib import Path

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from erasmus_site.handler import Handler
from pages.cache.wsgi import PageCache
from tests.hostile.asking import Stranger
from tests.hostile.public import served


@pytest.fixture
def stranger(db, settings, tmp_path):
    """Somebody who asks the site through its page cache. A test's connection is closed by no request."""
    settings.DATA_DIR = tmp_path
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield Stranger(PageCache(Handler()))
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


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
