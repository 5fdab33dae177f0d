"""A question is understood as it is typed, however long or strange it is."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pages.search import queries
from pages.search.queries import Alternative, Meaning

MEANINGS = [
    Meaning(
        ["hospitering", "jobbskygging", "job shadowing"],
        ["hospitering", "jobbskygging", "job shadowing"],
    ),
    Meaning(["aldri søkt", "ny søker"], ["enkeltstående prosjekt"], 0.9),
    Meaning(["klasse"], ["gruppe elever"], 0.8),
    Meaning(["SIU", "Diku", "HK-dir"], ["SIU", "Diku", "HK-dir"]),
]


def groups(text: str, language: str = "nb", meanings=()) -> dict[str, list[Alternative]]:
    words = queries.read(text).words
    known = queries.synonyms_of(meanings, language)
    return {g.written: list(g.alternatives) for g in queries.groups_of(words, language, known)}


def said(text: str, meanings=MEANINGS) -> dict[str, dict[tuple[str, ...], float]]:
    found = groups(text, meanings=meanings)
    return {written: {a.stems: a.factor for a in given_} for written, given_ in found.items()}


def test_words_that_say_nothing_are_passed_by():
    assert list(groups("Hva kan vi få støtte til på kurs?")) == ["støtte", "kurs"]
    assert list(groups("What can we get for a course?", "en")) == ["course"]
    assert groups("hva er det?") == {}


def test_what_means_the_same_is_asked_for_too():
    found = said("hospitering")["hospitering"]
    assert found == {("hospit",): 1.0, ("jobbskyg",): 1.0, ("job_shadow",): 1.0}
    assert said("job shadowing")["job shadowing"][("jobbskyg",)] == 1.0
    assert said("HK-dir")["hk dir"][("siu",)] == 1.0


def test_a_phrase_is_more_than_its_weighty_word():
    """Else whoever writes søkt would be led to those who have never done so."""
    assert ("enkelt", "prosjek") not in said("vi har søkt")["søkt"]
    assert "aldri søkt" in said("vi har aldri søkt før")
    assert said("vi har aldri søkt før")["aldri søkt"][("enkeltstå_prosjek",)] == 0.9


def test_a_compound_means_what_its_last_part_means():
    assert said("skoleklasse")["skoleklasse"][("grup_elev",)] == pytest.approx(0.8 * 0.7)


def test_a_phrase_in_marks_is_word_for_word():
    assert queries.read('kurs «grønn reise» "og mer"').phrases == ("grønn reise", "og mer")
    assert queries.read("«»").phrases == ()


def test_a_word_said_twice_is_one():
    assert list(groups("kurs kurs KURS")) == ["kurs"]


@pytest.mark.parametrize(
    "text",
    [
        "x" * 10_000,
        "ord " * 5_000,
        "\x00\x01\ufeff\u202e",
        '"' * 500,
        "a AND (b OR NEAR(c, 3)) NOT d* :^",
        "'; DROP TABLE pages_page; --",
        "<script>alert(1)</script>",
    ],
)
def test_a_hostile_question_is_short_when_it_is_read(text):
    question = queries.read(text)
    assert len(question.text) <= queries.LONGEST
    assert len(question.words) <= queries.MOST_WORDS
    assert len(groups(text)) <= queries.MOST_THINGS
    assert all(form.isalnum() for form in question.words)


@settings(deadline=None)
@given(st.text(max_size=400))
def test_any_text_is_a_question(text):
    question = queries.read(text)
    assert queries.read(question.text).text == question.text
    known = queries.synonyms_of(MEANINGS, "nb")
    for group in queries.groups_of(question.words, "nb", known):
        assert 0 < len(group.alternatives) <= queries.MOST_ALTERNATIVES
        for alternative in group.alternatives:
            assert alternative.stems and all(alternative.stems)
            assert 0 < alternative.factor <= 1
            assert all(stem.replace("_", "").isalnum() for stem in alternative.stems)
