"""The forms of a stored page."""

import gzip

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.cache import stored
from pages.cache.headers import SURVIVES, is_public, public_headers
from pages.cache.stored import best_coding, is_known, store

HTML = [("Content-Type", "text/html; charset=utf-8"), ("Vary", "Cookie")]
ASKED = {"REQUEST_METHOD": "GET"}


@given(st.binary(max_size=20_000))
def test_every_form_unpacks_to_the_text(body):
    page = store(body, HTML, "g", None)
    unpack = {"identity": bytes, "gzip": gzip.decompress, "br": brotli.decompress}
    assert {unpack[coding](form) for coding, form in page.bodies.items()} == {body}


@given(st.text(max_size=60))
def test_whatever_a_browser_says_it_gets_a_form_that_is_there(accepted):
    assert best_coding(accepted, {"identity": b"", "br": b"", "gzip": b""}) in (
        *("identity", "br", "gzip"),
    )
    assert is_known('W/"a"', accepted) in (True, False)


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("", "identity"),
        ("gzip, deflate, br, zstd", "br"),
        ("gzip;q=1.0, identity; q=0.5", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("BR", "br"),
        ("br;q=0.0,gzip;q=0", "identity"),
        ("bread", "identity"),
    ],
)
def test_a_browser_gets_the_shortest_form_it_takes(accepted, coding):
    assert best_coding(accepted, {"identity": b"", "br": b"", "gzip": b""}) == coding


def test_what_is_small_or_pressed_already_is_sent_as_it_is():
    assert set(store(b"kort", HTML, "g", None).bodies) == {"identity"}
    assert set(store(b"0" * 9999, [("Content-Type", "image/webp")], "g", None).bodies) == {
        "identity"
    }


@pytest.mark.parametrize("asked", ['W/"a"', '"a"', "*", '"b", W/"a"'])
def test_a_known_text_is_recognised(asked):
    assert is_known('W/"a"', asked)
    assert not is_known('W/"c"', asked.replace("*", ""))


def test_another_text_or_policy_has_another_tag():
    tags = {
        store(body, headers, "g", None).etag
        for body in (b"a", b"b")
        for headers in (HTML, [*HTML, ("Content-Security-Policy", "x")])
    }
    assert len(tags) == 4


def test_a_page_holds_in_its_generation_and_until_its_moment():
    page = store(b"", HTML, "g", 100.0)
    assert page.holds("g", 99.9)
    assert not page.holds("g", 100.0)
    assert not page.holds("h", 0.0)
    assert page.holds(None, 1000.0), "better the last page known than none"


def told(page, now, **asked) -> tuple[int, str]:
    answer = page.answer({**ASKED, **asked}, [], now)
    return int(answer.status[:3]), dict(answer.headers).get("Last-Modified", "")


def test_a_browser_that_knows_only_the_moment_is_spared_the_text(monkeypatch):
    """Search engines ask by it; they would fetch every page whole."""
    monkeypatch.setattr(stored, "time", lambda: 1000.2)
    page = store(b"a", HTML, "g", None)
    status, moment = told(page, 1001.0)
    assert (status, moment) == (200, "Thu, 01 Jan 1970 00:16:40 GMT")
    assert told(page, 1002.0, HTTP_IF_MODIFIED_SINCE=moment)[0] == 304
    assert told(page, 1002.0, HTTP_IF_MODIFIED_SINCE="Thu, 01 Jan 1970 00:16:39 GMT")[0] == 200
    # The tag decides where there is one.
    known = {"HTTP_IF_MODIFIED_SINCE": moment, "HTTP_IF_NONE_MATCH": '"b"'}
    assert told(page, 1002.0, **known)[0] == 200


@given(st.text(max_size=40))
def test_no_moment_is_too_strange_to_answer(moment):
    assert told(store(b"a", HTML, "g", None), 2e9, HTTP_IF_MODIFIED_SINCE=moment)[0] in (200, 304)


@given(st.lists(st.floats(0, 3), min_size=2, max_size=6))
def test_no_moment_ever_stands_for_two_texts(pauses):
    """A visitor who saw the first text of a second would be told that the next one is the same."""
    now, page, seen = 1000.0, None, {}
    for number, pause in enumerate(pauses):
        with pytest.MonkeyPatch.context() as clock:
            clock.setattr(stored, "time", lambda moment=now: moment)
            page = store(str(number).encode(), HTML, "g", None, page)
        now += pause
        _status, moment = told(page, now)
        assert moment not in seen or seen[moment] == number or not moment
        seen[moment] = number
        for earlier, text in seen.items():
            if earlier and text != number:
                assert told(page, now, HTTP_IF_MODIFIED_SINCE=earlier)[0] == 200


def test_by_default_every_cache_asks_each_time(settings):
    settings.CDN_SECONDS = 0
    headers = dict(public_headers())
    assert headers["Cache-Control"] == f"public, max-age=0, stale-if-error={SURVIVES}"
    assert is_public(public_headers())


@pytest.mark.parametrize(
    ("left", "kept", "meanwhile"), [(None, 300, 300), (1000, 300, 300), (400, 300, 100)]
)
def test_a_shared_cache_may_wait_but_never_beyond_a_planned_moment(settings, left, kept, meanwhile):
    settings.CDN_SECONDS = 300
    told = dict(public_headers(left))["Cache-Control"]
    assert f"s-maxage={kept}, stale-while-revalidate={meanwhile}," in told
    assert "s-maxage" not in dict(public_headers(0))["Cache-Control"]
