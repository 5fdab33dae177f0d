"""The list of what to translate: an editor with an hour should meet what visitors meet first."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pages.models import CollageImage, Image, Page, Section
from pages.translations import record_models, todo
from programmes.models import Action, Audience, Measure
from tests.factories import make_page

pytestmark = pytest.mark.django_db


def stale(row, field="title"):
    setattr(row, f"{field}_nb", "Nye ord")
    row.save()
    return row


def listed(**options):
    return [(entry.record, entry.language, entry.state, entry.count) for entry in todo(**options)]


def test_a_finished_site_has_nothing_to_do():
    assert todo() == []


def test_parts_are_listed_with_their_record():
    assert {Page, Action, Measure, Image, Audience} <= set(record_models())
    assert not {Section, CollageImage} & set(record_models())


def test_what_most_visitors_meet_comes_first():
    rows = [
        stale(make_page("Utkast", publish_at=None, is_in_menu=True)),
        stale(Audience.objects.first()),
        stale(make_page("Nederst", is_in_footer=True)),
        stale(Measure.objects.first()),
        stale(Action.objects.first()),
        stale(make_page("Meny", is_in_menu=True)),
        stale(Page.objects.get(route="home")),
    ]
    found = [record for record, language, _state, _count in listed() if language == "nn"]
    assert found == rows[::-1]


def test_texts_of_parts_are_counted_and_the_gravest_state_is_told():
    page = make_page()
    Section.objects.create(page=page, heading_nb="Krav", body_nb="<p>Ja</p>", heading_nn="Krav")
    stale(page)
    assert listed(languages=["nn"]) == [(page, "nn", "missing", 2)]


def test_a_page_that_is_not_begun_in_a_language_is_listed():
    page = make_page(languages=("nb", "nn"), lead_nb="Ja", lead_nn="Ja")
    assert listed() == [(page, "en", "absent", 2)]


def test_the_list_costs_the_same_however_much_there_is_to_do():
    def queries():
        with CaptureQueriesContext(connection) as found:
            todo()
        return len(found)

    Section.objects.create(page=stale(make_page("Side 0")), heading_nb="Krav")
    for measure in Measure.objects.all()[:2]:
        stale(measure, "summary")
    before = queries()
    for number in range(1, 6):
        stale(make_page(f"Side {number}"), "title")
    for measure in Measure.objects.all():
        stale(measure, "summary")
    assert queries() == before
