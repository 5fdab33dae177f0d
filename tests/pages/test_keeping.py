"""Nothing typed is lost on its way: brought back unsaved, refused with a list, or shown when the page is gone."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from pages.models import Draft, Page, Revision, Section
from programmes.models import Audience
from tests.factories import make_page
from tests.pages.test_admin import url
from tests.pages.test_desk import admin_url, filled

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


@pytest.fixture
def live_page():
    page = make_page("Reisebrev", lead_nb="Kort om turen.")
    Section.objects.create(page=page, position=1, heading_nb="Først")
    return page


NEW_ROW = {
    "sections-TOTAL_FORMS": "2",
    "sections-1-heading_nb": "Ny del",
    "sections-1-body_nb": "<p>Om <strong>det nye</strong>.</p>",
    "sections-1-position": "2",
}


def values_of(response) -> dict[str, object]:
    return filled(response, button="_draft")


def everything():
    return [list(model.objects.order_by("pk").values()) for model in (Page, Section)]


@pytest.mark.parametrize("button", ["_draft", "_publish", "_preview", "_save", "_addanother"])
def test_bringing_text_back_saves_nothing_whatever_else_is_asked(editor_client, live_page, button):
    opened = editor_client.get(admin_url(live_page))
    before = everything()
    data = filled(opened, button, lead_nb="Hentet fram.", _restore="1", **NEW_ROW)
    answer = editor_client.post(admin_url(live_page), data)
    assert answer.status_code == 200
    assert everything() == before
    assert Draft.objects.count() == Revision.objects.count() == 0
    again = values_of(answer)
    assert again["lead_nb"] == "Hentet fram."
    assert again["sections-1-body_nb"] == NEW_ROW["sections-1-body_nb"]
    assert "Det er ikke lagret ennå" in answer.content.decode()
    saved = editor_client.post(admin_url(live_page), again)
    assert saved.status_code == 302
    assert Draft.objects.get().snapshot["fields"]["lead_nb"] == "Hentet fram."


def test_bringing_text_back_saves_nothing_where_every_save_is_seen(editor_client):
    """Small records have no drafts."""
    row = Audience.objects.first()
    opened = editor_client.get(admin_url(row))
    for button in ("_save", "_popup"):
        data = filled(opened, button, _restore="1") | {"title_nb": "Alle sammen"}
        assert editor_client.post(admin_url(row), data).status_code == 200
    assert not Audience.objects.filter(title_nb="Alle sammen").exists()


def test_bringing_back_a_new_page_makes_none(editor_client):
    opened = editor_client.get(url(Page, "add"))
    data = filled(opened, "_publish", title_nb="Aldri lagret", _restore="1")
    answer = editor_client.post(url(Page, "add"), data)
    assert values_of(answer)["title_nb"] == "Aldri lagret"
    assert not Page.objects.filter(title_nb="Aldri lagret").exists()


def test_old_text_does_not_slip_past_what_another_has_saved_since(editor_client, live_page):
    """What was kept last week must not quietly undo this week's work."""
    opened = editor_client.get(admin_url(live_page))
    current = editor_client.get(admin_url(live_page))
    editor_client.post(admin_url(live_page), filled(current, "_publish", lead_nb="Fra Kari."))
    old = filled(opened, lead_nb="Fra forrige uke.", _restore="1")
    html = editor_client.post(admin_url(live_page), old).content.decode()
    assert "To har endret dette samtidig" in html
    assert "Fra <del>" in html or "Kari" in html
    live_page.refresh_from_db()
    assert live_page.lead_nb == "Fra Kari."


def test_a_mistake_does_not_hide_that_another_has_saved(editor_client, live_page):
    """The later save must be refused also when its mistake was mended first."""
    opened = editor_client.get(admin_url(live_page))
    current = editor_client.get(admin_url(live_page))
    editor_client.post(admin_url(live_page), filled(current, "_publish", lead_nb="Fra Kari."))
    wrong = filled(opened, "_publish", lead_nb="Fra Ola.", slug_nb="om-nettstedet")
    refused = editor_client.post(admin_url(live_page), wrong)
    mended = filled(refused, "_publish", slug_nb="reisebrev-nb")
    answer = editor_client.post(admin_url(live_page), mended)
    assert answer.status_code == 200
    assert "To har endret dette samtidig" in answer.content.decode()
    live_page.refresh_from_db()
    assert live_page.lead_nb == "Fra Kari."


def test_mistakes_are_listed_with_field_and_language_and_lead_there(editor_client, live_page):
    opened = editor_client.get(admin_url(live_page))
    data = filled(
        opened,
        slug_nb="om-nettstedet",
        show_from_0="ikke en dato",
        **{**NEW_ROW, "sections-1-position": ""},
    )
    answer = editor_client.post(admin_url(live_page), data)
    html = answer.content.decode()
    assert "<title>Feil:" in html
    links = re.findall(r'<a href="#([^"]+)">([^<]+)</a>: ', html)
    assert [words for _target, words in links] == [
        "Adresse – Bokmål",
        "Vises fra",
        "Avsnitt 2: Plass i rekkefølgen",
    ]
    for target, _words in links:
        assert f'id="{target}"' in html, "the link leads nowhere"
    assert html.count("errornote") == 0, "told once"


def test_a_refused_form_gives_back_all_that_was_typed(editor_client, live_page):
    Section.objects.create(page=live_page, position=2, heading_nb="Skal bort")
    row = {name.replace("-1-", "-2-"): value for name, value in NEW_ROW.items()}
    typed = row | {
        "sections-TOTAL_FORMS": "3",
        "sections-1-DELETE": "on",
        "slug_nb": "om-nettstedet",
        "body_nn": "<p>Skrive med <em>møye</em>.</p>",
        "withdraw_at_0": "2027-01-02",
        "withdraw_at_1": "ikke et klokkeslett",
        "parent": str(Page.objects.get(code="about").pk),
        "image": "",
        "is_in_menu": "on",
    }
    opened = editor_client.get(admin_url(live_page))
    answer = editor_client.post(admin_url(live_page), filled(opened, **typed))
    assert answer.status_code == 200
    again = values_of(answer)
    assert {name: str(again.get(name, "")) for name in typed} == typed


def test_rows_marked_for_deletion_are_not_asked_to_be_right(editor_client, live_page):
    opened = editor_client.get(admin_url(live_page))
    typed = {"sections-0-DELETE": "on", "sections-0-position": "", "slug_nb": "om-nettstedet"}
    answer = editor_client.post(admin_url(live_page), filled(opened, **typed))
    assert [m.label for m in answer.context_data["mistakes"]] == ["Adresse"]


def test_the_next_page_hears_once_what_was_saved(editor_client, live_page):
    """Heard too early, the text would be forgotten unsaved; never heard, it would be offered for ever."""
    opened = editor_client.get(admin_url(live_page))
    sheet = re.search(r'name="sheet" value="([^"]+)"', opened.content.decode())[1]
    wrong = filled(opened, sheet=sheet, slug_nb="om-nettstedet")
    refused = editor_client.post(admin_url(live_page), wrong).content.decode()
    assert "saved-sheets" not in refused
    assert f'name="sheet" value="{sheet}"' in refused, "still the same sheet"
    brought = filled(opened, sheet=sheet, _restore="1", lead_nb="Ny.")
    assert "saved-sheets" not in editor_client.post(admin_url(live_page), brought).content.decode()
    editor_client.post(admin_url(live_page), filled(opened, sheet=sheet, lead_nb="Ny."))
    told = f'<meta name="saved-sheets" content="{sheet}">'
    assert told in editor_client.get(admin_url(live_page)).content.decode()
    assert "saved-sheets" not in editor_client.get(admin_url(live_page)).content.decode()


def test_text_for_a_page_that_was_deleted_meanwhile_is_shown_and_the_page_recoverable(
    editor_client, live_page
):
    opened = editor_client.get(admin_url(live_page))
    address = admin_url(live_page)
    typed = filled(opened, lead_nb="Min lange tekst.", sheet="abc", **NEW_ROW)
    editor_client.post(admin_url(live_page, "delete"), {"post": "yes"})
    answer = editor_client.post(address, typed)
    html = answer.content.decode()
    assert answer.status_code == 410
    assert "Min lange tekst." in html and "Ny del" in html
    assert "Om det nye." in html, "as text and not as markup"
    assert "csrf" not in "".join(name for name, _text in answer.context_data["texts"])
    assert "saved-sheets" not in html
    door = re.search(r'action="([^"]+/restore/)"', html)[1]
    assert editor_client.post(door)["Location"] == address
    assert "saved-sheets" not in editor_client.get(address).content.decode()


def test_a_form_without_its_token_is_refused_in_words_with_a_way_back(editor, live_page):
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)
    answer = client.post(admin_url(live_page), {"sheet": "abc", "lead_nb": "Ny."})
    html = answer.content.decode()
    assert answer.status_code == 403
    assert "Skjemaet ble ikke tatt imot" in html and "har tatt vare på det du skrev" in html
    assert f'href="{admin_url(live_page)}"' in html
    assert "unsafe" not in answer.headers["Content-Security-Policy"]


def test_a_file_must_be_chosen_again_and_the_form_says_so(editor_client):
    from pages.models import Image

    opened = editor_client.get(url(Image, "add"))
    data = filled(opened, title_nb="Ferie", _restore="1", _files="original")
    answer = editor_client.post(url(Image, "add"), data)
    assert "Velg filen på nytt" in answer.content.decode()


def test_enter_never_puts_a_draft_away(editor_client, live_page):
    """Enter in a line of text presses the first button of the form."""
    opened = editor_client.get(admin_url(live_page))
    data = filled(opened, "_publish", lead_nb="Ny.", show_from_0=f"{timezone.now():%Y}-12-31")
    editor_client.post(admin_url(live_page), data | {"show_from_1": "12:00:00"})
    html = editor_client.get(admin_url(live_page)).content.decode()
    form = html[html.index('id="page_form"') :]
    first = re.search(r"<(?:button|input)[^>]*type=\"submit\"[^>]*>", form)[0]
    assert "/discard/" in form and 'name="_draft"' in first
