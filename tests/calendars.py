"""Calendar files as two programs understand them, neither of which wrote the other's answer."""

import json
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

from icalendar import Calendar

from tests.services import NPM_PACKAGES, missing, npm_file


def read(text: bytes) -> list[dict]:
    """Return the events as icalendar reads them."""
    return [
        {
            "uid": str(event["uid"]),
            "sequence": int(event["sequence"]),
            "summary": str(event["summary"]),
            "status": str(event["status"]),
            "start": _start(event.decoded("dtstart")),
            "is_days": not isinstance(event.decoded("dtstart"), datetime),
        }
        for event in Calendar.from_ical(text).walk("VEVENT")
    ]


def read_by_another(text: bytes) -> dict:
    """Return the calendar as ical.js reads it."""
    node = shutil.which("node")
    if node is None:
        missing("node", "apt-get install nodejs")
    npm_file("ical.js/package.json")
    script = Path(__file__).parent / "read_calendar.mjs"
    command = [str(node), str(script), f"{NPM_PACKAGES.parent}/"]
    done = subprocess.run(command, input=text, capture_output=True, check=True)
    return json.loads(done.stdout)


def _start(start) -> str:
    if isinstance(start, datetime):
        return start.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    return start.isoformat()


def agreed(text: bytes) -> list[dict]:
    """Return the events, once both have read the same."""
    one, another = read(text), read_by_another(text)["events"]
    seen = [
        {
            **{name: event[name] for name in ("uid", "sequence", "summary", "status", "start")},
            "is_days": event["isDays"],
        }
        for event in another
    ]
    assert one == seen
    return one
