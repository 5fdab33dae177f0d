"""What each role meets at each door: the answer, and what it leaves in the database."""

import json

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.forms.models import model_to_dict
from django.urls import reverse

from pages.models import Collage, Draft, Image, Page, Section
from pages.roles import ROLES
from programmes.models import Action, Audience, Measure, Period, Source
from tests.factories import make_page, picture_bytes
from tests.pages.test_admin import WORDS, form_data, url

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

WRITER, TRANSLATOR, EDITOR, ADMINISTRATOR = (role.name for role in ROLES)
EVERYONE = [WRITER, TRANSLATOR, EDITOR, ADMINISTRATOR]


def person(role: str, name: str = "kari") -> User:
    user = User.objects.create_user(name, password="en-lang-frase-her", is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    return user


@pytest.fixture
def as_role(client):
    """Sign in as somebody with the role."""

    def sign_in(role):
        client.force_login(person(role))
        return client

    return sign_in


def everything() -> dict:
    """Every row that editors can change, for telling whether a refused request left a trace."""
    models = (Page, Section, Action, Measure, Image, Collage, Audience, Period, Source, User, Group)
    return {model: list(model.objects.order_by("pk").values()) for model in models}


def test_roles_are_there_and_are_mended(db):
    """A right that was ticked away by accident would stay away."""
    before = {g.name: set(g.permissions.all()) for g in Group.objects.all()}
    assert set(before) == set(EVERYONE)
    assert all(before.values())
    Group.objects.get(name=WRITER).permissions.set(Permission.objects.all()[:3])
    Group.objects.get(name=EDITOR).delete()
    call_command("migrate", verbosity=0)
    assert {g.name: set(g.permissions.all()) for g in Group.objects.all()} == before


def test_only_the_administrator_has_rights_over_people():
    owners = Group.objects.filter(permissions__content_type__app_label="auth").distinct()
    assert [group.name for group in owners] == [ADMINISTRATOR]


# --- Reading: a door that answers 200, or 403 -------------------------------------------------

READING = [
    # address, and who gets in
    *[(lambda m=m: url(m, "changelist"), EVERYONE) for m in (Page, Action, Measure, Image, Source)],
    (lambda: url(Page, "change", Page.objects.get(code="about").pk), EVERYONE),
    (lambda: url(Source, "change", Source.objects.first().pk), EVERYONE),
    (lambda: url(Page, "history", Page.objects.get(code="about").pk), EVERYONE),
    (lambda: url(Page, "add"), [WRITER, EDITOR, ADMINISTRATOR]),
    (lambda: url(Image, "add"), [WRITER, EDITOR, ADMINISTRATOR]),
    (lambda: url(Page, "delete", make_page().pk), [EDITOR, ADMINISTRATOR]),
    (lambda: url(User, "changelist"), [ADMINISTRATOR]),
    (lambda: url(User, "add"), [ADMINISTRATOR]),
    (lambda: url(Group, "changelist"), [ADMINISTRATOR]),
    (lambda: reverse("style_guide"), EVERYONE),
    (lambda: reverse("admin:autocomplete") + AUTOCOMPLETE, EVERYONE),
]
AUTOCOMPLETE = "?app_label=pages&model_name=page&field_name=image&term=e"


@pytest.mark.parametrize("role", EVERYONE)
@pytest.mark.parametrize(("address", "allowed"), READING)
def test_who_sees_what(as_role, role, address, allowed):
    response = as_role(role).get(address())
    assert response.status_code == (200 if role in allowed else 403)


# --- Writing: what a request with all its form data does --------------------------------------


def add_picture(client):
    file = SimpleUploadedFile("ny.png", picture_bytes())
    return client.post(url(Image, "add"), {**WORDS, "original": file})


def add_page(client):
    return client.post(url(Page, "add"), {"title_nb": "Ny side", "position": 0, **_EMPTY_SECTIONS})


_EMPTY_SECTIONS = {
    f"sections-{name}_FORMS": number
    for name, number in (("TOTAL", 0), ("INITIAL", 0), ("MIN_NUM", 0), ("MAX_NUM", 1000))
}


def delete_page(client):
    return client.post(url(Page, "delete", Page.objects.get(code="about").pk), {"post": "yes"})


def delete_from_list(client):
    data = {"action": "delete_selected", "post": "yes"}
    pages = [Page.objects.get(code="about").pk]
    return client.post(url(Page, "changelist"), {**data, "_selected_action": pages})


def drag(model):
    def request(client):
        first, second = model.objects.order_by("position")[:2]
        items = [[first.pk, second.position], [second.pk, first.position]]
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}_sortable_update"
        data = json.dumps({"updatedItems": items})
        return client.post(reverse(name), data, content_type="application/json")

    request.__name__ = f"drag_{model.__name__}"
    return request


def change_source(client):
    source = Source.objects.first()
    data = {k: v for k, v in model_to_dict(source).items() if v is not None}
    return client.post(url(Source, "change", source.pk), {**data, "title": "En annen tittel"})


def change_audience(client):
    audience = Audience.objects.first()
    words = {f"title_{code}": "Ord" for code in ("nb", "nn", "en")}
    return client.post(url(Audience, "change", audience.pk), {**words, "position": 1})


def add_person(client):
    password = {"password1": "en-lang-frase-her", "password2": "en-lang-frase-her"}
    groups = [Group.objects.get(name=ADMINISTRATOR).pk]
    return client.post(url(User, "add"), {"username": "ola", "groups": groups, **password})


WRITING = [
    (add_page, [WRITER, EDITOR, ADMINISTRATOR]),
    (add_picture, [WRITER, EDITOR, ADMINISTRATOR]),
    (delete_page, [EDITOR, ADMINISTRATOR]),
    (delete_from_list, [EDITOR, ADMINISTRATOR]),
    (drag(Page), [EDITOR, ADMINISTRATOR]),
    (drag(Action), [EDITOR, ADMINISTRATOR]),
    (drag(Measure), [EDITOR, ADMINISTRATOR]),
    (drag(Audience), [EDITOR, ADMINISTRATOR]),
    (change_source, [EDITOR, ADMINISTRATOR]),
    (change_audience, [EDITOR, ADMINISTRATOR]),
    (add_person, [ADMINISTRATOR]),
]


@pytest.mark.parametrize("role", EVERYONE)
@pytest.mark.parametrize(("door", "allowed"), WRITING, ids=lambda x: getattr(x, "__name__", ""))
def test_a_refused_request_changes_nothing(as_role, media, role, door, allowed):
    client = as_role(role)
    before = everything()
    response = door(client)
    if role in allowed:
        assert response.status_code in (200, 302)
        assert everything() != before
    else:
        # The list answers by asking to choose an action it knows.
        assert response.status_code == 403 or door is delete_from_list
        assert everything() == before


# --- Fields -------------------------------------------------------------------------------------


def saved(client, record, **values):
    """Send the whole form as a browser would if its locks were taken off, with `values` changed."""
    address = url(type(record), "change", record.pk)
    data = form_data(client.get(address)) | values
    response = client.post(address, data)
    record.refresh_from_db()
    return response


@pytest.fixture
def draft():
    """A page that nobody has seen yet: a change to it is saved at once, whoever makes it."""
    page = make_page(publish_at=None)
    Section.objects.create(page=page, position=1, heading_nb="Først", heading_nn="Fyrst")
    return page


def test_a_translator_changes_translations_and_nothing_else(as_role, draft):
    """A translator could otherwise rewrite what they were to translate."""
    client = as_role(TRANSLATOR)
    saved(
        client,
        draft,
        title_nb="Kapret",
        title_nn="Omsett",
        is_in_menu="on",
        publish_at_0="2020-01-01",
    )
    assert (draft.title_nb, draft.title_nn) == ("Reisebrev nb", "Omsett")
    assert not draft.is_in_menu
    assert draft.publish_at is None


def test_a_translator_neither_adds_nor_removes_nor_moves_sections(as_role, draft):
    client = as_role(TRANSLATOR)
    row = {"sections-0-heading_nb": "Kapret", "sections-0-heading_nn": "Omsett"}
    new = {"sections-TOTAL_FORMS": "2", "sections-1-heading_nb": "Ny", "sections-1-position": "2"}
    marks = {"sections-0-DELETE": "on", "sections-0-position": "7", "sections-1-page": draft.pk}
    saved(client, draft, **row, **new, **marks)
    section = draft.sections.get()
    assert (section.heading_nb, section.heading_nn, section.position) == ("Først", "Omsett", 1)


@pytest.mark.parametrize("role", [WRITER, TRANSLATOR])
def test_whoever_cannot_publish_cannot_set_the_time_of_it(as_role, draft, role):
    when = {"publish_at_0": "2020-01-01", "publish_at_1": "12:00"}
    saved(as_role(role), draft, **when)
    assert draft.publish_at is None


@pytest.mark.parametrize("role", [WRITER, TRANSLATOR])
def test_whoever_cannot_publish_cannot_change_the_order_by_number(as_role, draft, role):
    place = draft.position
    saved(as_role(role), draft, position="1")
    assert draft.position == place


def test_a_writer_adds_and_removes_sections_of_a_draft(as_role, draft):
    saved(as_role(WRITER), draft, **{"sections-0-DELETE": "on"}, title_nb="Nytt")
    assert draft.title_nb == "Nytt"
    assert not draft.sections.exists()


@pytest.mark.parametrize("role", [WRITER, TRANSLATOR])
@pytest.mark.parametrize("model", [Page, Action, Measure, Image, Collage])
def test_what_is_live_stays_as_it_is_until_an_editor_publishes(as_role, role, model):
    """Visitors would read what nobody has approved."""
    client = as_role(role)
    record = model.objects.first()
    before = everything()
    saved(client, record, title_nn="Framlegg")
    assert everything() == before
    draft = Draft.objects.of(record).get()
    assert draft.snapshot["fields"]["title_nn"] == "Framlegg"
    assert saved(client, record, title_nn="Framlegg", _publish="1").status_code == 403
    assert everything() == before


def test_handles_and_moves_are_shown_to_those_who_may_use_them(as_role):
    html = as_role(WRITER).get(url(Audience, "changelist")).content.decode()
    assert "drag" not in html.replace("dragstart", "")


def test_handles_are_shown_to_editors(as_role):
    assert "drag handle" in as_role(EDITOR).get(url(Audience, "changelist")).content.decode()


def test_a_translator_has_no_action_that_changes(as_role):
    html = as_role(TRANSLATOR).get(url(Page, "changelist")).content.decode()
    assert "delete_selected" not in html


# --- People ---------------------------------------------------------------------------------------


def test_a_role_opens_the_door_and_losing_it_closes_it(as_role):
    client = as_role(ADMINISTRATOR)
    add_person(client)
    ola = User.objects.get(username="ola")
    assert (ola.is_staff, ola.is_superuser) == (True, False)
    client.post(url(User, "change", ola.pk), {"username": "ola", "is_active": "on"})
    ola.refresh_from_db()
    assert not ola.is_staff


def test_an_administrator_cannot_become_superuser(as_role, editor):
    """Nor by a field that is not shown, nor by setting a superuser's password."""
    client = as_role(ADMINISTRATOR)
    kari = User.objects.get(username="kari")
    groups = [g.pk for g in kari.groups.all()]
    data = {"username": "kari", "groups": groups, "is_superuser": "on", "is_active": "on"}
    client.post(url(User, "change", kari.pk), data)
    kari.refresh_from_db()
    assert kari.is_staff
    assert not kari.is_superuser
    assert client.post(url(User, "change", editor.pk), data).status_code == 403
    password = {"password1": "kapret-av-kari", "password2": "kapret-av-kari"}
    address = reverse("admin:auth_user_password_change", args=[editor.pk])
    assert client.post(address, password).status_code == 403
    assert client.post(url(User, "delete", editor.pk), {"post": "yes"}).status_code == 403
    assert User.objects.get(pk=editor.pk).check_password("en-lang-frase-her")


def test_nobody_deletes_themselves(as_role):
    client = as_role(ADMINISTRATOR)
    kari = User.objects.get(username="kari")
    assert client.post(url(User, "delete", kari.pk), {"post": "yes"}).status_code == 403
    everyone = {"action": "delete_selected", "_selected_action": [kari.pk], "post": "yes"}
    client.post(url(User, "changelist"), everyone)
    assert User.objects.filter(pk=kari.pk).exists()


def test_the_form_of_a_person_says_what_each_role_may_do(as_role):
    html = as_role(ADMINISTRATOR).get(url(User, "add")).content.decode()
    assert all(role.name in html for role in ROLES)
    assert "is_superuser" not in html
