"""Lists too long for one page."""

import pytest

from programmes import views
from programmes.models import Measure
from tests.factories import make_measure

ACTION = "/for-skole-og-barnehage/mobilitet/"
OVERVIEW = "/for-skole-og-barnehage/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def long_list():
    """Five measures more than a part of the list holds."""
    there = Measure.objects.filter(action__code="mobility").count()
    return [make_measure(number) for number in range(100, 105 + views.PART - there)]


def links_to(measures, text: str) -> list[int]:
    return [m.pk for m in measures if f'href="{m.get_absolute_url()}"' in text]


def test_every_measure_is_in_just_one_part(client, long_list):
    """A measure between two parts would be reached by nobody who leafs."""
    first = client.get(ACTION).content.decode()
    second = client.get(f"{ACTION}?side=2").content.decode()
    measures = list(Measure.objects.filter(action__code="mobility"))
    assert len(measures) == views.PART + 5
    in_first, in_second = links_to(measures, first), links_to(measures, second)
    assert sorted(in_first + in_second) == sorted(m.pk for m in measures)
    assert f'rel="next" href="{ACTION}?side=2"' in first
    assert 'rel="prev"' not in first
    assert f'rel="prev" href="{ACTION}"' in second
    assert 'rel="next"' not in second


def test_only_the_first_part_is_found_by_search(client, long_list):
    assert 'rel="canonical"' in client.get(ACTION).content.decode()
    later = client.get(f"{ACTION}?side=2").content.decode()
    assert 'content="noindex"' in later
    assert 'rel="canonical"' not in later


def test_a_short_list_has_no_parts(client):
    assert 'rel="next"' not in client.get(ACTION).content.decode()


@pytest.mark.parametrize("number", ["0", "3", "-1", "01", "x", "²", "9" * 30, "1.0", "%00", ""])
def test_a_part_that_is_not_there_is_not_found(client, long_list, number):
    assert client.get(f"{ACTION}?side={number}").status_code == 404


def test_the_overview_lists_the_first_and_leads_to_the_rest(client, long_list):
    text = client.get(OVERVIEW).content.decode()
    of_period = Measure.objects.filter(action__code="mobility", period__code="2014-2020")
    in_order = list(of_period.order_by("position", "pk"))
    assert links_to(in_order, text) == [m.pk for m in in_order[: views.LISTED]]
    assert "Alle tiltak i Mobilitet" in text


def test_the_overview_of_few_leads_nowhere_else(client):
    assert "Alle tiltak i" not in client.get(OVERVIEW).content.decode()
