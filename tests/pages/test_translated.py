"""What is stale and what is missing: an editor who is told wrongly stops believing the list."""

import pytest
from django.conf import settings
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from pages.models import Collage, Page, Section
from pages.models.translated import STATES
from programmes.models import Action, Audience, Measure
from tests.factories import make_measure, make_page

pytestmark = pytest.mark.django_db

LANGUAGES = [code for code, _name in settings.LANGUAGES]


@pytest.fixture
def page():
    return make_page(lead_nb="Søk nå.", lead_nn="Søk no.", lead_en="Apply now.")


def fresh(row):
    return type(row)._default_manager.get(pk=row.pk)


def change(row, **values):
    """Save `values` as another request would, and return the row as the next one finds it."""
    row = fresh(row)
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    return fresh(row)


def test_a_new_record_is_current_in_every_language(page):
    assert {page.language_state(code) for code in LANGUAGES} == {"current"}


def test_changing_the_source_makes_translations_stale_and_remembers_what_they_were_made_from(page):
    page = change(page, lead_nb="Søk i dag.")
    assert page.state_of("lead", "nn") == page.state_of("lead", "en") == "stale"
    assert page.state_of("lead", "nb") == page.state_of("title", "nn") == "current"
    assert page.outdated["nn"] == {"lead": "Søk nå."}
    page = change(page, lead_nb="Søk i morgen.")
    assert page.outdated["nn"] == {"lead": "Søk nå."}, "the oldest is what the translation says"


def test_renewing_the_translation_makes_it_current(page):
    page = change(change(page, lead_nb="Søk i dag."), lead_nn="Søk i dag.")
    assert page.state_of("lead", "nn") == "current"
    assert page.state_of("lead", "en") == "stale"


def test_changing_all_languages_at_once_leaves_nothing_stale(page):
    page = change(page, lead_nb="I dag.", lead_nn="I dag!", lead_en="Today.")
    assert page.outdated == {}


def test_a_source_that_returns_to_what_it_was_leaves_nothing_stale(page):
    page = change(change(page, lead_nb="Søk i dag."), lead_nb="Søk nå.")
    assert page.outdated == {}


def test_confirming_clears_without_editing(page):
    page = change(page, lead_nb="Søk i dag.")
    page.confirm("lead", "nn")
    page.save()
    assert fresh(page).outdated == {"en": {"lead": "Søk nå."}}


def test_confirming_in_the_same_save_as_the_source_is_changed(page):
    page.lead_nb = "Søk straks."
    page.confirm("lead", "nn")
    page.save()
    assert set(fresh(page).outdated) == {"en"}


def test_the_row_decides_and_not_what_an_old_object_remembers(page):
    """Another editor's save in between must not turn what is stale into what is current."""
    old = fresh(page)
    change(page, lead_nb="Søk i dag.")
    old.publish_at = None
    old.save()
    assert fresh(page).outdated == {}, "the old source is back, and the translation fits it"


def test_a_restored_version_keeps_what_was_stale_in_it(page):
    page.outdated = {"nn": {"lead": "Noko eldre."}}
    page.lead_nb = "Enda eldre."
    page.save(takes_stock=False)
    assert fresh(page).outdated == {"nn": {"lead": "Noko eldre."}}


def test_saving_some_fields_takes_stock_of_these(page):
    page.lead_nb, page.title_nb = "Søk i dag.", "Annet"
    page.save(update_fields=["lead_nb"])
    assert fresh(page).outdated["nn"] == {"lead": "Søk nå."}
    partly = Page.objects.only("lead_nb").get(pk=page.pk)
    partly.lead_nb = "Søk nå."
    partly.save()
    assert fresh(page).outdated == {}


def test_prose_that_only_needs_cleaning_is_no_change(page):
    page = change(page, body_nb="<p>Ja</p>", body_nn="<p>Jau</p>")
    page = change(page, body_nb='<p onclick="x">Ja</p>')
    assert page.outdated == {}


def test_the_address_is_no_translation(page):
    assert change(page, slug_nb="et-annet-sted").outdated == {}


def test_an_empty_text_for_search_engines_is_not_missed_but_an_old_one_is_stale(page):
    page = change(page, seo_title_nb="Søk")
    assert page.language_state("nn") == "current"
    page = change(page, seo_title_nn="Søk!", seo_title_en="Apply")
    page = change(page, seo_title_nb="Søk nå")
    assert page.state_of("seo_title", "nn") == "stale"


def test_what_has_no_translation_is_missing_where_the_record_exists(page):
    page = change(page, lead_nn="")
    assert page.state_of("lead", "nn") == page.language_state("nn") == "missing"
    assert page.fields_in_state("missing", "nn") == 1


def test_a_page_without_a_title_in_a_language_is_absent_there_and_misses_nothing():
    page = make_page(languages=("nb",), lead_nb="Søk nå.")
    assert page.language_state("nn") == "absent"
    assert page.state_of("lead", "nn") == ""


def test_what_must_exist_in_every_language_is_missing_where_it_does_not():
    measure = make_measure()
    Measure.objects.filter(pk=measure.pk).update(title_nn="")
    assert fresh(measure).language_state("nn") == "missing"


def test_a_page_is_as_stale_as_its_sections(page):
    section = Section.objects.create(page=page, heading_nb="Krav", heading_nn="Krav", heading_en="")
    assert fresh(page).whole_state("en") == "missing"
    change(section, heading_nb="Vilkår")
    assert fresh(page).language_state("nn") == "current"
    assert fresh(page).whole_state("nn") == "stale"
    assert fresh(page).fields_in_state("stale", "nn") == 1


def test_the_database_counts_as_python_does(page):
    """The list's filter and its column would contradict each other."""
    section = Section.objects.create(page=page, heading_nb="Krav", heading_nn="Krav")
    change(section, heading_nb="Vilkår")
    change(make_page("To", ["nb"], lead_nb="Ja"), title_en="Two")
    change(make_page("Tre"), title_nb="Fire")
    Page.objects.filter(code="about").update(body_nn="")
    Page.objects.exclude(route="").update(title_en="")
    Measure.objects.filter(pk=make_measure().pk).update(summary_nn=None)
    Collage.objects.filter(pk=Collage.objects.first().pk).update(title_en="")
    seen = set()
    for model in (Page, Action, Measure, Collage, Audience):
        for code in LANGUAGES:
            for state in STATES:
                told = set(model.objects.filter(model.in_state(state, code)))
                assert told == {
                    row for row in model.objects.all() if row.whole_state(code) == state
                }
                seen |= {state for _row in told}
    assert seen == set(STATES)


def test_the_condition_for_all_languages_is_the_same_twice():
    for model in (Page, Action, Collage):
        found = set(model.objects.filter(model.needing_all_languages()))
        assert found == {row for row in model.objects.all() if row.needs_all_languages}


def test_the_seed_has_nothing_stale_or_missing():
    for model in (Page, Action, Measure, Collage, Audience):
        for row in model.objects.all():
            states = {row.whole_state(code) for code in LANGUAGES}
            assert states <= {"current", "absent"}, row


TEXT = st.sampled_from(["", "a", "b", "c"])
EDITS = st.lists(
    st.fixed_dictionaries({}, optional={"nb": TEXT, "nn": TEXT, "confirm": st.booleans()}),
    max_size=6,
)


@given(first=st.tuples(TEXT, TEXT), edits=EDITS)
@hypothesis_settings(
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_stale_is_what_was_made_from_another_source(db, first, edits):
    """Whatever editors do and in whatever order."""
    nb, nn = first
    Page.objects.filter(title_nb="Reisebrev nb").delete()
    row = make_page(lead_nb=nb, lead_nn=nn)
    made_from = nb
    for edit in edits:
        row = fresh(row)
        row.lead_nb, row.lead_nn = edit.get("nb", nb), edit.get("nn", nn)
        if edit.get("confirm"):
            row.confirm("lead", "nn")
        row.save()
        if row.lead_nn != nn or edit.get("confirm") or not row.lead_nn:
            made_from = row.lead_nb
        nb, nn = row.lead_nb, row.lead_nn
        is_stale = fresh(row).state_of("lead", "nn") == "stale"
        assert is_stale == (bool(nn) and nb != made_from)
