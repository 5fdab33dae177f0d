"""The sum that a head decides by."""

import ast
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from programmes.seeding.files import read_entries
from programmes.tools.estimator import estimate as module
from programmes.tools.estimator.activities import KINDS, Activity, most_travel_days
from programmes.tools.estimator.amounts import Amount, exactly, total
from programmes.tools.estimator.estimate import (
    STAY,
    estimate,
    preparatory_visit,
    short_term_limits,
    together,
)
from programmes.tools.estimator.tariff import Tariff, for_days
from tests.programmes.tools.estimator.tariffs import BANDS, CEILING, RANGE, SWEDEN

NEAR, FAR = 1200, 2500


def plan(kind, people, days, country, kilometres=NEAR, **more) -> Activity:
    return Activity(KINDS[kind], people, days, country, kilometres, **more)


SHADOWING = plan("shadowing", 4, 5, "DE")

# Published: the case, the rates, the lines in their order, the sum.
CASES = [
    (SHADOWING, SWEDEN, [1236, 4816, 1400], 7452),
    (
        plan("group", 12, 6, "ES", accompanying=2, is_green=True),
        SWEDEN,
        [5838, 7104, 2432, 1200],
        16574,
    ),
    (plan("course", 2, 5, "PL"), SWEDEN, [618, 1862, 200, 800], 3480),
    (plan("pupil-long", 1, 60, "ES", FAR, language=1), SWEDEN, [395, 3532, 500, 150, 150], 4727),
    (plan("shadowing", 4, 5, "DE", fewer_opportunities=2), SWEDEN, [1236, 4816, 1400, 250], 7702),
    (SHADOWING, CEILING, [1236, 5348, 1400], 7984),
    (plan("course", 2, 5, "PL"), CEILING, [618, 2072, 200, 800], 3690),
]


@pytest.mark.parametrize(("activity", "tariff", "lines", "euro"), CASES)
def test_published_cases_come_out_to_the_euro(activity, tariff, lines, euro):
    """A head who checks with another agency's example would no longer trust the site."""
    result = estimate(activity, tariff)
    assert [int(line.amount.high) for line in result.lines] == lines
    assert result.sum == exactly(euro)
    assert result.missing == ()


@pytest.mark.parametrize(
    ("per_day", "days", "euro"),
    [(85, 20, 1550), (172, 16, 2648), (172, 14, 2408), (172, 15, 2528), (172, 1, 172), (9, 0, 0)],
)
def test_from_day_15_the_day_is_worth_70_percent_in_whole_euro(per_day, days, euro):
    assert for_days(exactly(per_day), days) == exactly(euro)


@pytest.mark.parametrize(
    ("kilometres", "euro"),
    [
        (0, 0),
        (9, 0),
        (10, 28),
        (99, 28),
        (100, 211),
        (499, 211),
        (500, 309),
        (1999, 309),
        (2000, 395),
        (3999, 580),
        (4000, 1188),
        (8000, 1735),
        (20000, 1735),
    ],
)
def test_each_kilometre_has_one_fare(kilometres, euro):
    travel = estimate(plan("shadowing", 1, 5, "DE", kilometres), SWEDEN).lines[0]
    assert travel.amount == exactly(euro)


def test_a_rate_nobody_has_entered_is_told_and_not_guessed():
    """An estimate without the largest part, and silent about it, would mislead a whole school."""
    result = estimate(SHADOWING, Tariff(year=2027, bands=BANDS))
    assert [line.what for line in result.missing] == ["stay", "organisation"]
    assert result.sum == exactly(1236)
    assert preparatory_visit(2, SWEDEN).missing[0].what == "visit"


def test_a_range_stays_a_range_and_a_ceiling_a_ceiling():
    pupils = Tariff(year=2026, bands=BANDS, groups={"DE": "1"}, per_day={("pupil", "1"): RANGE})
    result = estimate(plan("group", 2, 3, "DE"), pupils)
    assert result.sum == Amount(Decimal(618 + 480), Decimal(618 + 850))
    ceiling = Tariff(
        year=2026,
        bands=BANDS,
        groups={"DE": "1"},
        per_day={("staff", "1"): Amount(None, Decimal(191))},
    )
    assert estimate(SHADOWING, ceiling).sum.low is None


@pytest.mark.parametrize(
    ("activity", "problem"),
    [
        (plan("course", 1, 11, "DE"), "days"),
        (plan("pupil-short", 1, 9, "DE"), "days"),
        (plan("pupil-short", 1, 30, "DE"), "days"),
        (plan("group", 1, 5, "DE"), "people"),
        (plan("shadowing", 0, 5, "DE"), "people"),
        (plan("shadowing", 1, 5, "DE", travel_days=3), "travel_days"),
        (plan("shadowing", 1, 5, "DE", travel_days=7, is_green=True), "travel_days"),
        (plan("shadowing", 1, 5, "DE", accompanying=1), "accompanying"),
        (plan("shadowing", 1, 5, "DE", fewer_opportunities=2), "fewer"),
        (plan("shadowing", 1, 5, "DE", -1), "km"),
    ],
)
def test_what_the_rules_forbid_is_named_by_its_field(activity, problem):
    assert activity.problems == (problem,)
    with pytest.raises(ValueError, match=problem):
        estimate(activity, SWEDEN)


@st.composite
def activities(draw):
    kind = draw(st.sampled_from(list(KINDS.values())))
    is_green = draw(st.booleans())
    people = draw(st.integers(kind.people, 30))
    return Activity(
        kind,
        people,
        draw(st.integers(*kind.days)),
        draw(st.sampled_from(["DE", "ES", "PL"])),
        draw(st.integers(0, 9000)),
        travel_days=draw(st.integers(0, most_travel_days(is_green))),
        accompanying=draw(st.integers(0, 5)) if kind.escorted else 0,
        is_green=is_green,
        fewer_opportunities=draw(st.integers(0, people)),
        language=draw(st.integers(0, people)),
    )


@given(activities())
def test_the_sum_is_the_sum_of_its_lines(activity):
    result = estimate(activity, SWEDEN)
    assert total(line.amount for line in result.lines) == result.sum
    assert result.sum.low == result.sum.high == result.sum.high.to_integral_value()


@given(activities(), st.sampled_from(["people", "days", "accompanying", "travel_days"]))
def test_more_is_never_cheaper(activity, name):
    more = Activity(**{**activity.__dict__, name: getattr(activity, name) + 1})
    assume(not more.problems)
    assert estimate(more, SWEDEN).sum.high >= estimate(activity, SWEDEN).sum.high


@given(st.lists(activities(), max_size=5), st.randoms())
def test_the_order_of_activities_changes_nothing(planned, random):
    mixed = random.sample(planned, len(planned))
    sums = [together(estimate(a, SWEDEN) for a in order) for order in (planned, mixed)]
    assert sums[0] == sums[1]


@given(st.integers(1, 400), st.integers(1, 300))
def test_a_day_more_brings_something_and_never_more_than_a_full_day(days, euro):
    gained = for_days(exactly(euro), days + 1).high - for_days(exactly(euro), days).high
    assert 0 < gained <= euro


def test_the_limits_of_a_short_term_project_are_told():
    planned = [plan("course", 20, 10, "DE"), plan("shadowing", 11, 5, "DE")]
    people, courses = short_term_limits(planned, [estimate(a, SWEDEN) for a in planned])
    assert people.is_passed and people.most == exactly(30)
    assert courses.is_passed
    assert not short_term_limits([SHADOWING], [estimate(SHADOWING, SWEDEN)])[1].is_passed


def test_no_money_is_ever_a_float():
    """Floats lose cents, and two pages would then show two sums."""
    folder = Path(module.__file__).parent
    own = ("amounts", "tariff", "activities", "estimate", "forms", "matrix", "plans", "wording")
    others = (folder.parents[1] / "tariffs.py", folder.parent / "rates" / "sheet.py")
    for path in (*(folder / f"{name}.py" for name in own), *others):
        tree = ast.parse(path.read_text())
        assert not [
            n for n in ast.walk(tree) if isinstance(n, ast.Constant) and type(n.value) is float
        ]
        assert "float" not in {n.id for n in ast.walk(tree) if isinstance(n, ast.Name)}


def test_accompanying_staff_get_the_rate_of_staff():
    lines = estimate(plan("group", 2, 3, "DE", accompanying=1), SWEDEN).lines
    assert [(line.traveller, line.number) for line in lines if line.what == STAY] == [
        ("pupil", 2),
        ("staff", 1),
    ]


def test_each_kind_of_activity_names_a_measure_of_today():
    """Whoever plans a stay would be led to what the programme offered before 2021."""
    today = {
        entry.key
        for entry in read_entries()
        if entry.kind == "measure" and entry.data["period"] == "2021-2027"
    }
    assert {kind.measure for kind in KINDS.values()} <= today
