"""Which measures fit which answers: a wrong one sends a school to write an application that is refused."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from programmes.tools.finder.addresses import query_of, read
from programmes.tools.finder.matching import (
    QUESTIONS,
    Candidate,
    judge,
    number_fitting,
    numbers,
    remedies,
    without,
)
from programmes.tools.phrasing import in_sentence, listed

KEYS = ("a", "b", "c")
keys = st.sampled_from(KEYS)
# A machine that others use makes the first draws slow.
quick = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
answers = st.dictionaries(st.sampled_from(QUESTIONS), keys)
takes = st.dictionaries(st.sampled_from(QUESTIONS), st.frozensets(keys, max_size=2))
ways = st.frozensets(st.sampled_from("01234"), max_size=2)
rows = st.lists(st.tuples(takes, ways), max_size=5)
candidates = rows.map(lambda made: [Candidate(str(n), *row) for n, row in enumerate(made)])


def candidate(key, who="", what="", before="", ways_in="") -> Candidate:
    given_to = {"who": who, "what": what, "before": before}
    return Candidate(
        key, {q: frozenset(v.split()) for q, v in given_to.items() if v}, frozenset(ways_in.split())
    )


COURSE = candidate("course", "kindergarten primary", "course")
PUPILS = candidate("pupils", "primary", "pupils-together", ways_in="single yearly")
SINGLE = candidate("single", "kindergarten primary", "course", "never before")
YEARLY = candidate("yearly", "kindergarten primary", "course", "accredited")
ALL = [COURSE, PUPILS, SINGLE, YEARLY]


def fitting(**asked) -> list[str]:
    return [verdict.candidate.key for verdict in judge(ALL, asked) if verdict.fits]


def test_a_measure_fits_when_it_is_for_every_answer():
    assert fitting() == ["course", "pupils", "single", "yearly"]
    assert fitting(who="kindergarten") == ["course", "single", "yearly"]
    assert fitting(who="kindergarten", before="never") == ["course", "single"]
    assert fitting(what="policy") == []


def test_a_measure_that_names_no_answers_fits_any():
    """A measure for everyone would be hidden from whoever answers."""
    assert fitting(before="accredited") == ["course", "pupils", "yearly"]


def test_what_a_fitting_measure_is_applied_for_through_fits_too():
    """A school would be told of the pupils' journey and not of the form that pays for it."""
    assert fitting(who="primary", what="pupils-together", before="never") == ["pupils", "single"]
    verdict = judge(ALL, {"what": "pupils-together"})[2]
    assert (verdict.missed, verdict.leads_to) == (("what",), ("pupils",))


def test_a_way_in_is_still_held_to_who_one_is_and_what_one_has_done():
    assert fitting(who="kindergarten", what="pupils-together") == []
    assert "yearly" not in fitting(what="pupils-together", before="never")


def test_where_nothing_fits_the_fewest_answers_are_taken_back_first():
    asked = {"who": "kindergarten", "what": "pupils-together"}
    found = [(remedy.questions, remedy.number) for remedy in remedies(ALL, asked)]
    assert found == [(("what",), 3), (("who",), 3)]
    # Neither alone is enough here.
    [both] = remedies([COURSE], {"who": "owner", "what": "policy"})
    assert both.questions == ("who", "what")


@given(candidates, answers)
@quick
def test_fewer_answers_never_hide_a_measure(found, asked):
    fits = {v.candidate.key for v in judge(found, asked) if v.fits}
    for question in asked:
        assert fits <= {v.candidate.key for v in judge(found, without(asked, question)) if v.fits}


@given(candidates, answers)
@quick
def test_the_number_beside_a_choice_is_what_the_choice_gives(found, asked):
    """A choice that promises four measures and gives three is not believed again."""
    for question in QUESTIONS:
        for option, number in numbers(found, asked, question, KEYS).items():
            assert number == number_fitting(found, {**asked, question: option})


@given(candidates, answers)
@quick
def test_every_verdict_has_a_word_for_each_answer(found, asked):
    for verdict in judge(found, asked):
        assert sorted([*verdict.matched, *verdict.missed]) == sorted(asked)


@given(candidates, answers)
@quick
def test_a_way_out_is_one(found, asked):
    ways = remedies(found, asked)
    for remedy in ways:
        assert number_fitting(found, without(asked, *remedy.questions)) == remedy.number > 0
    # Taking all back leaves every measure.
    assert ways or not found or not asked


@given(answers)
def test_an_address_carries_the_answers_there_and_back(asked):
    options = dict.fromkeys(QUESTIONS, KEYS)
    pairs = dict(pair.split("=") for pair in query_of(asked).strip("?").split("&") if pair)
    assert read(pairs, options).answers == asked
    assert not read(pairs, options).has_unknown


@given(st.dictionaries(st.sampled_from(QUESTIONS), st.text(max_size=200)))
def test_what_is_no_answer_is_passed_by(asked):
    found = read(asked, dict.fromkeys(QUESTIONS, KEYS))
    assert all(key in KEYS for key in found.answers.values())
    assert found.has_unknown == any(key and key not in KEYS for key in asked.values())


def test_titles_are_lowered_within_a_sentence_but_not_abbreviations():
    assert in_sentence("Barnehage") == "barnehage"
    assert in_sentence("EU-skole") == "EU-skole"
    assert in_sentence("") == ""
    assert listed(["Barnehage", "Grunnskole", "EU"]) == "Barnehage, grunnskole, EU"
    assert listed([]) == ""
