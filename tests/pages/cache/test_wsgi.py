"""What visitors are shown from the cache, and when they are not."""

from datetime import timedelta
from http.cookies import SimpleCookie

import django.db
import pytest
from django.conf import settings as site_settings
from django.contrib.auth import get_user_model
from django.core.wsgi import get_wsgi_application
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pages import due, publishing, snapshots
from pages.cache import asked, generation, wsgi
from pages.cache.asked import Asked, takes
from pages.models import Draft, Page, PreviewLink
from programmes.models import Measure
from tests.factories import make_page
from tests.pages.cache.conftest import Visitor, use

OVERVIEW = "/for-skole-og-barnehage/"


def rename(title: str) -> Page:
    page = Page.objects.get(route="programmes:overview")
    page.title_nb = title
    page.save()
    return page


def test_the_second_visitor_costs_at_most_one_query(visitor):
    first = visitor.get(OVERVIEW)
    with CaptureQueriesContext(connection) as queries:
        second = visitor.get(OVERVIEW)
    assert (second.status, second.body) == (200, first.body)
    assert visitor.rendered == [OVERVIEW]
    # The one query goes past Django's cursor, so that none is counted here.
    assert len(queries) == 0


@pytest.mark.parametrize(
    "path", ["/", OVERVIEW, "/nn/", "/en/", "/sitemap.xml", "/robots.txt", "/nytt.xml"]
)
def test_what_is_kept_is_what_django_says(visitor, path):
    """A visitor who came second would otherwise read another page than the first."""
    plain = Visitor(get_wsgi_application()).get(path)
    for _time in range(2):
        answer = visitor.get(path)
        assert answer.body == plain.body
        for name in ("Content-Type", "Content-Security-Policy", "Content-Language"):
            assert answer.headers[name] == plain.headers[name]
    assert visitor.rendered == [path]


@pytest.mark.parametrize("coding", ["br", "gzip"])
def test_a_page_is_pressed_once_and_sent_as_the_browser_takes_it(visitor, coding):
    small = visitor.get(OVERVIEW, accept_encoding=coding)
    plain = visitor.get(OVERVIEW)
    assert small.headers["Content-Encoding"] == coding
    assert len(small.body) < len(plain.body) / 3
    assert int(small.headers["Content-Length"]) == len(small.body)
    assert "Accept-Encoding" in small.headers["Vary"]
    assert visitor.rendered == [OVERVIEW]


def test_a_browser_that_has_the_page_is_told_so_without_rendering(visitor):
    tag = visitor.get(OVERVIEW).headers["ETag"]
    answer = visitor.get(OVERVIEW, if_none_match=f'"another", {tag}')
    assert (answer.status, answer.body, visitor.rendered) == (304, b"", [OVERVIEW])
    assert answer.headers["ETag"] == tag
    assert answer.headers["Cache-Control"]
    rename("Nytt navn")
    assert visitor.get(OVERVIEW, if_none_match=tag).status == 200


def test_head_tells_the_same_without_the_text(visitor):
    page, head = visitor.get(OVERVIEW), visitor.get(OVERVIEW, method="HEAD")
    assert head.body == b""
    assert head.headers["Content-Length"] == page.headers["Content-Length"]
    missing = visitor.get("/finnes-ikke/", method="HEAD")
    assert (missing.status, missing.body) == (404, b"")


def test_a_change_is_seen_by_the_next_visitor_of_every_process(make_visitor):
    one, another = make_visitor(), make_visitor()
    for number in range(3):
        rename(f"Navn {number}")
        assert f"Navn {number}" in one.get(OVERVIEW).text
        assert f"Navn {number}" in another.get(OVERVIEW).text
    assert len(one.rendered + another.rendered) == 3, "what one rendered, the other shows"


@pytest.mark.parametrize(
    ("backend", "location"),
    [
        ("django.core.cache.backends.locmem.LocMemCache", "pages"),
        ("django.core.cache.backends.redis.RedisCache", "redis"),
    ],
)
def test_other_caches_serve_as_well(settings, request, make_visitor, backend, location):
    use(settings, backend, request.getfixturevalue("redis") if location == "redis" else location)
    test_a_change_is_seen_by_the_next_visitor_of_every_process(make_visitor)


def test_the_time_of_change_is_that_of_the_text(visitor, monkeypatch):
    monkeypatch.setattr("pages.cache.stored.time", lambda: 1_000_000_000.0)
    before = visitor.get("/om-nettstedet/").headers["Last-Modified"]
    Measure.objects.first().save()
    monkeypatch.undo()
    assert visitor.get("/om-nettstedet/").headers["Last-Modified"] == before
    assert len(visitor.rendered) == 2


def test_a_change_that_is_taken_back_changes_nothing(visitor):
    visitor.get(OVERVIEW)
    before = generation.current()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        rename("Aldri sett")
        raise ZeroDivisionError
    assert generation.current() == before
    visitor.get(OVERVIEW)
    assert visitor.rendered == [OVERVIEW]


# --- What is nobody else's -----------------------------------------------------------------


def test_an_editor_is_never_shown_what_is_kept_nor_kept(visitor):
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("anna"))
    cookie = f"{site_settings.SESSION_COOKIE_NAME}={client.session.session_key}"
    visitor.get(OVERVIEW)
    mine = visitor.get(OVERVIEW, cookie=cookie)
    assert "/admin/" in mine.text
    assert mine.headers["Cache-Control"] == "private, no-cache"
    assert "/admin/" not in visitor.get(OVERVIEW).text


@pytest.mark.parametrize("path", ["/finnes-ikke/", "/admin/login/", "/en/finnes-ikke/"])
def test_errors_and_forms_are_not_kept(visitor, path):
    for _time in range(2):
        answer = visitor.get(path)
        assert "public" not in (answer.headers["Cache-Control"] or "")
    assert visitor.rendered == [path, path]


def test_a_preview_is_not_kept(visitor, editor):
    page = make_page(publish_at=None)
    link = PreviewLink.for_editor(page, editor)
    path = f"/forhandsvisning/{link.token}/nb/"
    answers = [visitor.get(path) for _time in range(2)]
    assert [a.status for a in answers] == [200, 200]
    assert visitor.rendered == [path, path]


def test_what_sets_a_cookie_is_not_kept(visitor):
    def application(environ, start_response):
        visitor.rendered.append("")
        cookie = SimpleCookie({"a": "b"})["a"].OutputString()
        start_response("200 OK", [("Cache-Control", "public"), ("Set-Cookie", cookie)])
        return [b"mine alone"]

    visitor.cache.application = application
    for _time in range(2):
        assert visitor.get("/").headers["Set-Cookie"]
    assert len(visitor.rendered) == 2


# --- Odd visitors --------------------------------------------------------------------------


def test_unknown_parameters_and_cookies_neither_fill_the_cache_nor_change_the_page(visitor):
    """One visitor could otherwise push out every page, or leave their own words in one."""
    first = visitor.get(OVERVIEW)
    for number in range(20):
        odd = visitor.get(
            f"{OVERVIEW}?utm={number}&q=<script>", cookie=f"_ga={number}", x_forwarded_host="evil"
        )
        assert odd.body == first.body
    assert visitor.rendered == [OVERVIEW]


def test_a_first_visitor_with_unknown_parameters_leaves_no_trace(visitor):
    odd = visitor.get(f"{OVERVIEW}?utm=sporet-av-noen", accept_language="en", user_agent="x")
    assert "sporet" not in odd.text
    assert visitor.get(OVERVIEW).body == odd.body


def test_a_port_is_no_page_of_its_own_and_a_strange_host_is_refused(visitor):
    for port in range(5):
        assert visitor.get("/", host=f"testserver:{8000 + port}").status == 200
    assert visitor.rendered == ["/"]
    assert visitor.get("/", host="evil.example").status == 400
    assert visitor.get("/", host="").status in (200, 400)


def test_a_strange_method_goes_past_the_cache(visitor):
    visitor.get(OVERVIEW)
    assert visitor.get(OVERVIEW, method="POST").status in (403, 405)
    assert visitor.get(OVERVIEW).status == 200


def test_known_parameters_are_kept_apart_and_in_order():
    @takes("side", "q")
    def view(request): ...

    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/", "HTTP_HOST": "testserver"}
    environ |= {"wsgi.url_scheme": "https"}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(asked, "resolve", lambda path: type("Match", (), {"func": view}))
        queries = ["q=a&side=2", "side=2&x=1&q=a", "side=1&side=2&q=a", "side=3"]
        found = [asked.asked_by({**environ, "QUERY_STRING": query}) for query in queries]
    assert [f.query for f in found] == ["q=a&side=2"] * 3 + ["side=3"]


def test_what_may_come_several_times_is_kept_once_in_order_and_bounded():
    """One choice of measures would otherwise be kept for each order, and a thousand of them at all."""

    @takes("side", repeated={"m": 3})
    def view(request): ...

    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/", "HTTP_HOST": "testserver"}
    environ |= {"wsgi.url_scheme": "https"}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(asked, "resolve", lambda path: type("Match", (), {"func": view}))
        queries = [
            *("m=b&m=a", "m=a&m=b", "m=a&x=1&m=b&m=a&m=b"),
            *("m=c&m=b&m=a&m=d&m=e", "side=1&m=a&side=2", "m="),
        ]
        found = [asked.asked_by({**environ, "QUERY_STRING": query}) for query in queries]
    assert [f.query for f in found] == [
        *["m=a&m=b"] * 3,
        *("m=a&m=b&m=c", "m=a&side=2", "m="),
    ]


@pytest.mark.parametrize("path", ["/sammenlign/?m=course&m=shadowing", "/finn-tiltak/?who=owner"])
def test_a_tools_answer_is_kept_for_each_choice(visitor, path):
    """Whoever chose something else would be shown the first one's choice."""
    bare = path.partition("?")[0]
    first = visitor.get(path)
    assert visitor.get(bare).body != first.body
    assert visitor.get(path).body == first.body
    assert visitor.rendered == [bare, bare]


@pytest.mark.parametrize("query", ["%", "&&&", "a" * 5000, "&".join("x=1" for _i in range(500))])
def test_a_broken_query_breaks_nothing(visitor, query):
    assert visitor.get(f"{OVERVIEW}?{query}").status == 200


# --- Time ----------------------------------------------------------------------------------


def move_clock(monkeypatch, forward: timedelta) -> None:
    then = timezone.now() + forward
    monkeypatch.setattr(timezone, "now", lambda: then)
    monkeypatch.setattr(wsgi, "time", then.timestamp)


def test_a_page_appears_and_disappears_at_its_moments(visitor, monkeypatch):
    now = timezone.now()
    page = make_page(
        publish_at=now + timedelta(minutes=10), withdraw_at=now + timedelta(minutes=20)
    )
    path = page.get_absolute_url()
    assert path not in visitor.get("/sitemap.xml").text
    move_clock(monkeypatch, timedelta(minutes=11))
    assert path in visitor.get("/sitemap.xml").text
    assert visitor.get(path).status == 200
    move_clock(monkeypatch, timedelta(minutes=21))
    assert path not in visitor.get("/sitemap.xml").text
    assert visitor.get(path).status == 410


def test_a_planned_change_is_seen_at_its_moment(visitor, monkeypatch, editor):
    page = Page.objects.get(route="programmes:overview")
    visitor.get(OVERVIEW)
    at = timezone.now() + timedelta(hours=1)
    live = snapshots.take(page)
    with publishing.rolled_back():
        wanted = snapshots.take(rename("Planlagt navn"))
    publishing.keep_draft(page, live, wanted, editor, publish_at=at)
    assert "Planlagt navn" not in visitor.get(OVERVIEW).text
    monkeypatch.setattr(due, "_next_look", 0.0)
    move_clock(monkeypatch, timedelta(hours=1, minutes=1))
    assert "Planlagt navn" in visitor.get(OVERVIEW).text
    assert not Draft.objects.exists()


# --- Faults --------------------------------------------------------------------------------


def test_pages_are_served_while_the_database_is_away(visitor, monkeypatch):
    text = visitor.get(OVERVIEW).text
    rename("Ikke vist ennå")

    def away():
        raise django.db.OperationalError("the database is away")

    monkeypatch.setattr(generation, "current", away)
    monkeypatch.setattr(connection, "close", lambda: None)
    assert visitor.get(OVERVIEW).text == text
    monkeypatch.undo()
    assert "Ikke vist ennå" in visitor.get(OVERVIEW).text


def test_pages_are_served_while_the_shared_cache_is_away(settings, visitor):
    backend = "django.core.cache.backends.redis.RedisCache"
    away = {"BACKEND": backend, "LOCATION": "redis://127.0.0.1:1/0"}
    settings.CACHES = {"default": away, "pages": away}
    rename("Uten hurtiglager")
    for _time in range(2):
        assert "Uten hurtiglager" in visitor.get(OVERVIEW).text
    assert visitor.rendered == [OVERVIEW], "each process still has what it has at hand"


def test_a_feed_reader_is_sent_nothing_until_the_feed_changes(visitor):
    """They ask every hour, all of them."""
    first = visitor.get("/nytt.xml")
    known = {"if_none_match": first.headers["ETag"]}
    assert visitor.get("/nytt.xml", **known).status == 304
    make_page(publish_at=None)
    assert visitor.get("/nytt.xml", **known).status == 304, "a draft is no news"
    make_page("Nyhet")
    second = visitor.get("/nytt.xml", accept_encoding="br", **known)
    assert (second.status, second.headers["Content-Encoding"]) == (200, "br")
    assert "Nyhet nb" in visitor.get("/nytt.xml", **known).text


def test_a_key_that_is_given_up_is_shown_no_longer(make_visitor, settings):
    """Whoever knew it could go on telling search engines of this site."""
    settings.INDEXNOW_KEY = "gammel-nokkel"
    assert make_visitor().get("/gammel-nokkel.txt").status == 200
    settings.INDEXNOW_KEY = "ny-nokkel"
    assert make_visitor().get("/gammel-nokkel.txt").status == 404


def test_nothing_but_what_a_page_is_kept_by_decides_what_is_kept():
    """One visitor's made-up encoding hid the second part of a list from everybody."""
    asked = Asked("key", "side=1", "").for_all(
        {"CONTENT_TYPE": "x/y; charset=utf-16", "HTTP_X_ANYTHING": "1", "HTTP_HOST": "a"}
    )
    assert set(asked) == {
        "HTTP_HOST",
        "HTTP_ACCEPT",
        "QUERY_STRING",
        "REQUEST_METHOD",
        "wsgi.input",
    }
