"""The rules weigh as they say: a school that is told yes and may not apply loses months of work."""

from itertools import product
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from programmes.tools.eligibility.conditions import faults, in_words, normal, overlap
from programmes.tools.eligibility.inspection import contradicts, every_combination, gaps, silent
from programmes.tools.eligibility.questions import (
    FACT_CODES,
    FACTS,
    QUESTIONS,
    answers_of,
    at_odds,
    completed,
)
from programmes.tools.eligibility.results import advise, asks_of, is_wished
from programmes.tools.eligibility.verdicts import Rule, Verdict, deciding, find, verdict_of

YES, IF, NO = Verdict.YES, Verdict.IF, Verdict.NO


def rule(key, verdict, weight=1, **condition) -> Rule:
    return Rule(key, Verdict(verdict), weight, {k: frozenset(v) for k, v in condition.items()})


SCHOOLS = rule("schools", "yes", who=["kindergarten", "primary"])
ACCREDITED = rule("accredited", "no", 2, accredited=["yes"])
OTHERS = rule("others", "no", who=["other"])


# --- Answers ------------------------------------------------------------------------------------


def test_what_is_no_answer_is_left_out():
    given_ = {"who": "kindergarten", "approved": "maybe", "x": "y", "want": "", "grants": "3\0"}
    assert answers_of(given_) == {"who": "kindergarten"}


def test_what_follows_from_an_answer_is_not_asked():
    assert completed({"accredited": "yes"}) == {
        "accredited": "yes",
        "experience": "yes",
        "established": "yes",
    }
    assert completed({"experience": "no"}) == {"experience": "no"}


def test_answers_that_cannot_all_be_true_are_named():
    assert at_odds({"accredited": "yes", "established": "no"}) == ["accredited", "established"]
    assert at_odds({"accredited": "no", "established": "no"}) == []


# --- Verdicts -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answers", "verdict"),
    [
        ({"who": "kindergarten", "accredited": "no"}, YES),
        ({"who": "kindergarten", "accredited": "yes"}, NO),
        ({"who": "other", "accredited": "no"}, NO),
        ({"who": "kindergarten"}, IF),
        ({"who": "other"}, NO),
        ({"accredited": "yes"}, NO),
        ({"who": "pupil", "accredited": "no"}, Verdict.UNKNOWN),
    ],
)
def test_the_heaviest_of_the_rules_that_hold_decide(answers, verdict):
    assert find([SCHOOLS, ACCREDITED, OTHERS], answers).verdict == verdict


def test_conditions_are_told_beside_the_yes():
    partner = rule("partner", "if", who=["kindergarten"])
    found = find([SCHOOLS, partner], {"who": "kindergarten"})
    assert (found.verdict, found.certain, found.open) == (IF, (SCHOOLS, partner), ())


def test_what_may_yet_be_outweighed_is_told_as_standing():
    found = find([SCHOOLS, ACCREDITED], {"who": "primary"})
    assert (found.standing, found.asks) == ((SCHOOLS,), ("accredited",))
    assert found.open == (SCHOOLS, ACCREDITED)


def test_of_a_yes_and_a_no_the_no_counts():
    """Should an editor ever get past the form, nobody is sent off to apply in vain."""
    assert verdict_of([SCHOOLS, rule("no", "no", who=["primary"])]) == NO


def some_rules():
    condition = st.dictionaries(st.sampled_from(FACT_CODES), st.just(None), max_size=2).flatmap(
        lambda codes: st.fixed_dictionaries(
            {
                code: st.sets(st.sampled_from(sorted(QUESTIONS[code].options)), min_size=1)
                for code in codes
            }
        )
    )
    made = st.tuples(st.sampled_from([YES, IF, NO]), st.integers(1, 3), condition)
    return st.lists(made, max_size=5).map(
        lambda rows: [rule(n, v, w, **c) for n, (v, w, c) in enumerate(rows)]
    )


def some_answers():
    return st.fixed_dictionaries(
        {},
        optional={q.code: st.sampled_from(sorted(q.options)) for q in FACTS},
    ).filter(lambda answers: not at_odds(answers))


@settings(max_examples=60, deadline=None)
@given(some_rules(), some_answers())
def test_part_of_the_answers_gives_what_all_the_wholes_give(rules, answers):
    """However the rest is answered, it can only be one of what the part promised."""
    open_codes = [code for code in FACT_CODES if code not in answers]
    wholes = [
        {**answers, **dict(zip(open_codes, values, strict=True))}
        for values in product(*(QUESTIONS[code].options for code in open_codes))
    ]
    decided = [deciding(rules, whole) for whole in wholes if not at_odds(whole)]
    verdicts = {verdict_of(rules_) for rules_ in decided}
    found = find(rules, answers)
    if len(verdicts) == 1:
        assert {found.verdict} == verdicts
    else:
        assert found.verdict == (IF if verdicts & {YES, IF} else NO)
    assert list(found.certain) == [r for r in rules if all(r in way for way in decided)]


# --- Conditions as editors write them ----------------------------------------------------------


@pytest.mark.parametrize(
    ("condition", "problem"),
    [
        (["who"], "names questions"),
        ({"hvem": ["barnehage"]}, "There is no question “hvem”"),
        # A wish orders the answer and decides nothing.
        ({"want": ["mobility"]}, "There is no question “want”"),
        ({"who": []}, "at least one answer"),
        ({"who": "kindergarten"}, "at least one answer"),
        ({"who": ["barnehage"]}, "“barnehage” is no answer"),
        ({"approved": ["yes", "no"]}, "leave the question out"),
    ],
)
def test_a_condition_that_means_nothing_is_refused_in_words(condition, problem):
    from django.utils import translation

    with translation.override("en"):
        assert any(problem in each for each in faults(condition))


def test_a_sound_condition_is_kept_in_the_questions_order():
    condition = {"grants": ["3"], "who": ["primary", "kindergarten"]}
    assert list(faults(condition)) == []
    assert normal(condition) == {"who": ["kindergarten", "primary"], "grants": ["3"]}
    assert list(normal(condition)) == ["who", "grants"]
    assert in_words(normal(condition)).splitlines()[0] == "Hvem er dere? Barnehage, Grunnskole"


def test_most_of_the_answers_are_told_by_those_that_are_not_among_them():
    others = [code for code in QUESTIONS["who"].options if code != "kindergarten"]
    assert in_words({"who": others}) == "Hvem er dere? alle unntatt Barnehage"


def test_conditions_overlap_where_some_answers_meet_both():
    assert overlap({"who": ["primary"]}, {"accredited": ["no"]})
    assert not overlap({"who": ["primary"], "grants": ["3"]}, {"who": ["other"]})


# --- Inspection: what it is for is found in made-up rules ---------------------------------------


def test_a_contradiction_is_found():
    assert contradicts(SCHOOLS, rule("b", "no", who=["primary", "other"]))
    assert contradicts(SCHOOLS, rule("b", "no", accredited=["no"]))
    assert not contradicts(SCHOOLS, rule("b", "no", 2, who=["primary"]))
    assert not contradicts(SCHOOLS, OTHERS)
    assert not contradicts(SCHOOLS, rule("b", "if", who=["primary"]))


def test_a_combination_that_no_rule_speaks_of_is_found():
    found = gaps([SCHOOLS, OTHERS])
    assert {answers["who"] for answers in found} == set(QUESTIONS["who"].options) - {
        *("kindergarten", "primary", "other")
    }
    assert gaps([rule("all", "yes")]) == []


def test_a_rule_that_never_decides_is_found():
    everybody = rule("everybody", "yes", 2)
    assert silent({"way": [SCHOOLS, everybody]}) == [SCHOOLS]
    # What is outweighed in one way in may decide in another.
    assert silent({"way": [SCHOOLS, everybody], "other way": [SCHOOLS]}) == []
    assert len(every_combination()) == 9 * 2**5


# --- What comes first -------------------------------------------------------------------------


def way(pk, aim="mobility", way_="") -> SimpleNamespace:
    return SimpleNamespace(pk=pk, aim=aim, way=way_, title=pk)


def row(pure: Rule, route=None) -> SimpleNamespace:
    return SimpleNamespace(pk=pure.key, route_id=route, pure=lambda: pure)


@pytest.mark.parametrize(
    ("answers", "wished"),
    [
        ({}, {"alone", "join", "any", "partners"}),
        ({"want": "both"}, {"alone", "join", "any", "partners"}),
        ({"want": "mobility"}, {"alone", "join", "any"}),
        ({"want": "partnership"}, {"partners"}),
        ({"want": "mobility", "how": "join"}, {"join", "any"}),
    ],
)
def test_a_wish_chooses_what_stands_first(answers, wished):
    routes = [
        way("alone", way_="alone"),
        way("join", way_="join"),
        way("any"),
        way("partners", "partnership"),
        way("other", "other"),
    ]
    assert {route.pk for route in routes if is_wished(route, answers)} == wished


def test_an_open_way_goes_before_a_closed_one_and_a_sure_one_before_an_unsure():
    routes = [way("closed"), way("unsure"), way("sure")]
    rows = [
        row(rule(1, "no"), "closed"),
        row(rule(2, "if"), "unsure"),
        row(rule(3, "yes"), "sure"),
    ]
    advice = advise(routes, rows, {"who": "primary"})
    assert advice.best.route.pk == "sure"
    assert [result.route.pk for result in advice.more] == ["unsure"]
    assert [result.route.pk for result in advice.closed] == ["closed"]
    assert advice.verdict == YES


def test_where_nothing_wished_for_is_open_the_best_of_the_rest_is_told():
    routes = [way("closed"), way("partners", "partnership")]
    rows = [row(rule(1, "no"), "closed"), row(rule(2, "if"), "partners")]
    advice = advise(routes, rows, {"who": "primary", "want": "mobility"})
    assert (advice.best.route.pk, advice.others) == ("partners", [])
    assert advise(routes, rows[:1], {"who": "primary"}).best is None


def test_only_what_can_change_the_answer_is_asked():
    routes, rows = [way("a")], [row(SCHOOLS, "a"), row(ACCREDITED, "a"), row(OTHERS, "a")]
    assert asks_of([], {}) == ("who", "want")
    assert advise(routes, rows, {"want": "mobility"}).asks == ("who",)
    asks = advise(routes, rows, {"who": "primary", "want": "mobility", "how": "alone"}).asks
    assert asks == ("accredited",)
    assert advise(routes, rows, {"who": "other", "want": "partnership"}).asks == ()
    assert advise(routes, rows, {"who": "teacher"}).asks == ()
