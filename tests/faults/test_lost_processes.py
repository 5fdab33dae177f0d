"""A node, a worker and a release: what ends or is replaced while visitors read and editors look."""

import os
import signal
import time
from contextlib import ExitStack

from tests import services
from tests.faults.conftest import another, before, editor_at
from tests.faults.load import VISITORS, Load, load


def test_a_node_killed_under_load_costs_no_request_and_is_used_again(
    on_postgres, serve, tmp_path, record_property
):
    """A machine that dies takes nobody's page with it."""
    with ExitStack() as stack:
        redis = stack.enter_context(services.redis()).replace("redis:", "rediscache:")
        on_postgres.environment["CACHE_URL"] = redis
        nodes = [on_postgres, another(on_postgres)]
        first = stack.enter_context(serve(nodes[0]))
        stack.enter_context(serve(nodes[1]))
        origin = stack.enter_context(before(nodes, tmp_path))
        editor = editor_at(origin)
        with load(origin) as visitors, load(origin, ("/admin/",), **editor.headers) as editors:
            visitors.wait_for_more(200)
            assert len({answer.headers["x-node"] for answer in visitors}) == 2
            first.kill()
            visitors.wait_for_more(400)
            with serve(nodes[0]):
                back = len(visitors)
                name = f"127.0.0.1:{nodes[0].environment['PORT']}"
                services.wait_for(lambda: _served_by(visitors, back, name), "the node", 30)
                visitors.wait_for_more(100)
                visitors = Load(visitors)
    together = Load([*visitors, *editors])
    record_property("figure", together.figure("one of two nodes killed with -9"))
    assert together.failed == []


def _served_by(answers: Load, start: int, node: str) -> bool:
    return any(answer.headers.get("x-node") == node for answer in answers[start:])


def test_a_killed_worker_takes_only_what_it_was_serving_with_it(site, serve, record_property):
    with serve(site) as server, load(site.origin) as visitors:
        visitors.wait_for_more(100)
        lost, other = server.workers
        os.kill(lost, signal.SIGKILL)
        killed_at = time.monotonic()
        services.wait_for(lambda: len(set(server.workers) - {lost, other}) == 1, "a new worker")
        visitors.wait_for_more(300)
    record_property("figure", visitors.figure("a worker killed with -9, no web server in front"))
    late = [answer for answer in visitors.failed if answer.began > killed_at]
    assert late == []
    assert len(visitors.failed) <= VISITORS


def test_behind_nginx_a_killed_worker_costs_no_request(site, serve, tmp_path, record_property):
    with serve(site) as server, before([site], tmp_path) as origin, load(origin) as visitors:
        for _worker in range(3):
            visitors.wait_for_more(100)
            here = server.workers
            os.kill(here[0], signal.SIGKILL)
            services.wait_for(lambda here=here: set(server.workers) - set(here), "a new worker")
        visitors.wait_for_more(100)
    record_property("figure", visitors.figure("three workers killed with -9, behind nginx"))
    assert visitors.failed == []


def test_a_reload_costs_no_request(site, serve, record_property):
    with serve(site) as server, load(site.origin) as visitors:
        for _reload in range(3):
            visitors.wait_for_more(100)
            here = set(server.workers)
            server.process.send_signal(signal.SIGHUP)
            services.wait_for(
                lambda here=here: (
                    len(set(server.workers) - here) == 2 and not set(server.workers) & here
                ),
                "new workers",
                40,
            )
        visitors.wait_for_more(100)
    record_property("figure", visitors.figure("three reloads with HUP, no web server in front"))
    assert visitors.failed == []
