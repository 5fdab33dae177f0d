"""The editor's desk: a draft is nobody's business but the editors', and no save undoes another."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone

from pages import due, publishing
from pages.models import Collage, Draft, Page, PreviewLink, Revision, Section
from programmes.models import Measure
from tests.factories import make_page
from tests.pages.test_admin import form_data

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


def admin_url(record, name="change") -> str:
    return reverse(f"admin:{record._meta.label_lower.replace('.', '_')}_{name}", args=[record.pk])


def send(client, record, button="_draft", **values):
    """Open the form as a browser does, change `values` and press `button`."""
    response = client.get(admin_url(record))
    return client.post(admin_url(record), filled(response, button, **values))


def filled(response, button="_draft", **values):
    seen = re.search(r'name="seen" value="(\w+)"', response.content.decode())
    data = form_data(response) | {"seen": seen[1] if seen else "", button: "x"} | values
    return {name: value for name, value in data.items() if value is not None}


@pytest.fixture
def live_page():
    page = make_page("Reisebrev", lead_nb="Kort om turen.")
    Section.objects.create(page=page, position=1, heading_nb="Først")
    return page


@pytest.fixture
def writer_client(client, django_user_model):
    """Somebody who may change everything and publish nothing."""
    user = django_user_model.objects.create_user("skribent", is_staff=True)
    names = ["view_page", "add_page", "change_page", "view_section", "add_section"]
    names += ["change_section", "delete_section", "write"]
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    client.force_login(user)
    return client


def test_a_draft_of_a_live_page_is_seen_by_nobody(editor_client, client, live_page):
    answer = send(editor_client, live_page, lead_nb="Ny tekst.")
    assert answer.status_code == 302
    live_page.refresh_from_db()
    assert live_page.lead_nb == "Kort om turen."
    form = editor_client.get(admin_url(live_page)).content.decode()
    assert "Ny tekst." in form, "the next visit to the form goes on with the draft"
    assert Revision.objects.count() == 0


def test_a_draft_is_published_as_it_was(editor_client, live_page):
    send(editor_client, live_page, lead_nb="Ny tekst.")
    send(editor_client, live_page, "_publish", reason="Bedre ord")
    live_page.refresh_from_db()
    assert live_page.lead_nb == "Ny tekst."
    assert Draft.objects.count() == 0
    found, published = Revision.objects.of(live_page).order_by("made_at")
    assert (found.kind, published.kind) == ("found", "published")
    assert published.reason == "Bedre ord" and published.made_by.username == "redaktor"
    assert found.snapshot["fields"]["lead_nb"] == "Kort om turen."


def test_rows_added_changed_and_deleted_in_a_draft(editor_client, live_page):
    doomed = Section.objects.create(page=live_page, position=2, heading_nb="Ut")
    new = {
        "sections-TOTAL_FORMS": "3",
        "sections-2-heading_nb": "Ny del",
        "sections-2-position": "3",
        "sections-0-heading_nb": "Endret",
        "sections-1-DELETE": "on",
    }
    send(editor_client, live_page, **new)
    assert set(live_page.sections.values_list("heading_nb", flat=True)) == {"Først", "Ut"}
    response = editor_client.get(admin_url(live_page))
    assert "Ny del" in response.content.decode()
    again = filled(response, "_draft", lead_nb="To ganger")
    assert editor_client.post(admin_url(live_page), again).status_code == 302, "a draft of a draft"
    send(editor_client, live_page, "_publish")
    live_page.refresh_from_db()
    assert list(live_page.sections.values_list("heading_nb", flat=True)) == ["Endret", "Ny del"]
    assert live_page.lead_nb == "To ganger"
    assert not Section.objects.filter(pk=doomed.pk).exists()
    assert not Section.objects.filter(pk__lt=0).exists()


def test_an_unpublished_page_is_its_own_draft(editor_client):
    page = make_page(publish_at=None)
    send(editor_client, page, lead_nb="Rett inn.")
    page.refresh_from_db()
    assert page.lead_nb == "Rett inn." and page.publish_at is None
    send(editor_client, page, "_publish")
    page.refresh_from_db()
    assert page.is_published


def _moment(moment) -> dict[str, str]:
    local = timezone.localtime(moment)
    return {"show_from_0": f"{local:%Y-%m-%d}", "show_from_1": f"{local:%H:%M:%S}"}


def test_a_change_with_a_moment_is_seen_by_the_first_visitor_after_it(
    editor_client, live_page, monkeypatch, django_user_model
):
    moment = timezone.now() + timedelta(minutes=5)
    send(editor_client, live_page, "_publish", lead_nb="Fra da av.", **_moment(moment))
    assert "Kort om turen." in editor_client.get(live_page.get_absolute_url()).content.decode()
    editor_client.logout()
    monkeypatch.setattr(due, "_next_look", 0.0)
    monkeypatch.setattr(timezone, "now", lambda: moment + timedelta(seconds=1))
    assert "Fra da av." in editor_client.get(live_page.get_absolute_url()).content.decode()


def test_a_plan_can_be_cancelled_and_the_draft_stays(editor_client, live_page):
    moment = timezone.now() + timedelta(days=5)
    send(editor_client, live_page, "_publish", lead_nb="Fra da av.", **_moment(moment))
    assert Draft.objects.get().publish_at is not None
    editor_client.post(admin_url(live_page, "unplan"))
    assert Draft.objects.get().publish_at is None


def test_a_new_page_waits_for_its_moment(editor_client, client):
    page = make_page(publish_at=None)
    send(editor_client, page, "_publish", **_moment(timezone.now() + timedelta(days=1)))
    page.refresh_from_db()
    assert not page.is_published and page.publish_at > timezone.now()


@pytest.mark.parametrize(("day", "hour"), [("2027-03-28", "02:30:00"), ("2026-10-25", "02:30:00")])
def test_an_hour_that_the_clocks_skip_or_repeat_is_refused_in_words(
    editor_client, live_page, day, hour
):
    answer = send(editor_client, live_page, "_publish", show_from_0=day, show_from_1=hour)
    assert "Klokken stilles den natten" in answer.content.decode()


def test_the_second_of_two_saves_is_refused_with_both_texts(editor_client, live_page):
    first = editor_client.get(admin_url(live_page))
    second = editor_client.get(admin_url(live_page))
    editor_client.post(admin_url(live_page), filled(first, "_publish", lead_nb="Kari skrev dette."))
    answer = editor_client.post(
        admin_url(live_page), filled(second, "_publish", lead_nb="Ola skrev dette.")
    )
    html = answer.content.decode()
    assert answer.status_code == 200
    assert "Kari" in html and 'value="' in html
    assert "Ola skrev dette." in answer.context_data["adminform"].form["lead_nb"].value()
    live_page.refresh_from_db()
    assert live_page.lead_nb == "Kari skrev dette."
    final = editor_client.post(
        admin_url(live_page), filled(answer, "_publish", lead_nb="Ola og Kari skrev dette.")
    )
    assert final.status_code == 302
    live_page.refresh_from_db()
    assert live_page.lead_nb == "Ola og Kari skrev dette."


def test_two_who_wrote_the_same_are_not_troubled(editor_client, live_page):
    first = editor_client.get(admin_url(live_page))
    editor_client.post(admin_url(live_page), filled(first, "_publish", lead_nb="Likt."))
    again = editor_client.post(admin_url(live_page), filled(first, "_publish", lead_nb="Likt."))
    assert again.status_code == 302


def test_a_dragged_list_is_no_conflict_and_is_not_dragged_back(editor_client, live_page):
    opened = editor_client.get(admin_url(live_page))
    shown = {"initial-position": str(live_page.position)}
    Page.objects.filter(pk=live_page.pk).update(position=777)
    data = filled(opened, "_publish", lead_nb="Ny.") | shown
    assert editor_client.post(admin_url(live_page), data).status_code == 302
    live_page.refresh_from_db()
    assert (live_page.lead_nb, live_page.position) == ("Ny.", 777)


def test_a_writer_cannot_publish_by_any_button(writer_client, live_page):
    response = writer_client.get(admin_url(live_page))
    assert 'name="_publish"' not in response.content.decode()
    forged = writer_client.post(admin_url(live_page), filled(response, "_publish", lead_nb="X"))
    assert forged.status_code == 403
    plain = writer_client.post(admin_url(live_page), filled(response, "_save", lead_nb="Y"))
    assert plain.status_code == 302
    live_page.refresh_from_db()
    assert live_page.lead_nb == "Kort om turen."
    assert Draft.objects.get().snapshot["fields"]["lead_nb"] == "Y"
    for door in ("withdraw", "unplan"):
        assert writer_client.post(admin_url(live_page, door)).status_code == 403
    live_page.refresh_from_db()
    assert live_page.is_published


def test_a_plan_is_not_kept_when_a_draft_is_only_saved(writer_client, live_page):
    """A moment typed by somebody who may not publish must not publish."""
    moment = timezone.now() + timedelta(days=1)
    send(writer_client, live_page, lead_nb="Ny.", **_moment(moment))
    assert Draft.objects.get().publish_at is None


def test_withdrawn_at_once_and_nothing_is_deleted(editor_client, live_page):
    editor_client.post(admin_url(live_page, "withdraw"))
    url = live_page.get_absolute_url()
    editor_client.logout()
    assert editor_client.get(url).status_code == 410
    assert Page.objects.filter(pk=live_page.pk).exists()


def test_a_colleague_without_an_account_sees_the_draft_by_a_link(editor_client, client, live_page):
    answer = send(editor_client, live_page, "_preview", lead_nb="Til gjennomsyn.")
    address = answer["Location"]
    editor_client.logout()
    frame = client.get(address)
    assert frame.status_code == 200
    assert frame["X-Robots-Tag"] == "noindex, nofollow" and "no-store" in frame["Cache-Control"]
    page = client.get(f"{address}nb/")
    assert "Til gjennomsyn." in page.content.decode()
    assert page["X-Frame-Options"] == "SAMEORIGIN"
    assert "Reisebrev nn" in client.get(f"{address}nn/").content.decode()
    live_page.refresh_from_db()
    assert live_page.lead_nb == "Kort om turen."


def test_a_link_stops_working_when_it_is_revoked_forged_or_old(editor_client, client, live_page):
    send(editor_client, live_page, "_preview", lead_nb="Til gjennomsyn.")
    link = PreviewLink.objects.get()
    address = link.get_absolute_url()
    forged = address.replace(f"/{link.pk}:", f"/{link.pk + 1}:")
    assert client.get(forged).status_code == 404
    PreviewLink.objects.update(expires_at=timezone.now())
    assert client.get(address).status_code == 404
    PreviewLink.objects.update(expires_at=timezone.now() + timedelta(days=1))
    assert client.get(address).status_code == 200
    editor_client.post(admin_url(live_page, "unshare"))
    assert client.get(address).status_code == 404


def test_a_collage_is_drafted_and_previewed_too(editor_client, client):
    collage = Collage.objects.first()
    send(editor_client, collage, title_nb="Under arbeid")
    assert Collage.objects.get(pk=collage.pk).title_nb != "Under arbeid"
    link = editor_client.post(admin_url(collage, "preview"))["Location"]
    assert "Under arbeid" in client.get(f"{link}nb/").content.decode()


def test_an_unpublished_measure_of_an_unpublished_action_can_be_previewed(editor_client, client):
    measure = Measure.objects.first()
    measure.action.withdraw_at = timezone.now()
    measure.action.save()
    Measure.objects.filter(pk=measure.pk).update(publish_at=None)
    link = editor_client.get(admin_url(measure, "preview"))["Location"]
    assert measure.title_nb in client.get(f"{link}nb/").content.decode()
    assert Measure.objects.get(pk=measure.pk).publish_at is None


def test_history_tells_who_what_and_why(editor_client, live_page):
    send(editor_client, live_page, "_publish", lead_nb="Lang om turen.", reason="Mer å fortelle")
    html = editor_client.get(admin_url(live_page, "history")).content.decode()
    assert "Mer å fortelle" in html and "redaktor" in html
    assert re.search(r"<del>.*?Kort.*?</del>", html) and re.search(r"<ins>.*?Lang.*?</ins>", html)


def test_saving_an_empty_editor_is_no_change(editor_client, live_page):
    """The history would fill with changes that nobody made."""
    send(editor_client, live_page, body_nb="<p></p>", body_nn="<p></p>")
    assert publishing.draft_of(live_page) is None


def test_an_old_version_is_brought_back_from_the_history(editor_client, live_page):
    send(editor_client, live_page, "_publish", lead_nb="Feil.")
    old = Revision.objects.of(live_page).get(kind="found")
    url = reverse("admin:pages_page_restore", args=[old.pk])
    assert editor_client.get(url).status_code == 403, "a link must not restore"
    editor_client.post(url)
    send(editor_client, live_page, "_publish")
    live_page.refresh_from_db()
    assert live_page.lead_nb == "Kort om turen."


def test_a_deleted_page_is_recovered_from_the_list(editor_client, live_page):
    key = live_page.pk
    editor_client.post(admin_url(live_page, "delete"), {"post": "yes"})
    assert not Page.objects.filter(pk=key).exists()
    url = reverse("admin:pages_page_deleted")
    assert "Reisebrev nb" in editor_client.get(url).content.decode()
    revision = Revision.objects.get(object_id=key, kind="deleted")
    editor_client.post(reverse("admin:pages_page_restore", args=[revision.pk]))
    assert Page.objects.get(pk=key).sections.get().heading_nb == "Først"
    assert "Reisebrev nb" not in editor_client.get(url).content.decode()


def test_a_discarded_draft_is_still_in_the_history(editor_client, live_page):
    send(editor_client, live_page, lead_nb="Angret tekst.")
    editor_client.post(admin_url(live_page, "discard"))
    assert publishing.draft_of(live_page) is None
    revision = Revision.objects.of(live_page).get()
    assert revision.snapshot["fields"]["lead_nb"] == "Angret tekst."


def test_pruning_keeps_a_year_and_what_has_a_name(live_page):
    from django.core.management import call_command

    long_ago = timezone.now() - timedelta(days=500)
    for label in ("", "Før sommeren", ""):
        revision = publishing.note(live_page, Revision.Kind.PUBLISHED, None)
        Revision.objects.filter(pk=revision.pk).update(label=label, made_at=long_ago)
    publishing.note(live_page, Revision.Kind.PUBLISHED, None)
    call_command("prune_history", verbosity=0)
    assert set(Revision.objects.of(live_page).values_list("label", flat=True)) == {
        "Før sommeren",
        "",
    }
    assert Revision.objects.of(live_page).count() == 2
