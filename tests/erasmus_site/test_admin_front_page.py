"""What meets an editor: the menu in their words, what waits, and the way from a page to its form."""

from datetime import timedelta

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from pages.models import Draft, Page, Revision
from pages.publishing import keep_draft, note
from pages.snapshots import take
from programmes.models import Action, Measure
from tests.factories import make_page
from tests.pages.test_admin import url
from tests.test_queries import PAGES

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

INDEX = reverse("admin:index")


def draft_of(record, title, **values):
    base = take(record)
    changed = {**base, "fields": {**base["fields"], "title_nb": title}}
    return keep_draft(record, base, changed, User.objects.first(), **values)


def panel(client, title):
    response = client.get(INDEX)
    return next((p for p in response.context_data["panels"] if p.title == title), None)


def names(panel):
    return [row.name for row in panel.rows]


def test_the_menu_has_the_editors_words_and_order(editor_client):
    groups = editor_client.get(INDEX).context_data["app_list"]
    menu = {str(group["name"]): [str(m["name"]) for m in group["models"]] for group in groups}
    assert list(menu)[:5] == [
        *("Innhold", "Bilder", "Frister og planer"),
        *("Bakgrunn", "Penger"),
    ]
    assert menu["Innhold"] == [
        *("Sider", "Hovedtiltak", "Deltiltak"),
        *("Svar fra besøkende", "Filer fra oversettere"),
    ]


def test_no_kind_of_record_disappears_from_the_menu(editor_client):
    """One that nobody has placed yet stands last."""
    groups = editor_client.get(INDEX).context_data["app_list"]
    shown = [model["model"] for group in groups for model in group["models"]]
    assert set(shown) == set(admin.site._registry)
    assert len(shown) == len(set(shown))


def test_drafts_tell_who_and_when(editor_client):
    page = Page.objects.get(code="about")
    draft_of(page, "Et utkast")
    row = panel(editor_client, "Utkast").rows[0]
    assert (row.name, row.url) == (str(page), url(Page, "change", page.pk))
    assert "redaktor" in row.note
    assert row.is_mine


def test_a_draft_whose_moment_failed_is_urgent(editor_client):
    draft = draft_of(Page.objects.get(code="about"), "Et utkast", publish_at=timezone.now())
    Draft.objects.filter(pk=draft.pk).update(fault="Adressen er i bruk.")
    assert panel(editor_client, "Utkast").rows[0].is_urgent


def test_what_is_planned_stands_in_order_of_time(editor_client):
    now = timezone.now()
    draft_of(Page.objects.get(code="about"), "Ny", publish_at=now + timedelta(days=2))
    make_page("Først", publish_at=now + timedelta(days=1))
    make_page("Sist", publish_at=now + timedelta(days=3))
    found = names(panel(editor_client, "Blir publisert"))
    assert found == ["Først nb", str(Page.objects.get(code="about")), "Sist nb"]


def test_what_is_due_stands_with_the_oldest_first_and_ones_own_marked(editor_client, editor):
    role = Group.objects.first()
    editor.groups.add(role)
    today = timezone.localdate()
    make_page("Snart", review_on=today + timedelta(days=20))
    make_page("Gammel", review_on=today - timedelta(days=90), responsible=role)
    make_page("Senere", review_on=today + timedelta(days=60))
    rows = panel(editor_client, "Skal gjennomgås").rows
    assert [(row.name, row.is_mine, row.is_urgent) for row in rows] == [
        ("Gammel nb", True, True),
        ("Snart nb", False, False),
    ]


def test_what_was_published_lately_is_named(editor_client, editor):
    action = Action.objects.first()
    note(action, Revision.Kind.PUBLISHED, editor)
    assert names(panel(editor_client, "Nylig publisert")) == [str(action)]


def test_empty_panels_say_so(editor_client):
    html = editor_client.get(INDEX).content.decode()
    assert "Ingen utkast venter." in html
    assert "Ingenting trenger gjennomgang nå." in html


def test_the_front_page_costs_the_same_however_much_waits(editor_client, editor):
    """The first page of every day would grow slower with the site."""

    def fill(number):
        for index in range(number):
            page = make_page(f"Side {number}-{index}", review_on=timezone.localdate())
            draft_of(page, "Utkast")
            note(page, Revision.Kind.PUBLISHED, editor)
            make_page(f"Plan {number}-{index}", publish_at=timezone.now() + timedelta(days=1))
        for model in (Action, Measure):
            record = model.objects.first()
            draft_of(record, "Utkast")
            note(record, Revision.Kind.PUBLISHED, editor)

    def cost():
        with CaptureQueriesContext(connection) as queries:
            editor_client.get(INDEX)
        return len(queries)

    fill(1)
    before = cost()
    fill(10)
    assert cost() <= before


# --- From a page of the site to its form --------------------------------------------------------


ADDRESSES = [
    "/",
    "/for-skole-og-barnehage/",
    "/for-skole-og-barnehage/mobilitet/",
    "/for-skole-og-barnehage/mobilitet/hospitering-i-europa/",
    "/om-nettstedet/",
    "/nn/",
    "/en/",
]
WORDS = {"nn": "Rediger denne sida", "en": "Edit this page"}


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_editor_is_led_from_the_page_to_its_form(editor_client, address):
    response = editor_client.get(address)
    subject, html = response.context["subject"], response.content.decode()
    assert f'href="{url(type(subject), "change", subject.pk)}"' in html
    assert WORDS.get(address.strip("/"), "Rediger denne siden") in html


def test_visitors_see_no_such_link_and_pay_nothing_for_it(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(PAGES["/om-nettstedet/"]):
        html = client.get("/om-nettstedet/").content.decode()
    assert "edit-bar" not in html


def test_whoever_may_not_change_the_page_sees_no_link(client):
    client.force_login(User.objects.create_user("gjest", is_staff=True))
    assert "edit-bar" not in client.get("/").content.decode()


def test_a_page_that_is_not_found_has_no_link(editor_client):
    response = editor_client.get("/finnes-ikke/")
    assert response.status_code == 404
    assert "edit-bar" not in response.content.decode()
