"""Two editors in one record: what either has written is never lost without a word."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from pages import due, publishing, snapshots
from pages.admin.desk import DeskAdmin
from pages.models import Collage, CollageImage, Draft, Image, Revision, Section
from tests.factories import make_page
from tests.pages.test_desk import admin_url, filled, send, writer_client  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


@pytest.fixture
def live_page():
    page = make_page("Reisebrev", lead_nb="Kort om turen.")
    Section.objects.create(page=page, position=1, heading_nb="Først")
    Section.objects.create(page=page, position=2, heading_nb="Sist")
    return page


def test_a_save_that_comes_while_another_is_written_waits_and_is_refused(
    editor_client, live_page, monkeypatch
):
    """Both had looked before either saved: without taking turns the first would be gone."""
    form = editor_client.get(admin_url(live_page))
    take_turn = DeskAdmin._take_turn

    def other_first(self, record):
        type(record).objects.filter(pk=record.pk).update(lead_nb="Den andres tekst.")
        take_turn(self, record)

    monkeypatch.setattr(DeskAdmin, "_take_turn", other_first)
    answer = editor_client.post(
        admin_url(live_page), filled(form, "_publish", lead_nb="Min tekst.")
    )
    assert answer.status_code == 200
    assert "Den andres tekst." in answer.content.decode()
    assert "Min tekst." in answer.content.decode()
    live_page.refresh_from_db()
    assert live_page.lead_nb == "Den andres tekst."


def test_what_is_written_in_a_section_that_another_deletes_is_not_lost(editor_client, live_page):
    form = editor_client.get(admin_url(live_page))
    gone = live_page.sections.first()
    written = {"sections-0-heading_nb": "Skrevet mens den ble slettet"}
    assert filled(form)["sections-0-id"] == gone.pk
    send(editor_client, live_page, "_publish", **{"sections-0-DELETE": "on"})
    assert live_page.sections.count() == 1
    refused = editor_client.post(admin_url(live_page), filled(form, "_publish", **written))
    text = refused.content.decode()
    assert refused.status_code == 200
    assert "Ikke lagret" in text
    assert written["sections-0-heading_nb"] in text
    assert "Velg et gyldig" not in text
    assert live_page.sections.count() == 1, "refused means that nothing was changed"
    again = editor_client.post(admin_url(live_page), filled(refused, "_publish", **written))
    assert again.status_code == 302
    headings = list(live_page.sections.order_by("position").values_list("heading_nb", flat=True))
    assert headings == [written["sections-0-heading_nb"], "Sist"]


def test_a_row_of_a_collage_that_another_deletes_is_not_lost(editor_client):
    collage = Collage.objects.first()
    form = editor_client.get(admin_url(collage))
    CollageImage.objects.filter(collage=collage).last().delete()
    refused = editor_client.post(admin_url(collage), filled(form, "_publish", title_nb="Nytt navn"))
    assert refused.status_code == 200
    assert "Ikke lagret" in refused.content.decode()


def test_a_row_of_another_record_is_never_taken(editor_client, live_page):
    """A forged key must not move somebody else's section here."""
    other = Section.objects.create(page=make_page("En annen"), position=1, heading_nb="Ikke din")
    form = editor_client.get(admin_url(live_page))
    forged = filled(form, "_publish", **{"sections-0-id": str(other.pk)})
    editor_client.post(admin_url(live_page), forged)
    other.refresh_from_db()
    assert (other.heading_nb, other.page_id != live_page.pk) == ("Ikke din", True)
    assert live_page.sections.count() == 2


@pytest.mark.parametrize("key", ["9" * 30, "-", "x", "1e3", ""])
def test_a_forged_key_is_no_server_error(editor_client, live_page, key):
    form = editor_client.get(admin_url(live_page))
    forged = filled(form, "_publish", **{"sections-0-id": key})
    assert editor_client.post(admin_url(live_page), forged).status_code in (200, 302)
    assert live_page.sections.count() >= 2


def test_a_picture_keeps_the_focal_point_that_another_has_set(editor_client):
    """It is seen at once and stands in no draft: an old form must not set it back."""
    image = Image.objects.first()
    form = editor_client.get(admin_url(image))
    Image.objects.filter(pk=image.pk).update(focal_x=0.25, focal_y=0.75)
    answer = editor_client.post(
        admin_url(image), filled(form, "_publish", caption_nb="En annen tekst")
    )
    assert answer.status_code == 302, answer.content.decode()[:3000]
    image.refresh_from_db()
    assert (image.caption_nb, image.focal_x, image.focal_y) == ("En annen tekst", 0.25, 0.75)


def test_a_day_of_review_that_another_has_set_stays(editor_client, live_page):
    form = editor_client.get(admin_url(live_page))
    type(live_page).objects.filter(pk=live_page.pk).update(review_on=date(2027, 3, 1))
    editor_client.post(admin_url(live_page), filled(form, "_publish", lead_nb="Ny tekst."))
    live_page.refresh_from_db()
    assert (live_page.lead_nb, live_page.review_on) == ("Ny tekst.", date(2027, 3, 1))


def test_a_draft_that_gives_way_to_an_old_version_stays_in_the_history(editor_client, live_page):
    send(editor_client, live_page, "_publish", lead_nb="Andre utgave.")
    send(editor_client, live_page, "_draft", lead_nb="Et utkast noen arbeider med.")
    old = Revision.objects.of(live_page).order_by("made_at").first()
    publishing.restore(old, None)
    draft = Draft.objects.of(live_page).get()
    assert draft.snapshot["fields"]["lead_nb"] == "Kort om turen."
    kept = Revision.objects.of(live_page).filter(kind=Revision.Kind.DISCARDED).get()
    assert kept.snapshot["fields"]["lead_nb"] == "Et utkast noen arbeider med."


def test_a_draft_saved_over_a_plan_says_that_the_plan_is_cancelled(
    editor_client, live_page, django_user_model
):
    live = snapshots.take(live_page)
    changed = {**live, "fields": {**live["fields"], "lead_nb": "Planlagt."}}
    moment = timezone.now() + timedelta(days=2)
    publishing.keep_draft(live_page, live, changed, None, publish_at=moment)
    form = editor_client.get(admin_url(live_page))
    answer = editor_client.post(
        admin_url(live_page), filled(form, "_draft", lead_nb="Enda et annet."), follow=True
    )
    assert "planen er avlyst" in answer.content.decode()
    assert Draft.objects.of(live_page).get().publish_at is None


def test_a_plan_that_breaks_takes_no_page_down(client, live_page, monkeypatch):
    """Every visitor's request comes by it."""
    live = snapshots.take(live_page)
    broken = {**live, "fields": {**live["fields"], "parent": "ikke en nøkkel"}}
    publishing.keep_draft(live_page, live, broken, None, publish_at=timezone.now())
    monkeypatch.setattr(due, "_next_look", 0.0)
    assert client.get(live_page.get_absolute_url()).status_code == 200
    assert Draft.objects.of(live_page).get().fault
