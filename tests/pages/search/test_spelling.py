"""A word that is spelt nearly so is understood, and one that is another word is left alone."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pages.search import spelling

KNOWN = {
    *("akkreditering", "jobbskygging", "konsortium", "partnerskap", "søknadsfrist", "hospitering"),
    *("kurs", "elever", "barnehage", "undervisning", "inkludering", "utveksling", "deltakere"),
}


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("akreditering", "akkreditering"),
        ("akkreditring", "akkreditering"),
        ("akkreditiering", "akkreditering"),
        ("jobskyging", "jobbskygging"),
        ("konsorsium", "konsortium"),
        ("partnerskpa", "partnerskap"),
        ("søknadfrist", "søknadsfrist"),
        ("hopsitering", "hospitering"),
        ("ikludering", "inkludering"),
        ("barnhage", "barnehage"),
        ("utvekslign", "utveksling"),
        ("elver", "elever"),
    ],
)
def test_what_was_meant_is_found(written, meant):
    """By the keys that are looked up, and then by its letters."""
    looked_up = [form for form in KNOWN if spelling.skeleton(form) in spelling.keys(written)]
    assert meant in looked_up
    assert spelling.nearest(written, [(form, 1) for form in looked_up]) == meant


@pytest.mark.parametrize("written", ["bibliotek", "xyzzy", "kurv", "konsert", "undergang"])
def test_another_word_is_not_taken_for_it(written):
    found = spelling.nearest(written, [(form, 1) for form in KNOWN if form != "kurs"])
    assert found is None


def test_of_two_as_near_the_commoner_is_meant():
    assert spelling.nearest("kuss", [("kurs", 3), ("kusk", 9)]) == "kusk"
    assert spelling.nearest("kuss", [("kurs", 9), ("kusk", 3)]) == "kurs"


WORD = st.text(alphabet="abdeiklmnorstøå", min_size=1, max_size=12)


@settings(deadline=None)
@given(WORD, WORD)
def test_distance_is_the_same_both_ways(a, b):
    assert spelling.distance_within(a, b, 3) == spelling.distance_within(b, a, 3)
    assert spelling.distance_within(a, a, 0) == 0


@settings(deadline=None)
@given(WORD, st.data())
def test_one_wrong_letter_is_one(word, data):
    place = data.draw(st.integers(0, len(word) - 1))
    wrong = word[:place] + "x" + word[place + 1 :]
    assert spelling.distance_within(word, wrong, 2) == 1
    assert spelling.distance_within(word, word[:place] + word[place + 1 :], 1) == 1


@settings(deadline=None)
@given(st.text(alphabet="abdeiklmnorstøåcqwxz", min_size=4, max_size=14), st.data())
def test_whatever_consonant_is_wrong_the_word_is_looked_up(word, data):
    """One letter taken out, put in or replaced anywhere."""
    place = data.draw(st.integers(0, len(word) - 1))
    letter = data.draw(st.sampled_from("bdfgklmnprstv"))
    for wrong in (word[:place] + word[place + 1 :], word[:place] + letter + word[place:]):
        key, other = spelling.skeleton(word), spelling.skeleton(wrong)
        is_whole = max(len(key), len(other)) < spelling.LONGEST_KEY
        # What stands between two alike leaves one of them when it goes.
        if len(key) > 1 and is_whole and abs(len(key) - len(other)) <= 1:
            assert key in spelling.keys(wrong)


@settings(deadline=None)
@given(st.text(max_size=60))
def test_the_work_is_bounded(text):
    assert len(spelling.keys(text)) <= 500
