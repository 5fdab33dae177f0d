"""Calls and deadlines as editors keep them: clear refusals, and a change that is never lost."""

import re
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.urls import reverse

from pages import publishing
from pages.models import Revision
from programmes.models import Deadline, DeadlineChange, Measure, Source
from tests.programmes.tools.conftest import make_call, make_deadline, todays_measure, words

pytestmark = pytest.mark.django_db

DAY = date(2027, 2, 18)


def refusals(**values) -> dict[str, list[str]]:
    row = Deadline(call=make_call(), source=Source.objects.get(code="pg26"), **values)
    try:
        row.full_clean()
    except ValidationError as error:
        return error.message_dict
    return {}


def test_what_follows_from_the_day_follows(empty):
    row = make_deadline(day=DAY, time=time(17))
    assert row.moment == datetime(2027, 2, 18, 16, tzinfo=UTC)
    assert row.sorts_on == DAY
    assert row.changes.count() == 0
    row.day = DAY + timedelta(days=1)
    row.save(update_fields=["day"])
    row.refresh_from_db()
    assert row.moment == datetime(2027, 2, 19, 16, tzinfo=UTC)


def test_a_confirmed_one_needs_a_day(empty):
    assert set(refusals(status="confirmed")) == {"day"}
    assert refusals(status="confirmed", day=DAY) == {}


def test_an_expected_one_needs_days_and_a_reason_and_has_none_of_its_own(empty):
    """Visitors would take a guess for a fact."""
    assert set(refusals(status="expected", day=DAY)) == {
        *("day", "first_day", "last_day", "basis_nb", "basis_nn", "basis_en")
    }
    days = {"first_day": DAY, "last_day": DAY + timedelta(days=10)}
    assert refusals(status="expected", **days, **words("basis", "Slik pleier det å være")) == {}


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [
        ("2027-03-02", "2027-03-01", "last_day"),
        ("2027-03-01", "2027-07-01", "last_day"),
        ("2037-03-01", "2037-03-07", "first_day"),
    ],
)
def test_days_that_cannot_be_meant_are_refused(empty, first, last, field):
    days = {"first_day": date.fromisoformat(first), "last_day": date.fromisoformat(last)}
    found = refusals(status="expected", **days, **words("basis", "Slik pleier det å være"))
    assert set(found) == {field}


def test_a_day_of_another_year_than_the_call_is_refused(empty):
    assert set(refusals(status="confirmed", day=date(2025, 2, 18))) == {"day"}


def test_a_moved_deadline_keeps_where_it_was_and_why(empty, clock):
    row = make_deadline(day=DAY)
    before = row.sequence
    row.day, row.note_nb = DAY + timedelta(days=5), "Tekniske problemer."
    row.save()
    (change,) = row.changes.all()
    assert (change.kind, change.old_day, change.new_day) == ("moved", DAY, row.day)
    assert change.note_nb == "Tekniske problemer."
    assert change.made_at == row.revised_at
    assert row.sequence > before
    row.day = DAY + timedelta(days=6)
    row.save()
    newest = row.changes.first()
    assert (newest.old_day, newest.note_nb) == (DAY + timedelta(days=5), "")


def test_a_change_of_words_is_no_change_of_the_date(empty):
    row = make_deadline(day=DAY)
    before = row.sequence
    row.note_nb = "Send i god tid."
    row.save()
    assert (row.changes.count(), row.sequence) == (0, before)


def test_an_expected_one_gets_its_day(empty):
    row = make_deadline(first_day=date(2027, 2, 16), last_day=date(2027, 2, 28))
    row.status, row.day = "confirmed", DAY
    row.save()
    (change,) = row.changes.all()
    assert (change.kind, change.old_first_day, change.new_day) == (
        "confirmed",
        date(2027, 2, 16),
        DAY,
    )
    assert (row.first_day, row.last_day) == (None, None)


def test_cancelled_and_held_after_all(empty):
    row = make_deadline(day=DAY)
    for value in (True, False):
        row.is_cancelled = value
        row.save()
    assert [change.kind for change in row.changes.order_by("pk")] == ["cancelled", "revived"]


def test_its_name_in_calendars_survives_deletion_and_recovery(empty, editor):
    """A calendar would show the same deadline twice."""
    row = make_deadline(day=DAY)
    row.day = DAY + timedelta(days=5)
    row.save()
    uid = row.uid
    publishing.delete(row, editor)
    revision = Revision.objects.get(kind=Revision.Kind.DELETED)
    back, _problems = publishing.restore(revision, editor, keeps_drafts=False)
    assert back.uid == uid
    assert back.changes.count() == 1


def test_a_change_counts_as_news_of_deadline_and_call(empty, clock):
    row = make_deadline(day=DAY)
    Deadline.objects.update(updated_at=datetime(2020, 1, 1, tzinfo=UTC))
    row.refresh_from_db()
    row.day = DAY + timedelta(days=1)
    row.save()
    row.refresh_from_db()
    assert row.updated_at.year == 2026
    assert row.call.updated_at.year == 2026


def test_a_measure_reads_its_next_deadline_along_with_itself(
    empty, clock, django_assert_num_queries
):
    measure = todays_measure()
    call = make_call(measures=[measure])
    make_deadline(call, day=date(2026, 2, 19))
    make_deadline(call, day=date(2027, 3, 1))
    make_deadline(call, day=date(2027, 2, 1), is_cancelled=True)
    wanted = make_deadline(call, first_day=date(2027, 2, 16), last_day=date(2027, 2, 28))
    with django_assert_num_queries(1):
        found = Measure.objects.with_next_deadline().get(pk=measure.pk).next_deadline
    assert found == wanted.when
    wanted.delete()
    found = Measure.objects.with_next_deadline().get(pk=measure.pk).next_deadline
    assert found.day == date(2027, 3, 1)


# --- The editors' desk ---------------------------------------------------------------------


def form_of(client, url) -> dict:
    form = client.get(url).context["adminform"].form
    data = {}
    for name, field in form.fields.items():
        value = form.get_initial_for_field(field, name)
        value = field.prepare_value(value) if value is not None else ""
        data[name] = value
    for name in ("show_from",):
        data.pop(name, None)
    return {name: value for name, value in data.items() if value not in (None, False)}


def test_an_editor_moves_a_deadline_and_the_change_is_kept(empty, editor_client):
    row = make_deadline(day=DAY)
    url = reverse("admin:programmes_deadline_change", args=[row.pk])
    page = editor_client.get(url)
    assert page.status_code == 200
    inline = {"changes-TOTAL_FORMS": 0, "changes-INITIAL_FORMS": 0}
    data = {**form_of(editor_client, url), **inline, "day": "2027-02-25", "note_nb": "Flyttet."}
    data |= {"_save": "1", **hidden(page)}
    answer = editor_client.post(url, data)
    assert answer.status_code == 302, answer.context["adminform"].form.errors
    (change,) = DeadlineChange.objects.filter(deadline=row)
    assert (change.old_day, change.new_day, change.note_nb) == (DAY, date(2027, 2, 25), "Flyttet.")
    shown = editor_client.get(url).content.decode()
    assert "Flyttet fra 18." in shown


def hidden(page) -> dict[str, str]:
    found = re.findall(
        r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page.content.decode()
    )
    return {name: value for name, value in found if not name.startswith(("changes-", "csrf"))}


def test_the_refusal_stands_beside_its_field_in_norwegian(empty, editor_client):
    row = make_deadline(day=DAY)
    url = reverse("admin:programmes_deadline_change", args=[row.pk])
    page = editor_client.get(url)
    inline = {"changes-TOTAL_FORMS": 0, "changes-INITIAL_FORMS": 0}
    data = {**form_of(editor_client, url), **inline, "day": "", "_save": "1", **hidden(page)}
    answer = editor_client.post(url, data, headers={"accept-language": "nb"})
    assert answer.context["adminform"].form.errors["day"] == [
        "Skriv dagen, eller velg «ventet» ovenfor."
    ]


@pytest.mark.parametrize(
    "name",
    ["call", "deadline", "calltype", "planstep", "schoolarea", "schoolholiday"],
)
def test_each_list_and_form_opens(editor_client, name):
    row = apps.get_model("programmes", name).objects.first()
    for url in (
        reverse(f"admin:programmes_{name}_changelist"),
        reverse(f"admin:programmes_{name}_add"),
        reverse(f"admin:programmes_{name}_change", args=[row.pk]),
    ):
        assert editor_client.get(url).status_code == 200, url
