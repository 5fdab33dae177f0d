"""What somebody who means harm, or a stale form, can do at the editors' doors: nothing that they may not."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse

from pages import publishing
from pages.models import Collage, Draft, Image, Page, Revision, Section
from programmes.models import Action, Measure, Source
from tests.factories import make_image, make_measure, make_page, picture_bytes
from tests.pages.test_admin import form_data, url
from tests.pages.test_roles import (
    _EMPTY_SECTIONS,
    EDITOR,
    TRANSLATOR,
    WRITER,
    as_role,
    everything,
    saved,
)

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]
__all__ = ["as_role"]


# --- Visitors' pages are changed by those who may publish, and by nobody else ---------------------


def forged_row(page, key) -> dict:
    """A row of the form for a section that is not there."""
    numbers = {"sections-TOTAL_FORMS": "2", "sections-INITIAL_FORMS": "2"}
    row = {"id": str(key), "heading_nn": "Smugla inn", "position": "2", "page": page.pk}
    return numbers | {f"sections-1-{name}": value for name, value in row.items()}


@pytest.mark.parametrize("publish_at", [None, "2020-01-01T12:00Z"])
def test_a_translator_adds_no_section_by_the_key_of_one_that_never_was(as_role, publish_at):
    page = make_page(publish_at=publish_at)
    Section.objects.create(page=page, position=1, heading_nb="Først")
    answer = saved(as_role(TRANSLATOR), page, **forged_row(page, 777_777), title_nn="Omsett")
    assert answer.status_code == 302, "what a translator may change is kept all the same"
    assert [section.heading_nb for section in page.sections.all()] == ["Først"]
    for draft in Draft.objects.of(page):
        assert len(draft.snapshot["parts"]["sections"]) == 1


def test_what_a_translator_wrote_in_a_section_that_was_deleted_is_shown(as_role):
    page = make_page()
    section = Section.objects.create(page=page, position=1, heading_nb="Først")
    client = as_role(TRANSLATOR)
    form = form_data(client.get(url(Page, "change", page.pk)))
    form |= {"seen": client.get(url(Page, "change", page.pk)).context_data["desk"].seen}
    section.delete()
    written = {"sections-0-heading_nn": "Skrive imens", "title_nn": "Omsett"}
    refused = client.post(url(Page, "change", page.pk), form | written)
    assert "Skrive imens" in refused.content.decode()
    assert not Draft.objects.exists()
    again = {**form, **written, "seen": refused.context_data["desk"].seen}
    assert client.post(url(Page, "change", page.pk), again).status_code == 302
    draft = Draft.objects.of(page).get()
    assert draft.snapshot["fields"]["title_nn"] == "Omsett"
    assert not draft.snapshot["parts"]["sections"]


@pytest.mark.parametrize("role", [WRITER, TRANSLATOR])
def test_live_pages_keep_their_address_when_an_unpublished_page_above_is_renamed(as_role, role):
    """A writer could give every page of a branch another address, without anybody publishing."""
    above = make_page("Over", publish_at=None)
    between = make_page("Mellom", parent=above, publish_at=None)
    page = make_page("Under", parent=between)
    client = as_role(role)
    before = everything()
    assert saved(client, above, slug_nn="kapra", title_nn="Kapra").status_code == 302
    assert everything() == before
    assert Client().get(page.get_absolute_url()).status_code == 200
    assert Draft.objects.of(above).get().snapshot["fields"]["slug_nn"] == "kapra"


def test_a_plain_save_publishes_no_page_above_live_ones(as_role):
    above = make_page("Over", publish_at=None)
    make_page("Under", parent=above)
    saved(as_role(EDITOR), above, title_nn="Nytt", _save="1")
    assert above.publish_at is None


def test_an_unpublished_page_takes_no_address_from_visitors(as_role):
    """Old links to a live page would end at «not found» as soon as a writer chose the same address."""
    page = make_page("Gammel", languages=("nb",))
    old = page.get_absolute_url()
    page.slug_nb = "ny-adresse"
    page.save()
    new = {"title_nb": "Kapring", "slug_nb": old.strip("/"), "position": 0, **_EMPTY_SECTIONS}
    assert as_role(WRITER).post(url(Page, "add"), new).status_code == 302
    assert Client().get(old).headers["Location"] == page.get_absolute_url()


def test_an_address_is_the_new_pages_from_its_publication(editor_client):
    page = make_page("Gammel", languages=("nb",))
    old = page.get_absolute_url()
    page.slug_nb = "ny-adresse"
    page.save()
    other = make_page("Ny", languages=("nb",), slug_nb=old.strip("/"), publish_at=None)
    saved(editor_client, other, _publish="1")
    assert "Ny nb" in Client().get(old).content.decode()
    other.slug_nb = "enda-en"
    other.save()
    assert Client().get(old).headers["Location"] == other.get_absolute_url()


@pytest.mark.parametrize("role", [WRITER, TRANSLATOR])
def test_a_form_in_a_pop_up_changes_nothing_that_visitors_see(as_role, role):
    client = as_role(role)
    before = everything()
    for model in (Page, Action, Measure, Image, Collage):
        record = model.objects.first()
        forged = {"title_nn": "Kapra", "focal_x": "0.1", "position": "1", "slug_nn": "kapra"}
        saved(client, record, **forged, _popup="1", withdraw_at_0="2020-01-01")
    assert everything() == before


def test_no_door_opens_without_the_forms_own_token(editor):
    """A page elsewhere could have an editor's browser publish, delete or withdraw."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)
    page = make_page()
    forged = {"post": "yes", "action": "delete_selected", "_selected_action": [page.pk]}
    names = list(get_resolver().namespace_dict["admin"][1].reverse_dict)
    addresses = {
        address
        for name in names
        for arguments in ([], [page.pk])
        if isinstance(name, str) and (address := reversed_or_none(name, arguments))
    }
    assert len(addresses) > 100
    assert {a for a in addresses if client.post(a, forged).status_code not in (403, 405)} == set()


def reversed_or_none(name, arguments) -> str | None:
    try:
        return reverse(f"admin:{name}", args=arguments)
    except NoReverseMatch:
        return None


# --- Restoring ------------------------------------------------------------------------------------


def test_a_version_of_what_keeps_no_drafts_is_restored_at_once(editor_client):
    """It became a draft that no form shows: «brought back», and nothing was."""
    source = Source.objects.first()
    title, address = source.title, url(Source, "change", source.pk)
    editor_client.post(address, form_data(editor_client.get(address)) | {"title": "Feil tittel"})
    found = Revision.objects.of(source).get(kind=Revision.Kind.FOUND)
    editor_client.post(url(Source, "restore", found.pk))
    source.refresh_from_db()
    assert source.title == title
    assert not Draft.objects.exists()
    assert Revision.objects.of(source).first().snapshot["fields"]["title"] == title


def test_a_writer_restores_nothing_that_is_seen_at_once(as_role):
    """And is not offered to."""
    source = Source.objects.first()
    version = publishing.note(source, Revision.Kind.PUBLISHED, None)
    Source.objects.filter(pk=source.pk).update(title="Ny")
    client, before = as_role(WRITER), everything()
    history = client.get(url(Source, "history", source.pk)).content.decode()
    assert url(Source, "restore", version.pk) not in history
    assert client.post(url(Source, "restore", version.pk)).status_code == 403
    assert client.get(url(Source, "deleted")).status_code == 403
    assert everything() == before


def test_last_weeks_collage_comes_back_without_the_picture_that_is_gone(editor_client, media):
    """The whole version could not be had, and the editor met an error page."""
    kept, gone = make_image(), make_image(picture_bytes(colour="navy"))
    collage = Collage.objects.create(**{f"title_{code}": "Tur" for code in ("nb", "nn", "en")})
    collage.append([kept, gone])
    publishing.finish(collage, None)
    version = Revision.objects.of(collage).get()
    collage.collageimage_set.all().delete()
    publishing.finish(collage, None)
    editor_client.post(url(Image, "delete", gone.pk), {"post": "yes"})
    answer = editor_client.post(url(Collage, "restore", version.pk), follow=True)
    assert answer.status_code == 200
    assert "er slettet" in answer.content.decode()
    draft = Draft.objects.of(collage).get()
    rows = draft.snapshot["parts"]["collageimage_set"]
    assert [row["fields"]["image"] for row in rows] == [kept.pk]


def test_a_draft_that_would_lay_pages_in_a_circle_gives_way(editor_client, client):
    """Nobody could open the form again, or the preview, or put the draft away."""
    one, other = make_page("Den ene"), make_page("Den andre")
    saved(editor_client, one, parent=other.pk, title_nb="Ny tittel", _draft="1")
    assert saved(editor_client, other, parent=one.pk, _publish="1").status_code == 302
    form = editor_client.get(url(Page, "change", one.pk))
    assert form.status_code == 200
    assert form.context_data["adminform"].form["parent"].value() is None
    assert form.context_data["adminform"].form["title_nb"].value() == "Ny tittel"
    editor_client.get(url(Page, "preview", one.pk), follow=True)
    assert publishing.publish_draft(Draft.objects.of(one).get(), None)
    one.refresh_from_db()
    assert (one.parent, one.title_nb) == (None, "Ny tittel")


@pytest.mark.parametrize("make", [make_page, make_measure])
def test_a_deleted_record_comes_back_though_its_address_has_been_taken(editor_client, make):
    """Whoever had made the page anew, to mend the mistake, could never get the old one back."""
    record = make()
    model, key, slug = type(record), record.pk, record.slug_nb
    publishing.delete(record, None)
    new = make()
    deleted = Revision.objects.get(kind=Revision.Kind.DELETED)
    answer = editor_client.post(url(model, "restore", deleted.pk), follow=True)
    told = [message.level_tag for message in answer.context["messages"]]
    assert told[0] == "warning", "that its address is another now"
    back = model.objects.get(pk=key)
    assert (back.slug_nb, back.publish_at) == (f"{slug}-{key}", None)
    assert Client().get(new.get_absolute_url()).status_code == 200


# --- Previews -------------------------------------------------------------------------------------


@pytest.mark.parametrize("lost", ["is_active", "is_staff"])
def test_a_shared_address_stops_working_when_its_maker_may_no_longer_sign_in(as_role, lost):
    """Who has left would go on reading drafts for a week."""
    page = make_page(publish_at=None)
    address = as_role(WRITER).get(url(Page, "preview", page.pk)).headers["Location"]
    assert Client().get(address).status_code == 200
    User.objects.filter(username="kari").update(**{lost: False})
    assert Client().get(address).status_code == 404
    assert Client().get(f"{address}nb/").status_code == 404


# --- Values that no form sends --------------------------------------------------------------------


@pytest.mark.parametrize("day", ["9999-12-31", "2500-01-01", "0001-01-01"])
def test_a_moment_beyond_the_calendar_is_refused_in_words(editor_client, day):
    """The page would wait for ever, and no later change of it could be published by plan."""
    page = make_page(publish_at=None)
    when = {"show_from_0": day, "show_from_1": "12:00"}
    refused = saved(editor_client, page, **when, _publish="1")
    assert refused.status_code == 200
    assert page.publish_at is None


BIG = "9" * 30
LONGER_THAN_PYTHON_READS = "9" * 5_000


@pytest.mark.parametrize(
    "key", ["abc", "_5F", "²", "٣", "%00", "1.5", BIG, LONGER_THAN_PYTHON_READS]
)
@pytest.mark.parametrize("door", ["change", "presence", "preview", "unplan", "withdraw", "history"])
def test_an_address_that_is_nobodys_is_no_server_error(editor_client, key, door):
    address = f"{reverse('admin:pages_page_changelist')}{key}/{door}/"
    assert editor_client.get(address).status_code < 500
    assert editor_client.post(address).status_code < 500


@pytest.mark.parametrize("key", ["abc", "٣", "\0", BIG, LONGER_THAN_PYTHON_READS])
def test_a_picture_that_is_none_is_no_server_error(editor_client, key):
    shown = editor_client.get(reverse("admin:pages_collage_preview"), {"row": f"{key}-wide"})
    assert shown.status_code == 200
    collage = Collage.objects.first()
    answer = saved(editor_client, collage, pictures=[key], _publish="1")
    assert answer.status_code == 200
    assert answer.context_data["mistakes"]


def test_a_number_of_rows_that_is_none_is_no_server_error(editor_client):
    numbers = {"collageimage_set-TOTAL_FORMS": LONGER_THAN_PYTHON_READS}
    assert saved(editor_client, Collage.objects.first(), **numbers).status_code == 200


def test_a_search_for_a_whole_text_is_no_server_error(editor_client):
    words = {"q": "ord " * 2_000}
    assert editor_client.get(reverse("admin:pages_collage_pictures"), words).status_code == 200


def test_signs_that_no_database_keeps_are_left_out(editor_client):
    """PostgreSQL refuses them, and the editor would meet an error page."""
    version = publishing.note(make_page(), Revision.Kind.PUBLISHED, None)
    editor_client.post(url(Page, "label", version.pk), {"label": "F\0ør"})
    version.refresh_from_db()
    assert version.label == "Før"
    assert (
        editor_client.get(reverse("admin:pages_collage_pictures"), {"q": "\0"}).status_code == 200
    )


def test_a_session_does_not_grow_by_what_a_forged_form_is_called(editor_client):
    page = make_page()
    saved(editor_client, page, title_nb="Nytt", sheet="x" * 100_000)
    assert len(editor_client.session["saved_sheets"][0]) < 100
