"""How a database that has been silent is asked again. That one is, and is not waited for, tests/faults hold."""

import pytest

from erasmus_site.postgresql import patience as module
from erasmus_site.postgresql.patience import PAUSE, Patience


@pytest.fixture
def clock(monkeypatch):
    now = [100.0]
    monkeypatch.setattr(module, "monotonic", lambda: now[0])
    return now


@pytest.fixture
def patience(clock):
    patience = Patience()
    patience.seconds = 5
    return patience


def test_one_at_a_time_asks_a_server_that_was_silent(patience, clock):
    """Every thread of every process would otherwise stand waiting, and stored pages with them."""
    assert [patience.is_asked_again() for _time in range(3)] == [True] * 3
    patience.was_silent()
    assert not patience.is_asked_again()
    clock[0] += PAUSE
    assert [patience.is_asked_again() for _time in range(3)] == [True, False, False]
    patience.was_answered()
    assert [patience.is_asked_again() for _time in range(3)] == [True] * 3


def test_one_that_asks_and_never_comes_back_is_followed_by_another(patience, clock):
    """A thread that ends in the middle must not leave the site without its database for ever."""
    patience.was_silent()
    clock[0] += PAUSE
    assert patience.is_asked_again()
    clock[0] += patience.seconds + PAUSE
    assert patience.is_asked_again()
