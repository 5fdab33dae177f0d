"""What a load balancer is told, with each part broken for real."""

import os
import signal
import threading
from contextlib import contextmanager
from pathlib import Path

import psycopg

from erasmus_site.operation.health import WELL, Part, Probed, Readiness
from tests.erasmus_site.operation.watching import ask, watched
from tests.services import postgresql, wait_for


def klar(site):
    return ask(f"{site.site.origin}/klar")


def test_a_site_that_can_serve_says_so_to_anybody_who_asks(running):
    """A load balancer knows no host name, speaks no TLS and follows no redirect."""
    for path in ("/helse", "/klar"):
        answer = ask(running.site.origin + path, Host="10.0.0.7")
        assert answer.status == 200
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Robots-Tag"] == "noindex"
        assert "Set-Cookie" not in answer.headers
        head = ask(running.site.origin + path, method="HEAD")
        assert (head.status, head.text) == (200, "")
        assert ask(running.site.origin + path, method="POST").status == 405
    assert klar(running).told["database"] == WELL
    assert set(klar(running).told) == {"database", "migrations", "cache", "storage", "renditions"}


def test_a_picture_without_files_is_told_and_closes_nothing(running):
    answer = klar(running)
    assert answer.status == 200
    assert answer.told["renditions"] == "A picture lacks files: run `manage.py renditions`."


@contextmanager
def moved_away(path: Path):
    away = path.with_name(f"{path.name}-away")
    path.rename(away)
    try:
        yield
    finally:
        away.rename(path)


def test_a_lost_folder_of_pictures_is_told(running):
    with moved_away(running.folder / "media"):
        answer = klar(running)
    assert answer.status == 503
    assert answer.told["storage"].startswith("The folder of the pictures is missing")
    assert str(running.folder) not in answer.text
    assert klar(running).status == 200


def test_a_cache_that_cannot_keep_is_told_and_takes_no_node_away(running):
    """All nodes share it: with it they would all be out of service, and the site is only slower."""
    cache = running.folder / "cache"
    with moved_away(cache):
        cache.write_text("no folder")
        answer = klar(running)
        cache.unlink()
    assert answer.status == 200
    assert answer.told["cache"].endswith("see that it runs, and CACHE_URL.")
    assert klar(running).status == 200


def test_a_migration_that_is_not_applied_is_told(running):
    """A release that is served before its database is ready fails on every page."""
    row = running.change(
        "DELETE FROM django_migrations WHERE id = "
        "(SELECT max(id) FROM django_migrations WHERE app = 'pages') RETURNING *"
    )[0]
    answer = klar(running)
    told = running.status()
    running.change("INSERT INTO django_migrations VALUES (?, ?, ?, ?)", *row)
    assert answer.status == 503
    assert answer.told["migrations"] == "1 not applied: run `manage.py prepare`."
    assert told["migrations"]["words"] == answer.told["migrations"]
    assert told["published"]["words"].startswith("not known")
    assert klar(running).status == 200


def test_a_database_that_hangs_or_is_gone_does_not_take_the_probes_along(tmp_path):
    with postgresql() as address, watched(tmp_path, DATABASE_URL=address) as site:
        assert klar(site).status == 200
        told = site.status()
        assert told["database"]["facts"]["engine"] == "PostgreSQL"
        assert told["database"]["facts"]["bytes"] > 0
        assert told["published"]["facts"]["measures"] == 29
        server = _postmaster(address)
        os.kill(server, signal.SIGSTOP)
        try:
            answer = klar(site)
            assert answer.status == 503
            assert answer.told["database"].startswith("It does not answer")
            assert (answer.told["cache"], answer.told["storage"]) == (WELL, WELL)
            assert ask(f"{site.site.origin}/helse").text == "ok\n"
        finally:
            # What started it, where that is another program, has stopped along with it.
            for process in (server, _parent(server)):
                os.kill(process, signal.SIGCONT)
        wait_for(lambda: klar(site).status == 200, "the site to be ready again")
        # Fast: those who are connected are sent away.
        os.kill(server, signal.SIGINT)
        wait_for(lambda: klar(site).status == 503, "the database to be missed")
        assert "127.0.0.1" not in klar(site).text
        assert ask(f"{site.site.origin}/helse").status == 200
        told = site.status()
        assert told["database"]["needs_hand"] and told["planned"]["words"].startswith("not known")
        why = [line for line in site.lines() if line["logger"] == "erasmus_site.operation.health"]
        assert any("connection" in line["message"] for line in why)


def _postmaster(address: str) -> int:
    with psycopg.connect(address) as connection:
        (folder,) = connection.execute("SHOW data_directory").fetchone()
    return int(Path(folder, "postmaster.pid").read_text().split()[0])


def _parent(process: int) -> int:
    return int(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[1])


def test_a_part_that_hangs_keeps_one_thread_however_often_one_asks():
    release, looks = threading.Event(), []

    def hang() -> str:
        looks.append(1)
        release.wait(60)
        return WELL

    readiness = Readiness([Part("slow", hang, "it hangs")], patience=0.05)
    assert [readiness.outcomes() for _time in range(3)] == [{"slow": "it hangs"}] * 3
    assert len(looks) == 1
    release.set()
    wait_for(lambda: readiness.outcomes() == {"slow": WELL}, "the part to be well again")


def test_what_is_no_probe_goes_on_to_the_site():
    """A page may be called «Helse»."""
    asked = []

    def application(environ, start_response):
        asked.append(environ["PATH_INFO"])
        return []

    for path in ("/", "/helse/", "/nn/helse", "/klar/mer"):
        Probed(application)({"PATH_INFO": path, "REQUEST_METHOD": "GET"}, None)
    assert asked == ["/", "/helse/", "/nn/helse", "/klar/mer"]
