"""Calendar files, as RFC 5545 has them. Pure: events in, bytes out.

Moments are written in UTC, which every program understands without a description of time zones; what lasts
whole days is written as days.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal
from unicodedata import category

from icalendar import Calendar, Event

PRODUCT = "-//Erasmus+ for schools and kindergartens//Deadlines//EN"
CONTENT_TYPE = "text/calendar; charset=utf-8"
# How often a program that follows a calendar should look.
LOOKS_EVERY = timedelta(hours=12)

Status = Literal["CONFIRMED", "TENTATIVE", "CANCELLED"]


@dataclass(frozen=True)
class Entry:
    """An event. `start` is a moment, or the first of its days, of which `last_day` is the last.

    `uid` names it whatever becomes of it; `sequence` grows when its days or its status are changed, at
    `changed_at`.
    """

    uid: str
    sequence: int
    changed_at: datetime
    start: date
    summary: str
    description: str
    url: str
    last_day: date | None = None
    status: Status = "CONFIRMED"


def calendar(name: str, language: str, entries: Iterable[Entry], source: str = "") -> bytes:
    """Return a calendar. `source` is the address that it can be followed at."""
    made = Calendar()
    made.add("prodid", PRODUCT)
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    # RFC 7986's name, and the one that most programs read.
    made.add("name", name, {"LANGUAGE": language})
    made.add("x-wr-calname", name)
    if source:
        made.add("source", source, {"VALUE": "URI"})
        made.add("refresh-interval", LOOKS_EVERY, {"VALUE": "DURATION"})
        made.add("x-published-ttl", "PT12H")
    for entry in entries:
        made.add_component(_event(entry, language))
    return made.to_ical()


def _event(entry: Entry, language: str) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", entry.changed_at.astimezone(UTC))
    event.add("last-modified", entry.changed_at.astimezone(UTC))
    if isinstance(entry.start, datetime):
        event.add("dtstart", entry.start.astimezone(UTC))
    else:
        event.add("dtstart", entry.start)
        # The day after the last, as the standard counts.
        event.add("dtend", (entry.last_day or entry.start) + timedelta(days=1))
    event.add("summary", _whole(entry.summary), {"LANGUAGE": language})
    if entry.description:
        event.add("description", _whole(entry.description), {"LANGUAGE": language})
    event.add("url", entry.url)
    event.add("status", entry.status)
    # Nobody is busy because a deadline is near.
    event.add("transp", "TRANSPARENT")
    return event


def _whole(text: str) -> str:
    """Without the control characters that no calendar may hold."""
    return "".join(sign for sign in text if sign == "\n" or category(sign) not in ("Cc", "Cs"))
