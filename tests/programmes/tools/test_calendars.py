"""Calendar files: what is written is what two other programs read."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from programmes.models import Deadline
from programmes.tools.calendars import Entry, calendar
from tests import calendars
from tests.programmes.tools.conftest import make_call, make_deadline, todays_measure

CHANGED = datetime(2026, 11, 25, 9, tzinfo=UTC)
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=120)


def entry(**values) -> Entry:
    own = {
        "uid": "1",
        "sequence": 1,
        "changed_at": CHANGED,
        "start": datetime(2027, 2, 18, 11, tzinfo=UTC),
        "summary": "Frist",
        "description": "",
        "url": "https://example.no/",
    }
    return Entry(**{**own, **values})


@given(st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=5))
def test_any_words_come_back_as_they_were(texts):
    """Commas, semicolons, backslashes and long lines have a meaning of their own in such a file."""
    made = [
        entry(uid=str(number), summary=summary, description=description)
        for number, (summary, description) in enumerate(texts)
    ]
    text = calendar("Frister, «alle»; x", "nb", made)
    assert all(len(line) <= 75 for line in text.split(b"\r\n"))
    back = Calendar.from_ical(text).walk("VEVENT")
    assert [(str(e["summary"]), str(e.get("description", ""))) for e in back] == texts


def test_both_programs_read_the_same_of_everything_awkward():
    made = [
        entry(uid="a", summary="Søknad; frist, \\ «æøå» \N{BABY}" * 4, description="én\nto, tre"),
        entry(uid="b", start=date(2027, 2, 16), last_day=date(2027, 2, 28), status="TENTATIVE"),
        entry(uid="c", start=datetime(2027, 9, 29, 10, tzinfo=UTC), status="CANCELLED"),
    ]
    found = calendars.agreed(calendar("Frister", "nb", made, "https://example.no/x.ics"))
    assert [event["is_days"] for event in found] == [False, True, False]
    whole = calendars.read_by_another(calendar("Frister", "nb", made))
    assert whole["name"] == "Frister"
    assert whole["events"][0]["description"] == "én\nto, tre"
    assert whole["events"][1]["end"] == "2027-03-01", (
        "the day after the last, as the standard has it"
    )


# --- The deadlines' own --------------------------------------------------------------------


@pytest.fixture
def rows(empty, clock):
    kindergarten = todays_measure(1)
    kindergarten.audiences.set(kindergarten.audiences.model.objects.filter(code="kindergarten"))
    owner = todays_measure(2)
    owner.audiences.set(owner.audiences.model.objects.filter(code="owner"))
    first = make_deadline(make_call(measures=[kindergarten]), day=date(2027, 2, 18))
    second = make_deadline(
        make_call("partnerships", measures=[owner]),
        first_day=date(2027, 3, 1),
        last_day=date(2027, 3, 7),
    )
    return first, second


def events(client, path) -> list[dict]:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    return calendars.read(answer.content)


def test_a_subscription_holds_the_audiences_own(client, rows):
    first, second = rows
    assert {event["uid"] for event in events(client, "/frister/alle.ics")} == {
        first.uid,
        second.uid,
    }
    (own,) = events(client, "/frister/kindergarten.ics")
    assert (own["uid"], own["status"]) == (first.uid, "CONFIRMED")
    assert own["start"] == "2027-02-18T11:00:00.000Z"
    assert own["summary"] == "Søknadsfrist: Utlysning 2027 nb"


def test_a_call_for_nobody_in_particular_is_for_everybody(client, empty, clock):
    row = make_deadline(day=date(2027, 2, 18))
    for audience in ("kindergarten", "primary", "upper-secondary", "owner"):
        assert [e["uid"] for e in events(client, f"/frister/{audience}.ics")] == [row.uid]


@pytest.mark.parametrize(
    ("path", "summary"),
    [
        ("/frister/alle.ics", "Søknadsfrist: Utlysning 2027 nb"),
        ("/nn/fristar/alle.ics", "Søknadsfrist: Utlysning 2027 nn"),
        ("/en/deadlines/all.ics", "Deadline: Utlysning 2027 en"),
    ],
)
def test_each_language_has_its_own_words_for_the_same_events(client, rows, path, summary):
    found = events(client, path)
    assert summary in {event["summary"] for event in found}
    assert {event["uid"] for event in found} == {row.uid for row in rows}


def test_what_is_expected_takes_days_and_says_so(client, rows):
    (event,) = events(client, f"/frister/{rows[1].pk}.ics")
    assert (event["is_days"], event["status"]) == (True, "TENTATIVE")
    assert event["summary"].startswith("Ventet, ikke bekreftet")


def test_a_moved_and_a_cancelled_one_replace_what_a_calendar_has(client, rows):
    """A calendar keeps the old day beside the new one, unless name and number tell that it is the same."""
    first, _second = rows
    path = f"/frister/{first.pk}.ics"
    (before,) = events(client, path)
    first.day += timedelta(days=5)
    first.save()
    (moved,) = calendars.agreed(client.get(path).content)
    assert moved["uid"] == before["uid"]
    assert moved["sequence"] > before["sequence"]
    assert moved["start"] == "2027-02-23T11:00:00.000Z"
    first.is_cancelled = True
    first.save()
    (cancelled,) = calendars.agreed(client.get(path).content)
    assert (cancelled["uid"], cancelled["status"]) == (before["uid"], "CANCELLED")
    assert cancelled["sequence"] > moved["sequence"]
    assert cancelled["summary"].startswith("Avlyst")
    assert first.uid in {event["uid"] for event in events(client, "/frister/alle.ics")}


def test_the_same_file_is_the_same_until_something_changes(client, rows):
    one = client.get("/frister/alle.ics").content
    assert client.get("/frister/alle.ics").content == one


def test_the_seeded_calendar_is_read_alike_by_both(client, db):
    found = calendars.agreed(client.get("/frister/alle.ics").content)
    assert len(found) == Deadline.objects.count() > 10


@pytest.mark.parametrize("path", ["/frister/0.ics", "/frister/999999.ics", "/frister/ingen.ics"])
def test_what_is_not_there_is_not_found(client, db, path):
    assert client.get(path).status_code == 404
