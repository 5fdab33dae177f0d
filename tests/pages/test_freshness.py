"""What has stood for long is found, and what was read anew gets a new date."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from pages.freshness import in_a_year
from pages.models import Draft, Page
from programmes.models import Action, Measure
from tests.factories import make_page
from tests.pages.test_admin import form_data, url

pytestmark = [pytest.mark.ignore_template_errors]


@given(st.dates(max_value=date(9998, 12, 31)))
def test_a_year_on_is_the_same_day_or_the_last_of_february(day):
    later = in_a_year(day)
    assert later.year == day.year + 1
    assert (later.month, later.day) == (
        day.month,
        min(day.day, 28) if day.month == 2 and day.day == 29 else day.day,
    )


@pytest.fixture
def pages(db):
    today = timezone.localdate()
    days = {"over": today - timedelta(days=1), "today": today, "soon": today + timedelta(days=30)}
    days |= {"later": today + timedelta(days=31), "none": None}
    return {name: make_page(name, review_on=day) for name, day in days.items()}


@pytest.mark.parametrize(
    ("chosen", "found"), [("over", {"over"}), ("soon", {"today", "soon"}), ("none", {"none"})]
)
def test_the_list_finds_what_is_due(editor_client, pages, chosen, found):
    response = editor_client.get(url(Page, "changelist"), {"review": chosen, "all": ""})
    listed = set(response.context_data["cl"].queryset)
    assert listed & set(pages.values()) == {pages[name] for name in found}


@pytest.mark.parametrize("model", [Page, Action, Measure])
def test_reviewed_today_gives_a_date_in_a_year_and_changes_nothing_else(editor_client, model):
    """Visitors would read «last updated today» of a text that was not."""
    record = model.objects.first()
    data = {"action": "mark_reviewed", "_selected_action": [record.pk]}
    editor_client.post(url(model, "changelist"), data)
    reviewed = model.objects.get(pk=record.pk)
    assert reviewed.review_on == in_a_year(timezone.localdate())
    assert reviewed.updated_at == record.updated_at


def test_a_new_page_is_to_be_reviewed_in_a_year(editor_client):
    form = editor_client.get(url(Page, "add")).context_data["adminform"].form
    assert form["review_on"].value() == in_a_year(timezone.localdate())


@pytest.mark.django_db
def test_the_seed_gives_every_page_a_day_to_come():
    """Nobody would ever be asked whether the first content still holds."""
    days = Page.objects.values_list("review_on", flat=True)
    assert None not in days
    assert min(days) >= date(2027, 1, 1)


def test_date_and_role_are_set_with_the_page_and_are_no_draft(editor_client):
    page = Page.objects.get(code="about")
    data = form_data(editor_client.get(url(Page, "change", page.pk)))
    role = Group.objects.first()
    data |= {"review_on": "2027-03-01", "responsible": role.pk, "_publish": "1"}
    assert editor_client.post(url(Page, "change", page.pk), data).status_code == 302
    page.refresh_from_db()
    assert (page.review_on, page.responsible) == (date(2027, 3, 1), role)
    assert not Draft.objects.of(page).exists()


def test_a_role_that_is_deleted_takes_no_page_with_it(db):
    role = Group.objects.create(name="Gjester")
    page = make_page(responsible=role)
    role.delete()
    page.refresh_from_db()
    assert page.responsible is None
