"""The planner's page: a plan for whatever can be planned for, and help where nothing can."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from programmes.models import PlanStep, SchoolArea, SchoolHoliday, Source
from tests import calendars
from tests.programmes.tools.conftest import (
    NOW,
    make_call,
    make_deadline,
    todays_measure,
    words,
)
from tests.programmes.tools.test_deadlines import text_of

pytestmark = pytest.mark.django_db

PLANNER, FILE = "/planlegger/", "/planlegger/plan.ics"


def plan_of(client, **asked) -> str:
    answer = client.get(PLANNER, asked)
    assert answer.status_code == 200
    return text_of(answer)


@pytest.fixture
def rows(empty, clock):
    PlanStep.objects.all().delete()
    for days, title in ((84, "Ideen"), (42, "Skjemaet"), (1, "Send")):
        PlanStep.objects.create(days_before=days, **words("title", title), **words("text", "Slik"))
    measure, other = todays_measure(1), todays_measure(2, action="partnerships")
    known = make_deadline(make_call(measures=[measure], title_nb="Reise"), day=date(2027, 3, 1))
    expected = make_deadline(
        make_call("partnerships", measures=[other], title_nb="Samarbeid"),
        first_day=date(2027, 3, 17),
        last_day=date(2027, 3, 31),
    )
    return known, expected, measure, other


def step_for(measure) -> PlanStep:
    step = PlanStep.objects.create(days_before=28, **words("title", "Fullmakt"))
    step.measures.set([measure])
    return step


def test_the_steps_stand_in_order_with_their_days(client, rows):
    shown = plan_of(client, frist=rows[0].pk)
    assert re.search(
        r"Ideen nb Innen mandag 7\. desember 2026 .*Skjemaet nb Innen mandag 18\. januar 2027 .*"
        r"Send nb Innen fredag 26\. februar 2027 .*Fristen 1\. mars 2027 kl\. 12\.00",
        shown,
    )


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/nn/planleggjar/", "Innan måndag 7. desember 2026"),
        ("/en/planner/", "By Monday 7 December 2026"),
    ],
)
def test_other_languages(client, rows, path, words):
    assert words in text_of(client.get(path, {"frist": rows[0].pk}))


def test_the_schools_holidays_are_gone_around_and_told(client, rows):
    area = SchoolArea.objects.get(code="vestfold")
    shown = plan_of(client, frist=rows[0].pk, sted=area.code)
    assert "Send nb Innen fredag 19. februar 2027" in shown
    assert "Flyttet fra 28. februar 2027" not in shown, "a weekend is not worth a word"
    assert "Vinterferie: 22.–26. februar 2027" in shown
    assert "Vestfold fylkeskommune" in shown
    SchoolHoliday.objects.filter(area=area, title_nb="vinterferie").update(
        last_day=date(2027, 2, 28)
    )
    assert "Flyttet fra 28. februar 2027: vinterferie." in plan_of(
        client, frist=rows[0].pk, sted=area.code
    )


def test_holidays_that_are_not_known_are_said_to_be(client, rows):
    """A school would believe that its own holidays were thought of."""
    shown = plan_of(client, frist=rows[0].pk, sted="oslo")
    assert "Vi kjenner ikke skoleferiene i Oslo i 2026–2027." in shown
    assert "Vi kjenner ikke skoleferiene" not in plan_of(client, frist=rows[0].pk, sted="vestfold")
    late = make_deadline(make_call(), day=date(2027, 9, 29))
    shown = plan_of(client, frist=late.pk, sted="vestfold")
    assert "Vi kjenner ikke skoleferiene i Vestfold i 2027–2028." in shown


def test_an_expected_deadline_is_planned_for_by_weeks_and_says_so(client, rows):
    shown = plan_of(client, frist=rows[1].pk)
    assert "Fristen er ventet: mellom 17. mars og 31. mars 2027. Dagen er ikke bekreftet." in shown
    assert "Planen går etter uker" in shown
    # The week that it can be in begins on 15 March: the plan is over before it.
    assert "Send nb I uke 10 (8.–12. mars 2027)" in shown


def test_a_measures_own_steps_come_with_the_measure(client, rows):
    known, expected, _measure, other = rows
    step_for(other)
    assert "Fullmakt" not in plan_of(client, frist=expected.pk)
    shown = plan_of(client, tiltak=other.code)
    assert "Fullmakt nb" in shown
    assert "Planen for Samarbeid: Tiltak nummer 2 nb" in shown
    assert "Fullmakt" not in plan_of(client, frist=known.pk)


def test_what_should_be_done_already_is_said(client, rows, clock):
    assert "burde vært gjort" not in plan_of(client, frist=rows[0].pk)
    clock(datetime(2026, 12, 8, 9, tzinfo=UTC))
    shown = plan_of(client, frist=rows[0].pk)
    assert "1 steg burde vært gjort allerede." in shown
    assert "Innen mandag 7. desember 2026 Gjør det nå" in shown


def test_without_a_choice_all_deadlines_can_be_chosen(client, rows):
    shown = plan_of(client)
    assert "Lag en plan for Reise" in shown
    assert "Lag en plan for Samarbeid" in shown


def test_a_deadline_that_is_over_gives_way_to_the_next_of_its_kind(client, rows):
    past = make_deadline(make_call(year=2026, title_nb="Fjorårets"), day=date(2026, 2, 19))
    shown = plan_of(client, frist=past.pk)
    assert "Fristen «Fjorårets» er over" in shown
    assert "Planen for Reise" in shown
    alone = make_deadline(make_call("policy", year=2026, title_nb="Ett år"), day=date(2026, 4, 1))
    assert "Velg en annen." in plan_of(client, frist=alone.pk)


def test_a_pair_that_does_not_fit_is_told(client, rows):
    shown = plan_of(client, frist=rows[0].pk, tiltak=rows[3].code)
    assert "Det dere vil søke om, har en annen frist." in shown
    assert "Planen for Reise" in shown


@pytest.mark.parametrize(
    "query",
    [
        "frist=x",
        "frist=0",
        "frist=-1",
        "frist=" + "9" * 19,
        "frist=" + "9" * 5_000,
        "frist=%D9%A1",
        "frist=%00&tiltak=%00&sted=%00",
        "frist=1%00",
        "tiltak=" + "a" * 10_000,
        "sted=%3Csvg%20onload%3Dhostile%3E",
        "sted=oslo&sted=ingen",
        "frist=1e309&tiltak=%ff&sted=..%2f..",
    ],
)
def test_a_made_up_choice_gets_a_page(client, rows, query):
    answer = client.get(f"{PLANNER}?{query}")
    assert answer.status_code == 200
    assert "Vi kjente ikke igjen alt dere valgte." in text_of(answer)
    assert "onload=hostile>" not in answer.content.decode()
    assert client.get(f"{FILE}?{query}").status_code == 404


def test_nothing_to_plan_for(client, empty, clock):
    shown = plan_of(client)
    assert "Ingen frist er kjent akkurat nå, så det er ingenting å planlegge for." in shown
    assert client.get(FILE).status_code == 404


def test_no_steps(client, rows):
    PlanStep.objects.all().delete()
    assert "Ingen steg er skrevet ennå" in plan_of(client, frist=rows[0].pk)


def test_the_plan_is_in_markdown_too(client, rows):
    text = client.get("/planlegger/index.md", {"frist": rows[0].pk}).content.decode()
    assert "- [ ] **Ideen nb** mandag 7." in text.replace("\xa0", " ")
    assert "plan.ics?frist=" in text


# --- The calendar file ---------------------------------------------------------------------


def events(client, **asked) -> list[dict]:
    answer = client.get(FILE, asked)
    assert answer.status_code == 200
    return calendars.agreed(answer.content)


def test_all_steps_go_into_the_calendar_with_the_deadline_itself(client, rows):
    found = events(client, frist=rows[0].pk)
    assert [(event["summary"], event["start"]) for event in found] == [
        ("Ideen nb – Reise", "2026-12-07"),
        ("Skjemaet nb – Reise", "2027-01-18"),
        ("Send nb – Reise", "2027-02-26"),
        ("Søknadsfrist: Reise", "2027-03-01T11:00:00.000Z"),
    ]
    assert found[-1]["uid"] == rows[0].uid


def test_a_moved_deadline_moves_its_steps(client, rows, clock):
    before = {event["uid"]: event for event in events(client, frist=rows[0].pk)}
    clock(NOW + timedelta(hours=1))
    rows[0].day = date(2027, 3, 8)
    rows[0].save()
    after = {event["uid"]: event for event in events(client, frist=rows[0].pk)}
    assert after.keys() == before.keys()
    for uid, event in after.items():
        assert event["start"] > before[uid]["start"]
        assert event["sequence"] > before[uid]["sequence"]


def test_weeks_are_weeks_in_the_calendar_too(client, rows):
    found = events(client, frist=rows[1].pk)
    assert {event["status"] for event in found} == {"TENTATIVE"}
    file = client.get(FILE, {"frist": rows[1].pk}).content
    last = Calendar.from_ical(file).walk("VEVENT")[2]
    assert (last.decoded("dtstart"), last.decoded("dtend")) == (date(2027, 3, 8), date(2027, 3, 13))


def test_more_holidays_and_steps_cost_no_more_queries(client, rows):
    def queries():
        with CaptureQueriesContext(connection) as found:
            client.get(PLANNER, {"frist": rows[0].pk, "sted": "vestfold"})
        return len(found)

    before = queries()
    assert before <= 11
    area, source = SchoolArea.objects.get(code="vestfold"), Source.objects.first()
    for number in range(20):
        day = date(2027, 4, 1) + timedelta(days=2 * number)
        own = {"area": area, "source": source, "school_year": 2026, "first_day": day}
        SchoolHoliday.objects.create(last_day=day, **own, **words("title", "fri"))
        PlanStep.objects.create(days_before=number + 1, **words("title", "Steg"))
    assert queries() == before


# --- What editors keep ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"first_day": "2027-03-05", "last_day": "2027-03-01"}, "last_day"),
        ({"first_day": "2026-10-01", "last_day": "2027-02-01"}, "last_day"),
        ({"first_day": "2028-03-01", "last_day": "2028-03-02"}, "first_day"),
        ({"first_day": "2027-02-26", "last_day": "2027-03-01"}, "first_day"),
    ],
)
def test_holidays_that_cannot_be_are_refused(db, values, field):
    area = SchoolArea.objects.get(code="vestfold")
    days = {name: date.fromisoformat(day) for name, day in values.items()}
    own = {"area": area, "source": Source.objects.first(), "school_year": 2026}
    with pytest.raises(ValidationError) as refused:
        SchoolHoliday(**own, **days, **words("title", "fri")).full_clean()
    assert set(refused.value.message_dict) == {field}


def test_the_seed_holds_no_holiday_without_its_source_nor_a_county_that_was_guessed(db):
    counties = set(SchoolArea.objects.values_list("code", flat=True))
    assert {"agder", "oslo", "ostfold", "vestland"} <= counties
    known = set(SchoolHoliday.objects.values_list("area__code", flat=True))
    assert known == {"vestfold", "hamar", "gjovik", "froland"}
    for row in SchoolHoliday.objects.select_related("source", "area"):
        assert row.source.publisher.split()[0] == row.area.title_nb.split()[0]
        row.full_clean()
