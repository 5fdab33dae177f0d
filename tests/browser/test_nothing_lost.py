"""What an editor typed outlives what happens to tabs, sessions, servers and other editors."""

import re

import pytest

from tests.browser.conftest import PASSWORD, sign_in

TEXT = "Skrevet med møye."
OFFER = "Du har tekst her som ikke ble lagret"
FORM = "/admin/pages/page/{}/change/"


@pytest.fixture
def kari(site):
    """A second editor."""
    site.manage(
        "shell",
        "-c",
        "from django.contrib.auth.models import User\n"
        "User.objects.filter(username='kari').exists() or User.objects.create_superuser("
        f"'kari', password='{PASSWORD}', first_name='Kari', last_name='Nes')",
    )
    return "kari"


@pytest.fixture
def address(site):
    """The form of a page that no other test changes, as it was."""
    make = (
        "from pages.models import Page, Section, Draft\n"
        "from django.utils import timezone\n"
        "Page.objects.filter(code='nothing-lost').delete(); Draft.objects.all().delete()\n"
        "page = Page.objects.create(code='nothing-lost', title_nb='Reisebrev', lead_nb='Kort.',"
        " body_nb='<p>Vi dro.</p>', publish_at=timezone.now())\n"
        "Section.objects.create(page=page, position=1, heading_nb='Først')\n"
        "print('key', page.pk)"
    )
    return FORM.format(re.search(r"key (\d+)", site.manage("shell", "-c", make))[1])


@pytest.fixture
def form(editor_page, site, address):
    editor_page.goto(site.origin + address)
    return editor_page


def prose(page, name: str):
    return page.locator(f".prose-editor:has(#id_{name}) [role=textbox]")


def write(page, text: str = TEXT) -> None:
    """Change a plain text and a formatted one, add a section, and wait until the browser has it."""
    page.fill("#id_lead_nb", text)
    prose(page, "body_nb").click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" Og så hjem.")
    page.locator("#sections-group .add-row a, #sections-group .addlink").last.click()
    page.fill("#id_sections-1-heading_nb", "Ny del")
    page.wait_for_function(
        "text => Object.values(localStorage).some(copy => copy.includes(text))", arg="Ny del"
    )


def kept(page) -> int:
    return page.evaluate(
        "Object.keys(localStorage).filter(key => key.startsWith('desk-kept/')).length"
    )


def bring_back(page) -> None:
    assert page.get_by_text(OFFER).is_visible()
    with page.expect_navigation():
        page.get_by_role("button", name="Hent den frem").first.click()


def holds_everything(page, text: str = TEXT) -> bool:
    return (
        page.input_value("#id_lead_nb") == text
        and prose(page, "body_nb").inner_text().strip() == "Vi dro. Og så hjem."
        and page.input_value("#id_sections-1-heading_nb") == "Ny del"
    )


def press(page, name: str) -> None:
    with page.expect_navigation():
        page.locator(f"[name={name}]").last.click()


def test_text_survives_a_lost_session_and_is_forgotten_when_saved(form, site, address):
    page = form
    write(page)
    page.context.clear_cookies(name="sessionid")
    press(page, "_draft")
    assert "/admin/konto/logg-inn/" in page.url
    page.fill("#id_login", "redaktor")
    page.fill("#id_password", PASSWORD)
    with page.expect_navigation():
        page.press("#id_password", "Enter")
    bring_back(page)
    assert holds_everything(page)
    assert page.get_by_text("Det er ikke lagret ennå").first.is_visible()
    assert kept(page) == 1, "not forgotten before it is saved"
    press(page, "_draft")
    assert kept(page) == 0
    page.goto(site.origin + address)
    assert page.get_by_text(OFFER).count() == 0
    assert holds_everything(page)


def test_text_survives_a_closed_tab_and_can_be_thrown_away(form, site, address):
    write(form)
    context = form.context
    form.close()
    page = context.new_page()
    page.goto(site.origin + address)
    bring_back(page)
    assert holds_everything(page)
    page.goto(site.origin + address)
    page.get_by_role("button", name="Forkast").first.click()
    assert kept(page) == 0
    page.reload()
    assert page.get_by_text(OFFER).count() == 0
    assert page.input_value("#id_lead_nb") == "Kort."


def test_text_is_offered_to_nobody_else_at_the_same_machine(form, site, address, kari):
    page = form
    write(page)
    page.context.clear_cookies()
    sign_in(page, site.origin, kari)
    page.goto(site.origin + address)
    page.wait_for_load_state()
    assert page.get_by_text(OFFER).count() == 0
    assert kept(page) == 1


def test_text_survives_a_server_killed_before_it_was_saved(
    browser, browser_context_args, second_server, address
):
    page = browser.new_context(**browser_context_args).new_page()
    with second_server() as server:
        origin = server.site.origin
        sign_in(page, origin)
        page.goto(origin + address)
        write(page)
        server.kill()
        page.locator("[name=_publish]").last.click()
        page.wait_for_url("chrome-error://**")
    with second_server():
        page.goto(origin + address)
        assert page.input_value("#id_lead_nb") == "Kort."
        bring_back(page)
        assert holds_everything(page)
        press(page, "_publish")
        assert kept(page) == 0
    page.context.close()


def test_a_form_sent_with_an_old_token_leads_back_to_the_text(
    browser, browser_context_args, site, address
):
    page = browser.new_context(**browser_context_args).new_page()
    sign_in(page, site.origin)
    page.goto(site.origin + address)
    write(page)
    page.context.clear_cookies(name="csrftoken")
    press(page, "_draft")
    assert page.get_by_role("heading", name="Skjemaet ble ikke tatt imot").is_visible()
    with page.expect_navigation():
        page.get_by_role("link", name="Åpne skjemaet igjen").click()
    bring_back(page)
    assert holds_everything(page)
    page.context.close()


def test_a_mistake_in_a_new_row_is_listed_leads_there_and_loses_nothing(form):
    page = form
    write(page)
    page.fill("#id_sections-1-position", "")
    press(page, "_draft")
    assert page.title().startswith("Feil:")
    assert page.evaluate("document.activeElement.className").find("desk-mistakes") >= 0
    assert holds_everything(page)
    page.locator(".desk-mistakes a", has_text="Avsnitt 2").click()
    assert page.evaluate("document.activeElement.id") == "id_sections-1-position"
    page.fill("#id_sections-1-position", "2")
    press(page, "_draft")
    assert page.get_by_text("Lagret som utkast").is_visible()
    assert kept(page) == 0


def test_two_at_once_see_each_other_and_neither_loses_a_word(
    form, site, address, kari, browser, browser_context_args
):
    mine = form
    theirs = browser.new_context(**browser_context_args).new_page()
    sign_in(theirs, site.origin, kari)
    theirs.goto(site.origin + address)
    presence = theirs.locator(".desk-presence")
    assert presence.inner_text() == "redaktor har også siden åpen."
    with mine.expect_response("**/presence/"):
        mine.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    mine.locator(".desk-presence", has_text="Kari Nes har også siden åpen.").wait_for()

    write(mine, "Mine ord.")
    theirs.fill("#id_lead_nb", "Karis ord.")
    press(theirs, "_publish")
    theirs.goto(f"{site.origin}/admin/")
    press(mine, "_publish")
    panel = mine.locator(".desk-note--conflict")
    assert "Karis ord." in panel.inner_text() and "Mine" in panel.inner_text()
    assert holds_everything(mine, "Mine ord."), "both texts are here"
    assert kept(mine) == 1
    assert mine.locator(".desk-presence").inner_text() == "", "the other has left"
    mine.fill("#id_lead_nb", "Karis ord. Mine ord.")
    press(mine, "_publish")
    assert kept(mine) == 0
    mine.goto(site.origin + address)
    assert mine.input_value("#id_lead_nb") == "Karis ord. Mine ord."
    theirs.context.close()


def test_nobody_is_asked_before_leaving_what_is_kept(form, site):
    """A warning that comes for nothing is one that nobody reads when it matters."""
    page = form
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.fill("#id_lead_nb", TEXT)
    page.goto(f"{site.origin}/admin/")
    assert asked == []
    assert kept(page) == 1


def test_whoever_leaves_what_could_not_be_kept_is_asked(form, site):
    page = form
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.evaluate("() => { Storage.prototype.setItem = () => { throw new Error('full') } }")
    page.locator("#id_lead_nb").click()
    page.keyboard.type("Ny. ")
    page.goto(f"{site.origin}/admin/")
    assert asked == ["beforeunload"]
