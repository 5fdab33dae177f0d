"""The form of a line, and what must never stand in one."""

import json
import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from erasmus_site.operation.logs import (
    REQUEST_ID,
    JsonFormatter,
    LineFormatter,
    without_personal,
)
from pages.models import PreviewLink

WORDS = st.text(alphabet="abcdefæøå0123456789-_", min_size=1, max_size=30)


def record(message: str, *arguments, **more) -> logging.LogRecord:
    made = logging.LogRecord("a.name", logging.ERROR, __file__, 1, message, arguments, None)
    vars(made).update(more)
    return made


@given(st.text(), st.dictionaries(WORDS.map("fact-{}".format), st.text()))
def test_json_is_one_line_whatever_is_told(message, facts):
    """A line broken in two is lost on the machine that collects them."""
    line = JsonFormatter().format(record("%s", message, facts=facts))
    assert not set("\r\n") & set(line)
    told = json.loads(line)
    assert told["logger"] == "a.name"
    assert set(facts) - {name for name, value in facts.items() if not value} <= set(told)


def test_a_visitor_cannot_write_a_line_of_their_own():
    """An address with a line's end in it must not look like an event."""
    line = LineFormatter().format(record("at %s", "/a\n12:00:00 ERROR made.up: x"))
    assert "\n" not in line


def test_every_line_of_a_request_carries_its_id():
    REQUEST_ID.set("0123456789abcdef")
    try:
        assert json.loads(JsonFormatter().format(record("x")))["request"] == "0123456789abcdef"
        assert LineFormatter().format(record("x")).endswith("[0123456789abcdef]")
    finally:
        REQUEST_ID.set("")


def test_an_exception_is_one_line_with_its_traceback():
    try:
        raise ValueError("ola.nordmann@skole.no finnes fra før")
    except ValueError as error:
        exc_info = (type(error), error, error.__traceback__)
    told = json.loads(JsonFormatter().format(record("it failed", exc_info=exc_info)))
    assert "in test_an_exception_is_one_line" in told["trace"]
    assert told["trace"].endswith("ValueError: …@… finnes fra før")


@given(WORDS, WORDS, WORDS)
def test_no_email_address_is_told(name, host, top):
    address = f"{name}@{host}.{top}"
    for text in (address, f"/{address}/", f"({address})", address.replace("@", "%40")):
        assert address not in without_personal(text)
        assert name not in without_personal(text) or name in host + top


@given(WORDS, WORDS)
def test_nothing_that_stands_after_an_address_is_told(name, value):
    told = without_personal(f"Error handling request /sti/?{name}={value}&b=2 once more")
    assert told == "Error handling request /sti/?… once more"


@given(st.integers(1, 10**9))
def test_a_shared_preview_cannot_be_opened_from_the_log(key):
    token = PreviewLink(pk=key).token
    assert without_personal(f"/forhandsvisning/{token}/nn/") == "/forhandsvisning/…/nn/"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Invalid request from ip=10.1.2.3: bad Cookie: navn=Ola", "Invalid request"),
        ("duplicate key\nDETAIL:  Key (email)=(x) exists.\nmore", "duplicate key\nmore"),
        # What an operator needs stays.
        ("Listening at: http://127.0.0.1:8000 (12)", "Listening at: http://127.0.0.1:8000 (12)"),
        ("Why? Nobody knows.", "Why? Nobody knows."),
        ("/for-skole-og-barnehage/mobilitet/", "/for-skole-og-barnehage/mobilitet/"),
    ],
)
def test_what_may_tell_of_a_person_is_left_out(text, told):
    assert without_personal(text) == told
