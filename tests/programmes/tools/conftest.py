"""Calls and deadlines of a test's own, at a time of its own."""

from datetime import UTC, datetime

import pytest
from django.utils import timezone

from programmes.models import Call, CallType, Deadline, Measure, Source
from tests.factories import make_measure

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)


@pytest.fixture
def clock(db, monkeypatch):
    """Set the time: `clock(moment)`. It stands still."""

    def set_to(moment: datetime) -> datetime:
        monkeypatch.setattr(timezone, "now", lambda: moment)
        return moment

    set_to(NOW)
    return set_to


@pytest.fixture
def empty(db):
    """A site without any deadline."""
    Deadline.objects.all().delete()
    Call.objects.all().delete()


def words(name: str, text: str) -> dict[str, str]:
    return {f"{name}_{code}": f"{text} {code}" for code in ("nb", "nn", "en")}


def make_call(kind="mobility", year=2027, measures=(), **values) -> Call:
    own = {
        "type": CallType.objects.get(code=kind),
        "year": year,
        **words("title", f"Utlysning {year}"),
    }
    call = Call.objects.create(**{**own, **values})
    call.measures.set(measures)
    return call


def make_deadline(call: Call | None = None, **values) -> Deadline:
    own = {"call": call or make_call(), "source": Source.objects.get(code="pg26")}
    if "first_day" in values:
        own |= {"status": "expected", **words("basis", "Slik var det før")}
    return Deadline.objects.create(**{**own, **values})


def todays_measure(number=1, **values) -> Measure:
    return make_measure(number, period="2021-2027", **{"code": f"today-{number}", **values})
