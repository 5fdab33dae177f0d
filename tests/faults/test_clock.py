"""The machine's clock is set back an hour, or forward a day, while the site serves."""

import time
from pathlib import Path

import pytest

from tests.faults.conftest import editor_at, form_of_about
from tests.faults.load import Editor, ask
from tests.services import missing

PAGE = "/om-nettstedet/"
HOUR, DAY = 3600, 24 * 3600
# Pages that have been there for a while, and one that is published in half an hour.
PLANNED = """
from datetime import timedelta
from django.utils import timezone
from pages.models import Page
Page.objects.exclude(publish_at=None).update(publish_at=timezone.now() - timedelta(days=9))
titles = {f"title_{language}": "Planlagt" for language in ("nb", "nn", "en")}
Page.objects.create(**titles, publish_at=timezone.now() + timedelta(minutes=30))
"""

# Python sleeps until a moment of the clock that is not moved, which libfaketime 0.9 moves all the same.
SLEEPING = """
import select, time
time.sleep = lambda seconds: select.select([], [], [], seconds) and None
"""


class Clock:
    """The clock that the site's processes see, moved while they run."""

    def __init__(self, folder: Path):
        libraries = sorted(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))
        if not libraries:
            missing("libfaketime", "apt-get install faketime")
        self._file = folder / "clock"
        (folder / "sitecustomize.py").write_text(SLEEPING)
        self.set(0)
        self.settings = {
            "LD_PRELOAD": str(libraries[0]),
            "FAKETIME_TIMESTAMP_FILE": str(self._file),
            "FAKETIME_NO_CACHE": "1",
            # These do not follow when a clock is set.
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "NO_FAKE_STAT": "1",
            "PYTHONPATH": str(folder),
        }

    def set(self, seconds: int) -> None:
        # In one step: half a line would be another time.
        new = self._file.with_suffix(".new")
        new.write_text(f"{seconds:+d}")
        new.replace(self._file)


@pytest.fixture
def clock(site, tmp_path) -> Clock:
    clock = Clock(tmp_path)
    site.environment.update(clock.settings)
    return clock


def told_at(origin: str) -> float:
    """What the site says the time is, so that no test passes since the clock was never moved."""
    date = ask(origin, PAGE).headers["date"]
    return time.mktime(time.strptime(date, "%a, %d %b %Y %H:%M:%S %Z")) - time.timezone


def test_pages_sessions_and_plans_are_right_whatever_the_clock_is_set_to(
    clock, site, serve, record_property
):
    origin = site.origin
    asked = 0
    site.manage("shell", "-v", "0", "-c", PLANNED)
    with serve(site) as server:
        workers = server.workers
        editor = editor_at(origin)
        key = form_of_about(editor)
        for turn, moved in enumerate((0, -HOUR, 0, DAY, -HOUR, DAY)):
            clock.set(moved)
            assert abs(told_at(origin) - time.time() - moved) < 60
            # What is planned is there once its moment is past, by the clock as it is now.
            assert ask(origin, "/planlagt/").status == (200 if moved == DAY else 404)
            if moved == DAY:
                # A night has passed, and whoever went home is asked anew.
                assert editor.get("/admin/").status == 302
                editor = editor_at(origin)
            assert editor.get("/admin/").status == 200
            # What is saved is what the next visitor sees, and what they have is known to be old.
            had = ask(origin, PAGE)
            lead = f"Ved tur {turn}."
            form = editor.form(key)
            saved = editor.send(key, form | {"lead_nb": lead, "_publish": "x"})
            assert saved.status == 302, saved.text
            known = {"If_None_Match": had.headers["etag"]}
            if "last-modified" in had.headers:
                known = {"If_Modified_Since": had.headers["last-modified"]}
            answer = ask(origin, PAGE, **known)
            assert (answer.status, lead in answer.text) == (200, True)
            again = ask(origin, PAGE, If_None_Match=answer.headers["etag"])
            assert again.status == 304
            asked += 10
        assert server.workers == workers
    record_property(
        "figure", f"the clock set back an hour and forward a day: {asked} answers, all right"
    )


def test_guessing_is_counted_whatever_the_clock_is_set_to(clock, site, serve):
    """A clock that is set back must not shut everybody out for good, nor one set forward let all try."""
    with serve(site):
        for _try in range(5):
            editor_that_guesses(site.origin)
        assert editor_that_guesses(site.origin) == 429
        clock.set(-HOUR)
        assert editor_that_guesses(site.origin) == 429
        clock.set(DAY)
        assert editor_that_guesses(site.origin) == 200


def editor_that_guesses(origin: str) -> int:
    return Editor(origin).sign_in("gjettet").status
