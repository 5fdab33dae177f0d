"""What every test may ask for. The test database holds the whole seeded site; each test is rolled back."""

import io
import os
from datetime import UTC, datetime

import pytest
from django.apps import apps
from django.conf import settings
from django.core.files.storage import default_storage
from django.core.management.color import no_style
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection
from django.utils import translation

from erasmus_site.operation import files
from pages import due, renditions
from pages.models import Image, Publishable
from pages.search import index
from programmes.seeding import seed
from tests import scheduling, services
from tests.prepared import collected, filled, prepared, shared  # noqa: F401

PUBLISHED_AT = datetime(2026, 1, 1, tzinfo=UTC)
ON_SERVICES = "TEST_DATABASE_URL" in os.environ
# What depends on the time that others take: a machine that is used by them too makes it slow at any moment.
HURRIED = ("tests/browser/", "tests/faults/")


def pytest_xdist_make_scheduler(config, log):
    return scheduling.InPieces(config, log)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    for item in items:
        if item.nodeid.startswith(HURRIED):
            # Who fails may try once more, and the summary names each that needed it.
            item.add_marker(pytest.mark.flaky(reruns=1))
    items.sort(key=lambda item: scheduling.turn_of(item.nodeid))
    if ON_SERVICES:
        config.hook.pytest_deselected(items=[item for item in items if not asks_services(item)])
        items[:] = [item for item in items if asks_services(item)]


def asks_services(item) -> bool:
    """Whether a test asks the database, the store or the cache, or starts a whole site of its own.

    What does not is the same on all services.
    """
    is_whole = item.nodeid.startswith(("tests/faults/", "tests/hostile/"))
    return is_whole or uses_database(item) or "media" in item.fixturenames


def uses_database(item) -> bool:
    return "db" in item.fixturenames or item.get_closest_marker("django_db") is not None


def pytest_terminal_summary(terminalreporter):
    """Print the figures that tests have measured with `record_property("figure", …)`."""
    figures = [
        value
        for kind in ("passed", "failed")
        for report in terminalreporter.stats.get(kind, [])
        for name, value in getattr(report, "user_properties", [])
        if name == "figure" and report.when == "call"
    ]
    if figures:
        terminalreporter.section("measured")
        terminalreporter.write_line("\n".join(sorted(figures)))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Fill the database once with what `make run` fills it with.

    Pictures get their sizes but not their files: encoding them takes longer than all other tests.
    """
    with django_db_blocker.unblock():
        seed()
        # Before the day of any test whose clock stands still, whatever day it is run on.
        for model in apps.get_models():
            if issubclass(model, Publishable):
                model.objects.update(publish_at=PUBLISHED_AT)
        for image in Image.objects.all():
            Image.objects.filter(pk=image.pk).update(
                sizes=renditions.plan(image.width, image.height)
            )
        index.catch_up()


@pytest.fixture(autouse=True)
def _default_language():
    """The test client leaves the last language active; the next test must not inherit it."""
    translation.activate(settings.LANGUAGE_CODE)
    yield
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(autouse=True)
def _keys_begin_anew(request):
    """On PostgreSQL a key that was rolled back is not given again, so that each test would find what the
    sitemap counts larger than the one before.
    """
    if connection.vendor == "postgresql" and uses_database(request.node):
        request.getfixturevalue("db")
        models = apps.get_models(include_auto_created=True)
        with connection.cursor() as cursor:
            cursor.execute(";".join(connection.ops.sequence_reset_sql(no_style(), models)))


@pytest.fixture(autouse=True)
def _between_looks(monkeypatch):
    """A process looks for planned changes every ten seconds: not in the middle of counted queries."""
    monkeypatch.setattr(due, "_next_look", float("inf"))
    monkeypatch.setattr(due, "_next_due", None)


@pytest.fixture
def one_connection(db):
    """The test's own connection, which no request that is handled within it closes."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


class Media:
    """The store of pictures as a test sees it, be it a folder or a bucket."""

    def names(self, folder: str = "") -> set[str]:
        return set(files.names(default_storage, folder))

    def read(self, name: str) -> bytes:
        with default_storage.open(name) as file:
            return file.read()

    def write(self, name: str, data: bytes) -> None:
        files.put(default_storage, name, io.BytesIO(data))

    def remove(self, name: str) -> None:
        default_storage.delete(name)


@pytest.fixture
def media(settings, tmp_path):
    """A store of the test's own."""
    default = settings.STORAGES["default"]
    place = {"location": tmp_path.name if settings.MEDIA_STORE_URL else str(tmp_path / "media")}
    own = {**default, "OPTIONS": default.get("OPTIONS", {}) | place}
    settings.STORAGES = {**settings.STORAGES, "default": own}
    return Media()


@pytest.fixture
def editor(django_user_model):
    return django_user_model.objects.create_superuser("redaktor", password="en-lang-frase-her")


@pytest.fixture
def editor_client(client, editor):
    client.force_login(editor)
    return client


@pytest.fixture(scope="session")
def redis():
    """The address of a Redis of the tests' own."""
    with services.redis() as address:
        yield address
