"""The way from the visitor's town to the host's, which decides the fare."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programmes.tools.estimator.distance import kilometres
from programmes.tools.estimator.places import cities, municipalities, municipality_named
from tests.programmes.tools.estimator.tariffs import BANDS

EVERYWHERE = [*municipalities().values(), *cities().values()]
PLACES = st.sampled_from(EVERYWHERE)


def test_every_municipality_and_many_cities_are_there():
    assert len(municipalities()) == 357
    assert len(cities()) >= 300
    assert len({city.country for city in cities().values()}) >= 33


def test_places_lie_where_they_are():
    for place in municipalities().values():
        assert 57.9 < place.latitude < 71.3 and 4.4 < place.longitude < 31.3, place
    for place in cities().values():
        assert 27 < place.latitude < 68 and -25 < place.longitude < 45, place


@pytest.mark.parametrize(
    ("start", "goal", "published"),
    [
        ("Oslo", "berlin", 838),
        ("Oslo", "paris", 1343),
        ("Oslo", "copenhagen", 483),
        ("Bergen", "london", 1047),
        ("Tromsø", "athens", 3540),
        ("Oslo", "madrid", 2388),
    ],
)
def test_distances_agree_with_what_is_published(start, goal, published):
    """Within 20 km: cities are wide, and calculators differ in where they set the pin."""
    goals = {"copenhagen": "kobenhavn", "athens": "athen"}
    found = kilometres(municipalities()[start], cities()[goals.get(goal, goal)])
    assert abs(found - published) <= 20


@given(PLACES, PLACES)
def test_the_way_back_is_as_long_and_lies_in_one_band(start, goal):
    way = kilometres(start, goal)
    assert way == kilometres(goal, start)
    assert (way == 0) == (start == goal) or way < 2
    assert sum(band.holds(way) for band in BANDS) == (way >= 10)


@given(PLACES, PLACES, PLACES)
def test_no_detour_is_shorter(a, b, c):
    assert kilometres(a, c) <= kilometres(a, b) + kilometres(b, c) + 2


def test_a_town_is_found_however_it_is_written():
    assert municipality_named(" tromsØ ").code == "Tromsø"
    assert municipality_named("Herøy (Nordland)").latitude > 65
    assert municipality_named("Herøy") is None
