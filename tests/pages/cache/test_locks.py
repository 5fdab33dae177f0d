"""Locks let one at a time pass, and never stop the one who holds another."""

from threading import Event, Thread

from pages.cache import locks
from pages.cache.locks import one_at_a_time


def test_who_renders_a_page_can_draw_cards_whatever_the_page(monkeypatch):
    """A request that publishes what is due draws its cards: it would wait for itself, for ever."""
    monkeypatch.setattr(locks, "_NUMBER", 1)
    passed = Event()

    def render() -> None:
        with one_at_a_time("page", "https://erasmus.test/"), one_at_a_time("cards"):
            passed.set()

    thread = Thread(target=render, daemon=True)
    thread.start()
    assert passed.wait(10)
    thread.join()


def test_the_second_waits_for_the_first():
    order = []

    def second() -> None:
        with one_at_a_time("cards") as waited:
            order.append(waited)

    with one_at_a_time("cards") as waited:
        thread = Thread(target=second)
        thread.start()
        order.append(waited)
        thread.join(0.2)
        assert order == [False]
    thread.join()
    assert order == [False, True]
