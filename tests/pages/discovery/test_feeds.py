"""What those who follow the site in a feed reader are told, as a feed reader understands it."""

import xml.etree.ElementTree as ET
from datetime import UTC, datetime, timedelta

import feedparser
import pytest
from django.utils import timezone
from django.utils.html import escape
from hypothesis import given
from hypothesis import strategies as st

from pages.discovery import feeds
from pages.models import Page
from programmes.models import Action, Measure
from tests.factories import make_measure, make_page
from tests.test_head import Head
from tests.test_urls import every_address

pytestmark = pytest.mark.django_db

FEEDS = {"nb": "/nytt.xml", "nn": "/nn/nytt.xml", "en": "/en/news.xml"}
ATOM = "{http://www.w3.org/2005/Atom}"
HOUR = timedelta(hours=1)


def read(client, language="nb"):
    answer = client.get(FEEDS[language])
    assert answer.status_code == 200
    headers = {"content-type": answer["Content-Type"]}
    found = feedparser.parse(answer.content, response_headers=headers)
    assert not found.bozo, found.get("bozo_exception")
    return found


def titles(client, language="nb") -> list[str]:
    return [entry.title for entry in read(client, language).entries]


def set_back(record, **ago) -> None:
    """Say that `record` was last changed, or published, so long ago."""
    moments = {name: timezone.now() - since for name, since in ago.items()}
    type(record).objects.filter(pk=record.pk).update(**moments)


@pytest.mark.parametrize("language", FEEDS)
def test_a_reader_finds_every_page_of_the_language_and_none_of_another(
    client, settings, monkeypatch, language
):
    monkeypatch.setattr(feeds, "LONGEST", 1_000)
    found = read(client, language)
    wanted = {settings.SITE_URL + url for url, code in every_address() if code == language}
    links = {entry.link for entry in found.entries}
    assert links <= wanted
    assert len(links) == min(len(wanted), feeds.LONGEST)
    assert found.feed.language == language
    assert all(entry.title and len(entry.summary) > 20 for entry in found.entries)


@pytest.mark.parametrize("language", FEEDS)
def test_the_feed_is_what_rfc_4287_asks_for(client, settings, language):
    """A reader may refuse what is not, or take old entries for new ones."""
    answer = client.get(FEEDS[language])
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    root = ET.fromstring(answer.content)  # noqa: S314 - our own answer
    assert root.tag == f"{ATOM}feed"
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == language
    for name in ("id", "title", "subtitle", "updated", "icon"):
        assert len(root.findall(ATOM + name)) == 1, name
    own = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
    home = "/" if language == "nb" else f"/{language}/"
    assert own == {
        "self": settings.SITE_URL + FEEDS[language],
        "alternate": settings.SITE_URL + home,
    }
    assert client.get(own["alternate"].removeprefix(settings.SITE_URL)).status_code == 200
    names = []
    for entry in root.findall(f"{ATOM}entry"):
        for name in ("id", "title", "updated", "published", "summary", "link"):
            assert len(entry.findall(ATOM + name)) == 1, name
        names.append(entry.findtext(f"{ATOM}id"))
        begun, changed = moment(entry, "published"), moment(entry, "updated")
        assert begun <= changed <= moment(root, "updated")
    assert len(names) == len(set(names))


def moment(element: ET.Element, name: str) -> datetime:
    """Return a moment, which RFC 3339 wants with its distance from UTC."""
    found = datetime.fromisoformat(element.findtext(ATOM + name) or "")
    assert found.tzinfo is not None
    return found


def test_no_two_feeds_share_an_entry_or_a_name(client):
    """Who follows two languages would be shown one of them only."""
    names = [entry.id for language in FEEDS for entry in read(client, language).entries]
    assert len(names) == len(set(names))
    assert len({read(client, language).feed.id for language in FEEDS}) == 3


def test_the_author_is_who_runs_the_site(client, settings):
    assert read(client).feed.author == "Erasmus+ for skoler og barnehager"
    settings.SITE_OPERATOR = "Åsen & sønner <kommune>"
    assert read(client).feed.author == "Åsen & sønner <kommune>"


def test_the_newest_change_of_any_kind_comes_first(client):
    measure = make_measure()
    page = make_page()
    assert titles(client)[:2] == ["Reisebrev nb", "Tiltak nummer 1 nb"]
    measure.summary_nb = "Noe nytt."
    measure.save()
    found = read(client)
    assert [entry.title for entry in found.entries[:2]] == ["Tiltak nummer 1 nb", "Reisebrev nb"]
    measure.refresh_from_db()
    told = datetime(*found.feed.updated_parsed[:6], tzinfo=UTC)
    assert told == measure.updated_at.replace(microsecond=0)
    moments = [entry.updated for entry in found.entries]
    assert moments == sorted(moments, reverse=True)
    page.delete()
    assert "Reisebrev nb" not in titles(client)


def test_what_was_planned_is_news_when_it_is_seen_and_not_when_it_was_written(client):
    """A page written in March and published in May would be buried among all that came between."""
    page = make_page()
    set_back(page, updated_at=900 * HOUR, publish_at=timedelta(seconds=-30))
    assert "Reisebrev nb" not in titles(client)
    set_back(page, publish_at=timedelta(0))
    assert titles(client)[0] == "Reisebrev nb"


def test_a_measure_is_news_when_its_action_is_published(client):
    for model in (Page, Action, Measure):
        long_ago = timezone.now() - 900 * HOUR
        model.objects.update(updated_at=long_ago, publish_at=long_ago)
    action = Action.objects.get(code="mobility")
    Action.objects.filter(pk=action.pk).update(publish_at=timezone.now())
    measures = list(action.measures.all())
    newest = read(client).entries[: 1 + len(measures)]
    assert {entry.title for entry in newest} == {a.head_title for a in [action, *measures]}
    topics = [entry.tags[0].term for entry in newest if "tags" in entry]
    assert topics == [action.title] * len(measures)


@pytest.mark.parametrize(
    "state",
    [
        {"publish_at": None},
        {"publish_at": timezone.now() + 900 * HOUR},
        {"withdraw_at": timezone.now()},
    ],
)
def test_what_visitors_cannot_see_is_no_news(client, state):
    make_page(**state)
    action = Action.objects.get(code="mobility")
    Action.objects.filter(pk=action.pk).update(**state)
    found = titles(client)
    assert "Reisebrev nb" not in found
    assert not {measure.title for measure in action.measures.all()} & set(found)


def test_staff_is_shown_no_drafts_either(client, editor):
    """Their reader would keep what they were shown, and so would a cache on the way."""
    make_page(publish_at=None)
    client.force_login(editor)
    assert "Reisebrev nb" not in titles(client)


def test_what_is_not_translated_is_in_no_feed_of_that_language(client):
    make_page(languages=("nn",))
    assert titles(client, "nn")[0] == "Reisebrev nn"
    for language in ("nb", "en"):
        assert not [title for title in titles(client, language) if "Reisebrev" in title]


def test_a_language_without_pages_has_no_feed(client):
    for model in (Page, Action, Measure):
        model.objects.update(publish_at=None)
    assert client.get("/en/news.xml").status_code == 404


def test_a_new_title_and_address_make_no_second_entry(client):
    """Everybody who follows the site would be told of the same page again."""
    page = make_page()
    before = read(client).entries[0]
    page.title_nb, page.slug_nb = "Brev fra Roma", "brev-fra-roma"
    page.save()
    after = read(client).entries[0]
    assert (before.id, after.title) == (after.id, "Brev fra Roma")
    assert before.link != after.link
    assert titles(client).count("Brev fra Roma") == 1


def test_the_feed_stays_short(client, monkeypatch):
    monkeypatch.setattr(feeds, "LONGEST", 5)
    newest = [make_page(f"Side {number}") for number in range(7)]
    assert titles(client) == [page.title for page in reversed(newest[2:])]


def test_a_page_that_only_its_sections_describe_costs_no_query_of_its_own(
    client, django_assert_max_num_queries
):
    for number in range(5):
        make_page(f"Side {number}").sections.create(body_nb="<p>Kort.</p>")
    with django_assert_max_num_queries(6):
        assert [entry.summary for entry in read(client).entries[:5]] == ["Kort."] * 5


def test_no_sign_breaks_the_feed(client):
    """One page pasted from a word processor would take the feed from all."""
    make_page("Møte\x0b «R&D» <b>\x00"[:-1], lead_nb="En\x08 to & <tre> ]]>\ufffe.")
    entry = read(client).entries[0]
    assert (entry.title, entry.title_detail.type) == ("Møte «R&D» <b> nb", "text/plain")
    assert entry.summary.startswith("En to & ")


@given(st.text())
def test_whatever_is_written_the_feed_can_be_read(text):
    """Escaped as templates do, what is left of any text is XML, and nothing that may stand is lost."""
    left = feeds._NOT_IN_XML.sub("", text)
    assert ET.fromstring(f"<a>{escape(left)}</a>") is not None  # noqa: S314 - our own text
    assert [sign for sign in text if sign.isalpha()] == [sign for sign in left if sign.isalpha()]


@pytest.mark.parametrize(
    ("url", "language"),
    [
        ("/", "nb"),
        ("/nn/for-skule-og-barnehage/", "nn"),
        ("/en/schools-and-kindergartens/mobility/", "en"),
        ("/en/schools-and-kindergartens/mobility/job-shadowing-in-europe/", "en"),
        ("/nn/tilgjengelegheitserklaering/", "nn"),
        ("/en/nowhere/", "en"),
    ],
)
def test_every_page_tells_of_the_feed_in_its_own_language(client, url, language):
    html = client.get(url).content.decode()
    told = [link for link in Head(html).links if link.get("type") == "application/atom+xml"]
    assert [(link["rel"], link["href"]) for link in told] == [("alternate", FEEDS[language])]
    footer = html.split("<footer")[1]
    assert f'<a href="{FEEDS[language]}" type="application/atom+xml">' in footer


@pytest.mark.parametrize(
    ("language", "words"),
    [("nb", "limer du inn adressen"), ("nn", "limer du inn adressa"), ("en", "paste its address")],
)
def test_who_opens_the_feed_in_a_browser_is_told_what_it_is_for(client, language, words):
    """Browsers show it as it is written."""
    beginning = client.get(FEEDS[language]).content.decode().split("<feed")[0]
    assert words in beginning
