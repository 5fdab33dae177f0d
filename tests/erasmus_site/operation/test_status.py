"""What an operator is told, and when a thing is marked."""

import os
import time
from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone, translation

from erasmus_site.operation import status as module
from pages.models import Draft, Link, Page
from programmes.models import Measure
from tests.command import manage

HOURS = 3600


def told(name: str) -> module.Told:
    with translation.override("en"):
        return module._LOOKS[name]()


def test_a_seeded_site_is_told_on_one_screen(running):
    lines = running.site.manage("status").splitlines()
    assert len(lines) <= 24 and max(map(len, lines)) <= 100
    text = "\n".join(lines)
    for words in ("SQLite 3.", "Django 5.2", "all applied", "measures 29", "main actions 3"):
        assert words in text
    assert "! backup        none has been made" in lines
    figures = running.status()
    assert figures["published"]["facts"]["measures"] == 29
    assert figures["storage"]["facts"]["files"] > 0
    assert figures["migrations"] == {
        **{"words": "all applied", "facts": {"pending": 0}, "needs_hand": False}
    }


def test_an_empty_site_is_told_too(tmp_path):
    """It is the first thing to ask when nothing works."""
    answer = manage(tmp_path, "status")
    assert answer.returncode == 0
    assert "not applied: run `manage.py prepare`." in answer.stdout
    assert len(answer.stdout.splitlines()) <= 24
    assert "Traceback" not in answer.stderr
    assert manage(tmp_path, "status", "--strict").returncode == 1
    manage(tmp_path, "migrate", "-v", "0")
    answer = manage(tmp_path, "status")
    assert "  published     none" in answer.stdout
    assert "not known" not in answer.stdout.lower()


def test_backups_are_told_by_their_age(settings, tmp_path):
    settings.BACKUP_DIR = tmp_path
    assert told("backup").needs_hand
    for name, hours in (("erasmus-gammel.zip", 50), ("erasmus-ny.zip", 3), ("annet.txt", 0)):
        (tmp_path / name).write_text("x")
        os.utime(tmp_path / name, (time.time() - hours * HOURS,) * 2)
    assert told("backup").words == "erasmus-ny.zip, 3 hours old"
    assert not told("backup").needs_hand
    os.utime(tmp_path / "erasmus-ny.zip", (time.time() - 37 * HOURS,) * 2)
    assert told("backup").needs_hand


def test_a_full_disk_is_told_before_it_is_full(monkeypatch):
    assert not told("disk").needs_hand or told("disk").facts["free_bytes"] < module.LEAST_FREE
    monkeypatch.setattr(module, "LEAST_FREE", told("disk").facts["free_bytes"] * 2)
    assert told("disk").needs_hand


def test_what_is_planned_and_what_has_failed(db):
    assert told("planned").words == "none"
    soon = timezone.now() + timedelta(hours=1)
    measure = Measure.objects.first()
    Measure.objects.filter(pk=measure.pk).update(withdraw_at=soon + timedelta(hours=1))
    kind = ContentType.objects.get_for_model(Measure)
    draft = Draft.objects.create(
        **{"content_type": kind, "object_id": measure.pk, "base": {}, "snapshot": {}},
        publish_at=soon,
    )
    moment = timezone.localtime(soon)
    assert told("planned").words == f"2 changes, the next at {moment:%Y-%m-%d %H:%M}"
    assert not told("planned").needs_hand
    draft.publish_at, draft.fault = timezone.now() - timedelta(hours=1), "slug is taken"
    draft.save()
    assert told("planned").facts["failed"] == 1
    assert told("planned").needs_hand
    assert told("drafts").facts == {"number": 1}


def test_dead_links_and_outdated_translations(db):
    assert not told("dead links").needs_hand
    Link.objects.create(address="https://borte.no/", is_dead=True)
    assert told("dead links").words == "1 elsewhere"
    assert told("dead links").needs_hand
    before = told("translations").facts["nn"]["outdated"]
    page = Page.objects.get(route="home")
    page.lead_nb = "En ny ingress som ingen har oversatt."
    page.save()
    assert told("translations").facts["nn"]["outdated"] == before + 1


def test_what_nobody_sees_is_counted_apart(db):
    Measure.objects.filter(pk=Measure.objects.first().pk).update(publish_at=None)
    assert told("published").facts["measures"] == Measure.objects.count() - 1
    assert told("not published").words == "measures 1"
