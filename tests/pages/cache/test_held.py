"""A page that shows how long it is until something holds until its words change, and no other page with it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from pages.cache import moments, wsgi
from programmes.models import Call, Deadline
from tests.factories import make_page
from tests.programmes.tools.conftest import make_call, make_deadline, todays_measure

BOARD, ABOUT = "/frister/", "/om-nettstedet/"
EVENING = datetime(2027, 2, 10, 21, 0, tzinfo=UTC)  # 22.00 in Norway
MIDNIGHT = datetime(2027, 2, 10, 23, 0, tzinfo=UTC)
NOON = datetime(2027, 2, 12, 11, 0, tzinfo=UTC)


@pytest.fixture
def clock(monkeypatch):
    def set_to(moment: datetime) -> None:
        monkeypatch.setattr(timezone, "now", lambda: moment)
        monkeypatch.setattr(wsgi, "time", moment.timestamp)

    set_to(EVENING)
    return set_to


@pytest.fixture
def deadline(db, clock):
    Deadline.objects.all().delete()
    Call.objects.all().delete()
    measure = todays_measure()
    return make_deadline(make_call(measures=[measure]), day=NOON.date())


def text(visitor, path) -> str:
    return visitor.get(path).text.replace("\xa0", " ")


def test_the_words_change_at_midnight_and_at_the_hour_itself(visitor, deadline, clock):
    """A stored page would say «in 2 days» on the day itself."""
    assert "om 2 dager" in text(visitor, BOARD)
    for moment, words in [
        (MIDNIGHT - timedelta(seconds=1), "om 2 dager"),
        (MIDNIGHT, "i morgen kl. 12.00"),
        (MIDNIGHT + timedelta(days=1), "i dag kl. 12.00"),
        (NOON - timedelta(seconds=1), "i dag kl. 12.00"),
        (NOON, "Frister som har gått ut"),
    ]:
        clock(moment)
        assert words in text(visitor, BOARD), moment
    assert visitor.rendered == [BOARD] * 4


@pytest.mark.parametrize("path", ["/", "/frister/index.md"])
def test_so_do_the_other_pages_that_tell_of_it(visitor, deadline, clock, path):
    measure = deadline.call.measures.get().get_absolute_url()
    for address in (path, measure):
        clock(EVENING)
        assert "om 2 dager" in text(visitor, address)
        clock(MIDNIGHT)
        assert "i morgen kl. 12.00" in text(visitor, address)


def test_no_other_page_is_asked_for_anew(visitor, deadline, clock):
    """All pages would be rendered again each night for the sake of a few."""
    for path in (BOARD, ABOUT):
        visitor.get(path)
    clock(MIDNIGHT)
    for path in (BOARD, ABOUT):
        visitor.get(path)
    assert visitor.rendered == [BOARD, ABOUT, BOARD]


def test_a_cache_in_front_keeps_it_no_longer_either(visitor, deadline, clock, settings):
    settings.CDN_SECONDS = 86_400
    clock(MIDNIGHT - timedelta(seconds=90))
    assert "s-maxage=90," in visitor.get(BOARD).headers["Cache-Control"]
    assert "s-maxage=86400," in visitor.get(ABOUT).headers["Cache-Control"]


def test_what_is_told_to_the_page_cache_is_told_to_nobody_else(visitor, deadline):
    names = {name.lower() for name in visitor.get(BOARD).headers}
    assert not {name for name in names if "held" in name or "until" in name}


def test_an_answer_past_the_page_cache_tells_the_same(client, deadline, settings):
    """As while the page cache cannot keep anything: what stands in front must not be misled."""
    settings.CDN_SECONDS = 86_400
    # Two hours until midnight.
    assert "s-maxage=7200," in client.get(BOARD)["Cache-Control"]


def test_a_page_with_a_plan_holds_until_the_moment_when_it_is_published(visitor, deadline, clock):
    make_page(publish_at=EVENING + timedelta(minutes=5))
    visitor.get(BOARD)
    clock(EVENING + timedelta(minutes=6))
    visitor.get(BOARD)
    assert visitor.rendered == [BOARD, BOARD], "the first of the two moments counts"


def test_the_first_moment_counts():
    class Request:
        pass

    request = Request()
    for moment in (None, NOON, MIDNIGHT, None, NOON):
        moments.hold(request, moment)
    assert moments.held_until(request) == MIDNIGHT
    assert moments.held_until(Request()) is None
    assert moments.first_of(None, NOON, MIDNIGHT) == MIDNIGHT
    assert moments.first_of(None, None) is None
