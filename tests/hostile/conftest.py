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
def public(tmp_path_factory, filled, collected):
    """The port of a site as the public has it."""
    with served(tmp_path_factory.mktemp("public"), filled, collected) as port:
        yield port
