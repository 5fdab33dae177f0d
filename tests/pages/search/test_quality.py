"""Teachers find what they ask for: real questions, half of which nobody tuned the search to."""

import pytest

from tests.pages.search import quality

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def answers(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        return quality.ask(quality.questions())


def test_there_are_enough_questions_of_each_language_and_half():
    every = quality.questions()
    assert len(every) >= 120
    assert len({(q.language, q.text) for q in every}) == len(every)
    for language in ("nb", "nn", "en"):
        assert sum(q.language == language for q in every) >= 40
    held_out = sum(q.half == quality.HELD_OUT for q in every)
    assert 0.4 <= held_out / len(every) <= 0.6


def test_every_accepted_page_is_there():
    """A name that is spelt wrongly would never be found, or leave its question out."""
    known = quality.records()
    for question in quality.questions():
        assert set(question.pages) <= known.keys(), question.text


@pytest.mark.parametrize("half", [quality.TUNING, quality.HELD_OUT])
def test_the_right_page_comes_first_or_among_the_first_three(answers, half, record_property):
    of_half = quality.of_half(answers, half)
    record_property("figure", f"Search, {quality.line(half, of_half)}")
    assert quality.share(of_half, 1) >= quality.FIRST
    assert quality.share(of_half, 3) >= quality.FIRST_THREE
