"""The Redis that all machines share is gone, or full: slower, and not down."""

from contextlib import ExitStack, contextmanager

import pytest
import redis as client

from tests import services
from tests.faults.conftest import editor_at
from tests.faults.load import Editor, ask, load

# One more than are allowed.
TRIES = 6


@contextmanager
def a_redis(port: int, *options: str):
    with services.redis(port, *options) as address, client.Redis.from_url(address) as inside:
        yield inside


def guess(origin: str) -> list[int]:
    """Try one account's passwords; return what is answered."""
    return [Editor(origin).sign_in(f"gjettet {number}").status for number in range(TRIES)]


@pytest.fixture
def counted_in_redis(site) -> tuple:
    port = services.free_port()
    site.environment["CACHE_URL"] = f"rediscache://127.0.0.1:{port}/0"
    return site, port


def test_without_redis_pages_are_rendered_and_the_door_still_counts(
    counted_in_redis, serve, record_property
):
    """Guessing must not be free while a cache is away, and no editor may be shut out by it."""
    site, port = counted_in_redis
    with ExitStack() as stack:
        server = stack.enter_context(serve(site))
        visitors = stack.enter_context(load(site.origin))
        with a_redis(port) as inside:
            visitors.wait_for_more(100)
            assert inside.keys("pages:*")
        visitors.wait_for_more(100)
        # A page that no process has at hand.
        assert ask(site.origin, "/kontakt/").status == 200
        editor = editor_at(site.origin)
        assert editor.get("/admin/pages/page/").status == 200
        assert guess(site.origin) == [200] * (TRIES - 1) + [429]
        with a_redis(port) as inside:
            assert ask(site.origin, "/tilgjengelighetserklaering/").status == 200
            services.wait_for(lambda: inside.keys("pages:*"), "a page in the new Redis")
            assert guess(site.origin) == [429] * TRIES
        visitors.wait_for_more(50)
        assert len(server.workers) == 2
    record_property("figure", visitors.figure("Redis stopped and started"))
    assert visitors.failed == []


def test_a_full_redis_costs_no_page_and_opens_no_door(counted_in_redis, serve, record_property):
    site, port = counted_in_redis
    full = ("--maxmemory", "3mb", "--maxmemory-policy", "noeviction")
    with serve(site), a_redis(port, *full) as inside, load(site.origin) as visitors:
        visitors.wait_for_more(50)
        with pytest.raises(client.exceptions.OutOfMemoryError):
            for number in range(1000):
                inside.set(f"fyll-{number}", b"x" * 20_000)
        for path in ("/kontakt/", "/nn/kontakt/", "/en/contact/"):
            assert ask(site.origin, path).status == 200
        assert guess(site.origin) == [200] * (TRIES - 1) + [429]
        visitors.wait_for_more(100)
    record_property("figure", visitors.figure("a full Redis"))
    assert visitors.failed == []


def test_a_node_that_starts_without_redis_serves_and_says_so(site, serve, tmp_path):
    """A machine that restarts while the cache is away must not stay down for it."""
    site.environment["CACHE_URL"] = "rediscache://127.0.0.1:1/0"
    with serve(site):
        assert ask(site.origin, "/kontakt/").status == 200
    assert (
        "The cache that CACHE_URL names cannot be written"
        in (tmp_path / "gunicorn.log").read_text()
    )
