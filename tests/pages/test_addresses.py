"""Renaming breaks nothing: every address that a record has had leads to the one it has."""

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from pages.languages import languages_of, url_in
from pages.models import Address, Page
from programmes.models import Action, Measure
from tests.factories import make_measure, make_page

pytestmark = pytest.mark.django_db

LANGUAGES = [code for code, _name in settings.LANGUAGES]


def addresses(record) -> dict[str, str]:
    return {language: url_in(record, language) for language in languages_of(record)}


def rename(record, slug: str) -> None:
    for language in LANGUAGES:
        setattr(record, f"slug_{language}", f"{slug}-{language}")
    record.save()


def assert_leads(client, old: str, new: str) -> None:
    answer = client.get(f"{old}?a=1&b=%C3%A6")
    assert (answer.status_code, answer.headers["Location"]) == (301, f"{new}?a=1&b=%C3%A6")
    assert client.get(new).status_code == 200


def test_an_old_address_leads_to_the_page_in_its_language(client):
    """Bookmarks, search results and other sites' links would end at «not found»."""
    page = make_page()
    old = addresses(page)
    rename(page, "nytt-navn")
    for language in LANGUAGES:
        assert_leads(client, old[language], f"{url_in(page, language)}")


def test_pages_below_a_renamed_page_move_along(client):
    parent = make_page("Ungdom")
    child = make_page("Sommerskole", parent=parent)
    grandchild = make_page("Pakkeliste", parent=child)
    old = addresses(child), addresses(grandchild)
    rename(parent, "unge")
    for record, before in zip((child, grandchild), old, strict=True):
        record.refresh_from_db()
        for language in LANGUAGES:
            assert_leads(client, before[language], url_in(record, language))


def test_measures_of_a_renamed_action_move_along(client):
    action = Action.objects.get(code="mobility")
    measure = action.measures.first()
    old = addresses(action), addresses(measure)
    rename(action, "reiser")
    measure = Measure.objects.get(pk=measure.pk)
    for record, before in zip((action, measure), old, strict=True):
        for language in LANGUAGES:
            assert_leads(client, before[language], url_in(record, language))


def test_a_measure_that_changes_action_is_found_at_its_old_address(client):
    measure = make_measure()
    old = addresses(measure)
    measure.action = Action.objects.get(code="policy")
    measure.save()
    assert_leads(client, old["nn"], url_in(measure, "nn"))


def test_many_renames_are_one_hop_and_the_first_name_can_come_back(client):
    page = make_page(languages=("nb",), slug_nb="a")
    for slug in ("b", "c"):
        page.slug_nb = slug
        page.save()
    assert_leads(client, "/a/", "/c/")
    assert_leads(client, "/b/", "/c/")
    page.slug_nb = "a"
    page.save()
    assert client.get("/a/").status_code == 200
    assert_leads(client, "/b/", "/a/")
    assert_leads(client, "/c/", "/a/")


def test_a_browser_does_not_run_in_circles_when_the_first_name_comes_back(client):
    """It keeps a permanent redirect for ever unless it is told to ask again."""
    page = make_page(languages=("nb",), slug_nb="a")
    page.slug_nb = "b"
    page.save()
    assert client.get("/a/").headers["Cache-Control"] == "no-cache"


def test_an_old_address_without_its_slash_is_one_hop_too(client):
    page = make_page(languages=("nb",), slug_nb="a")
    page.slug_nb = "b"
    page.save()
    assert client.get("/a").headers["Location"] == "/b/"


def test_an_address_belongs_to_the_record_that_stands_there_now(client):
    first = make_page(languages=("nb",), slug_nb="reise")
    first.slug_nb = "gammel-reise"
    first.save()
    second = make_page("Ny", languages=("nb",), slug_nb="reise")
    assert client.get("/reise/").context["subject"] == second
    second.slug_nb = "ny-reise"
    second.save()
    assert_leads(client, "/reise/", "/ny-reise/")


def test_an_old_address_tells_visitors_nothing_of_a_draft(client, editor):
    page = make_page(languages=("nb",), slug_nb="hemmelig", publish_at=None)
    page.slug_nb = "hemmelig-plan"
    page.save()
    assert client.get("/hemmelig/").status_code == 404
    client.force_login(editor)
    assert_leads(client, "/hemmelig/", "/hemmelig-plan/")


def test_an_old_address_in_a_language_the_page_has_left_is_not_found(client):
    page = make_page()
    page.title_en = page.slug_en = ""
    page.save()
    assert client.get("/en/reisebrev-en/").status_code == 404


def test_a_deleted_page_is_gone_and_its_addresses_are_remembered(client):
    page = make_page(languages=("nb",), slug_nb="a")
    page.slug_nb = "b"
    page.save()
    page.delete()
    assert client.get("/a/").status_code == client.get("/b/").status_code == 410
    assert set(Address.objects.filter(path__in=["/a/", "/b/"]).values_list("is_current")) == {
        (False,)
    }


def test_every_address_of_the_seed_is_known():
    paths = {
        url
        for model in (Page, Action, Measure)
        for row in model.objects.all()
        for url in addresses(row).values()
    }
    assert set(Address.objects.current().values_list("path", flat=True)) == paths


def test_prepare_finds_what_was_saved_before_there_was_such_a_list(client, media):
    page = make_page(languages=("nb",), slug_nb="a")
    Address.objects.all().delete()
    call_command("prepare", verbosity=0)
    page.slug_nb = "b"
    page.save()
    assert_leads(client, "/a/", "/b/")


def test_nothing_is_written_when_nothing_is_missing():
    with CaptureQueriesContext(connection) as queries:
        assert Address.objects.keep_all() == 0
    assert all(query["sql"].startswith("SELECT") for query in queries)


def test_keeping_costs_the_same_for_many_as_for_one():
    Page.objects.bulk_create(
        Page(title_nb=f"Side {n}", slug_nb=f"s{n}", path_nb=f"s{n}", publish_at=timezone.now())
        for n in range(100)
    )
    with CaptureQueriesContext(connection) as queries:
        assert Address.objects.keep_all() == 100
    assert len(queries) < 20


SLUGS = st.sampled_from(["a", "b", "c", "d", "e"])


@given(st.lists(st.tuples(st.integers(0, 1), SLUGS), max_size=8))
@hypothesis_settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_whatever_the_renames_every_address_leads_to_its_last_owner(client, renames):
    """The last record that stood at an address is found from it, in one hop."""
    pages = [make_page(f"Side {n}", languages=("nn",)) for n in (0, 1)]
    owner = {url_in(page, "nn"): page for page in pages}
    try:
        for number, slug in renames:
            page, other = pages[number], pages[1 - number]
            if other.slug_nn != slug:
                page.slug_nn = slug
                page.save()
                owner[url_in(page, "nn")] = page
        for old, page in owner.items():
            present = url_in(page, "nn")
            answer = client.get(old)
            if old == present:
                assert answer.status_code == 200
            else:
                assert (answer.status_code, answer.headers["Location"]) == (301, present)
    finally:
        for page in pages:
            page.delete()
