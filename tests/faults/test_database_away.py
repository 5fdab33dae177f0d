"""PostgreSQL stops and starts again, by itself or for an upgrade of its machine."""

import signal
from contextlib import ExitStack

from tests import services
from tests.faults.conftest import editor_at, form_of_about
from tests.faults.load import ask, load

# Asked for by nobody yet, so that it is in no cache.
NEVER_ASKED = {
    "/personvern/": "Nettstedet når ikke innholdet sitt.",
    "/nn/personvern/": "Nettstaden når ikkje innhaldet sitt.",
    "/en/privacy/": "The site cannot reach its content.",
}

# In seconds; without a bound it would be as long as the server hangs.
BOUND = 10


def test_a_restart_is_hardly_noticed_and_mends_itself(
    postgres, on_postgres, serve, record_property
):
    """Visitors read on; an editor is told what is wrong and keeps every word; nobody starts anything."""
    origin = on_postgres.origin
    with ExitStack() as stack:
        server = stack.enter_context(serve(on_postgres))
        editor = editor_at(origin)
        key = form_of_about(editor)
        form = editor.form(key)
        visitors = stack.enter_context(load(origin))
        visitors.wait_for_more(100)
        postgres.stop()
        # A reload meanwhile ends nothing either.
        before = set(server.workers)
        server.process.send_signal(signal.SIGHUP)
        services.wait_for(lambda: len(set(server.workers) - before) == 2, "new workers", 40)
        visitors.wait_for_more(200)
        for path, words in NEVER_ASKED.items():
            answer = ask(origin, path)
            assert (answer.status, answer.headers["retry-after"]) == (503, "30")
            assert words in answer.text
            assert answer.headers["cache-control"] == "no-cache"
        told = editor.send(key, form | {"lead_nb": "Skrevet uten database.", "_publish": "x"})
        assert told.status == 503
        assert "Det du skrev, er ikke borte" in told.text
        assert f'href="{key}"' in told.text
        postgres.start()
        services.wait_for(lambda: ask(origin, "/personvern/").status == 200, "the database")
        # More often than there are threads, each of which had a connection of its own.
        assert [editor.get("/admin/").status for _time in range(40)] == [200] * 40
        again = editor.send(key, form | {"lead_nb": "Skrevet uten database.", "_publish": "x"})
        assert again.status == 302, again.text
        assert "Skrevet uten database." in ask(origin, "/om-nettstedet/").text
        visitors.wait_for_more(100)
    record_property("figure", visitors.figure("PostgreSQL stopped and started, stored pages"))
    assert visitors.failed == []


def test_a_server_that_hangs_is_not_waited_for(postgres, on_postgres, serve, record_property):
    """Every thread of the site would otherwise wait for it, and stored pages with them."""
    on_postgres.environment["DATABASE_PATIENCE"] = "1"
    origin = on_postgres.origin
    with serve(on_postgres), load(origin) as visitors:
        visitors.wait_for_more(100)
        with postgres.cluster.silent():
            visitors.wait_for_more(200)
            for path, words in NEVER_ASKED.items():
                answer = ask(origin, path)
                assert (answer.status, answer.headers["retry-after"]) == (503, "30")
                assert words in answer.text
                # One question, two for a connection, and what the machine takes.
                assert answer.ended - answer.began < BOUND
        services.wait_for(lambda: ask(origin, "/personvern/").status == 200, "the database")
        visitors.wait_for_more(100)
    record_property("figure", visitors.figure("PostgreSQL hanging, stored pages"))
    assert visitors.failed == []
    assert max(answer.ended - answer.began for answer in visitors) < BOUND
