"""PostgreSQL stops and starts again, by itself or for an upgrade of its machine."""

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


def test_a_restart_is_hardly_noticed_and_mends_itself(
    postgres, on_postgres, serve, record_property
):
    """Visitors read on; an editor is told what is wrong and keeps every word; nobody starts anything."""
    origin = on_postgres.origin
    with ExitStack() as stack:
        stack.enter_context(serve(on_postgres))
        editor = editor_at(origin)
        key = form_of_about(editor)
        form = editor.form(key)
        visitors = stack.enter_context(load(origin))
        visitors.wait_for_more(100)
        postgres.stop()
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
