"""The board of deadlines, and what is shown of them at home and on measures."""

import re
from datetime import UTC, date, datetime, time, timedelta
from html import unescape

import feedparser
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from programmes.models import Audience, Deadline
from tests import vocabulary
from tests.programmes.tools.conftest import NOW, make_call, make_deadline, todays_measure
from tests.test_head import Head

pytestmark = pytest.mark.django_db

BOARD = {"nb": "/frister/", "nn": "/nn/fristar/", "en": "/en/deadlines/"}


def text_of(answer) -> str:
    html = answer.content.decode().partition("<main")[2].partition("</main>")[0]
    words = re.sub(r"<[^>]+>", " ", html).replace("\xa0", " ")
    return re.sub(r"\s+", " ", unescape(words))


def board(client, query="", language="nb") -> str:
    answer = client.get(BOARD[language] + query)
    assert answer.status_code == 200
    return text_of(answer)


@pytest.fixture
def rows(empty, clock):
    kindergarten = todays_measure(1)
    kindergarten.audiences.set(Audience.objects.filter(code="kindergarten"))
    owner = todays_measure(2, action="partnerships")
    owner.audiences.set(Audience.objects.filter(code="owner"))
    mobility = make_call(measures=[kindergarten], title_nb="Reisemidler 2027")
    partners = make_call("partnerships", measures=[owner], title_nb="Samarbeidsmidler 2027")
    known = make_deadline(mobility, day=date(2026, 12, 7))
    expected = make_deadline(partners, first_day=date(2027, 3, 1), last_day=date(2027, 3, 7))
    return known, expected


def test_the_next_stand_first_with_what_is_left(client, rows):
    shown = board(client)
    assert shown.index("Reisemidler 2027") < shown.index("Samarbeidsmidler 2027")
    assert "7. desember 2026 kl. 12.00" in shown
    assert "om 12 dager" in shown


def test_what_is_expected_is_called_so_and_says_why(client, rows):
    shown = board(client)
    part = shown[shown.index("Samarbeidsmidler 2027") :]
    assert "Ventet den første uken i mars 2027" in part
    assert "Dagen er ikke bekreftet. Slik var det før nb" in part


@pytest.mark.parametrize("language", BOARD)
def test_each_language_has_its_board(client, rows, language):
    words = {"nb": "om 12 dager", "nn": "om 12 dagar", "en": "in 12 days"}
    assert words[language] in board(client, language=language)


def test_what_has_passed_tells_the_next_of_its_kind(client, rows):
    known, _expected = rows
    make_deadline(make_call(year=2026, title_nb="Reisemidler 2026"), day=date(2026, 2, 19))
    shown = board(client)
    passed = shown[shown.index("Frister som har gått ut") :]
    assert "Reisemidler 2026 : 19. februar 2026 kl. 12.00 ." in passed
    assert "Den neste er 7. desember 2026 kl. 12.00." in passed
    known.delete()
    assert "Den neste er ikke kjent ennå." in board(client)


def test_a_moved_deadline_tells_from_where_and_why(client, rows):
    known, _expected = rows
    known.day, known.note_nb = date(2026, 12, 9), "Portalen var nede."
    known.save()
    shown = board(client)
    moved = "Flyttet fra 7. desember 2026 kl. 12.00 til 9. desember 2026 kl. 12.00."
    assert shown.count(moved) == 2, "at the deadline and in the change log"
    assert "Portalen var nede." in shown
    assert "om 14 dager" in shown


def test_a_cancelled_one_is_shown_as_such_and_leads_to_no_plan(client, rows):
    known, _expected = rows
    known.is_cancelled = True
    known.save()
    shown = board(client)
    card = shown[shown.index("Reisemidler 2027") : shown.index("Samarbeidsmidler 2027")]
    assert "Avlyst 7. desember 2026" in card
    assert "Lag en plan" not in card


# --- Choosing ------------------------------------------------------------------------------


def upcoming(client, query) -> str:
    shown = board(client, query)
    return shown[shown.index("Neste frister") : shown.index("I din egen kalender")]


@pytest.mark.parametrize(
    ("query", "there", "gone"),
    [
        ("?hvem=kindergarten", "Reisemidler", "Samarbeidsmidler"),
        ("?hvem=owner", "Samarbeidsmidler", "Reisemidler"),
        ("?tiltak=today-1", "Reisemidler", "Samarbeidsmidler"),
        ("?tiltak=partnerships", "Samarbeidsmidler", "Reisemidler"),
        ("?hvem=owner&tiltak=today-2", "Samarbeidsmidler", "Reisemidler"),
    ],
)
def test_one_sees_only_what_one_asks_for(client, rows, query, there, gone):
    shown = upcoming(client, query)
    assert there in shown
    assert gone not in shown


def test_an_impossible_pair_helps_on(client, rows):
    shown = board(client, "?hvem=kindergarten&tiltak=today-2")
    assert "Ingen frist er kjent her akkurat nå. Se alle frister" in shown
    assert "erasmuspluss.no" in shown


def test_a_board_without_deadlines_says_where_dates_will_stand(client, empty):
    shown = board(client)
    assert "Ingen frist er kjent her akkurat nå." in shown
    assert "erasmuspluss.no" in shown
    assert "Følg" in shown, "who follows now is told when the first one comes"


def test_the_choice_stands_in_the_form(client, rows):
    html = client.get(BOARD["nb"] + "?hvem=owner&tiltak=today-2").content.decode()
    assert '<option value="owner" selected>' in html
    assert '<option value="today-2" selected>' in html


HOSTILE = [
    "?hvem=ingen",
    "?tiltak=%00",
    "?tiltak=mobilitet%00&hvem=%ff",
    "?hvem=" + "a" * 10_000,
    "?hvem=owner&hvem=%3Csvg%20onload%3Dhostile%3E",
    "?tiltak='%20OR%201=1%20--",
    "?hvem=&tiltak=" + "9" * 4_000,
]


@pytest.mark.parametrize("query", HOSTILE)
def test_a_made_up_choice_gets_a_page_with_all_deadlines(client, rows, query):
    answer = client.get(BOARD["nb"] + query)
    assert answer.status_code == 200
    assert "Reisemidler" in text_of(answer)
    assert "Vi kjente ikke igjen valget" in text_of(answer)
    assert "onload=hostile>" not in answer.content.decode()


def test_a_site_without_deadlines_says_so(client, empty, clock):
    shown = board(client)
    assert "Ingen frist er kjent her akkurat nå." in shown
    assert "Frister som har gått ut" not in shown
    assert client.get("/frister/alle.ics").status_code == 200
    assert client.get("/frister/nytt.xml").status_code == 404
    assert client.get("/").status_code == 200


def test_the_board_is_in_markdown_too(client, rows):
    text = client.get("/frister/index.md").content.decode().replace("\xa0", " ")
    assert "### Reisemidler 2027\n\n7. desember 2026 kl. 12.00, om 12 dager\n" in text
    assert "/frister/kindergarten.ics" in text


# --- Elsewhere -----------------------------------------------------------------------------


def test_home_tells_the_next_ones(client, rows):
    shown = text_of(client.get("/"))
    assert "Reisemidler 2027 : 7. desember 2026 kl. 12.00 (om 12 dager)" in shown
    assert "Samarbeidsmidler 2027 : Ventet den første uken i mars 2027" in shown


def test_a_measure_tells_its_own(client, rows):
    measure = todays_measure(3)
    page = client.get(measure.get_absolute_url())
    assert "Neste frist Ikke kjent ennå." in text_of(page)
    rows[0].call.measures.add(measure)
    page = text_of(client.get(measure.get_absolute_url()))
    assert "Neste frist 7. desember 2026 kl. 12.00 (om 12 dager)" in page
    assert "Lag en plan" in page


def test_a_measure_of_the_past_waits_for_nothing(client, db):
    page = client.get("/for-skole-og-barnehage/mobilitet/hospitering-i-europa/")
    assert "Neste frist" not in text_of(page)


# --- What machines are told ----------------------------------------------------------------


def test_what_is_known_is_told_in_schema_orgs_terms(client, rows):
    html = client.get(BOARD["nb"]).content.decode()
    (block,) = Head(html).data
    assert vocabulary.faults(block) == []
    told = Head(html).told("ItemList")
    (item,) = told["itemListElement"]
    assert item["item"]["availabilityEnds"] == "2026-12-07T12:00:00+01:00"
    assert "Samarbeidsmidler" not in str(told), "what is only expected has no day to tell"


FEEDS = {"nb": "/frister/nytt.xml", "nn": "/nn/fristar/nytt.xml", "en": "/en/deadlines/news.xml"}


def feed(client, language="nb"):
    answer = client.get(FEEDS[language])
    headers = {"content-type": answer["Content-Type"]}
    found = feedparser.parse(answer.content, response_headers=headers)
    assert not found.bozo
    return found


def test_the_feed_tells_of_each_deadline_and_of_each_change(client, rows, clock):
    known, _expected = rows
    assert len(feed(client).entries) == 2
    clock(NOW + timedelta(days=1))
    known.day, known.note_nb = date(2026, 12, 9), "Portalen var nede."
    known.save()
    found = feed(client)
    assert len(found.entries) == 3
    change = next(e for e in found.entries if "Flyttet fra" in e.title)
    assert "Portalen var nede." in change.summary
    assert "9. desember 2026" in found.entries[0].title.replace("\xa0", " ")
    told = datetime(*found.feed.updated_parsed[:6], tzinfo=UTC)
    assert told == known.revised_at.replace(microsecond=0)


def test_what_was_moved_long_ago_on_an_unknown_day_is_no_news(client, db):
    titles = [entry.title for entry in feed(client).entries]
    assert titles
    assert not any("Flyttet fra" in title for title in titles)


def test_what_was_over_when_it_was_entered_is_no_news(client, rows):
    """Whoever begins to follow would be told of deadlines of years ago, as if they were new."""
    make_deadline(make_call(year=2020, title_nb="Reisemidler 2020"), day=date(2020, 2, 11))
    titles = [entry.title for entry in feed(client).entries]
    assert len(titles) == 2
    assert not any("2020" in title for title in titles)
    Deadline.objects.filter(call__year=2027).delete()
    assert any("2020" in entry.title for entry in feed(client).entries), "an empty feed is none"


def test_no_two_languages_share_an_entry(client, rows):
    names = [entry.id for language in FEEDS for entry in feed(client, language).entries]
    assert len(names) == len(set(names))
    assert len({feed(client, language).feed.id for language in FEEDS}) == 3


# --- What it costs -------------------------------------------------------------------------


def queries_of(client, url) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


@pytest.mark.parametrize(
    ("url", "most"),
    [("/frister/", 9), ("/frister/alle.ics", 4), ("/frister/nytt.xml", 4), ("/", 7)],
)
def test_more_deadlines_cost_no_more_queries(client, rows, url, most):
    before = queries_of(client, url)
    assert before <= most
    call = rows[0].call
    for number in range(30):
        make_deadline(call, day=date(2027, 1, 1) + timedelta(days=number), time=time(17))
    assert queries_of(client, url) == before


def test_a_measures_page_costs_no_more_with_its_deadline(client, rows):
    """Six queries at most, and the deadline comes along with the measure."""
    measure = rows[0].call.measures.get()
    with_deadline = queries_of(client, measure.get_absolute_url())
    Deadline.objects.all().delete()
    assert queries_of(client, measure.get_absolute_url()) == with_deadline <= 6
