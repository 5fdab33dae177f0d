"""An editor's day at the desk: a draft, a colleague's look, a plan, a mistake and the way back."""

import re

import pytest

ADDRESS = "/personvern/"


@pytest.fixture
def form(editor_page, site):
    """The form of the page on privacy, which no other test changes."""
    page = editor_page
    page.goto(f"{site.origin}/admin/pages/page/?q=Personvern")
    page.locator("th.field-title a").first.click()
    page.wait_for_selector("#id_lead_nb")
    return page


def press(page, name: str) -> None:
    with page.expect_navigation():
        page.locator(f"[name={name}]").last.click()


def message(page) -> str:
    return page.locator(".messagelist").inner_text()


def show_all_languages(page) -> None:
    """Every language's fields, whatever the editor has chosen to see."""
    page.evaluate("document.querySelectorAll('[data-language]').forEach(box => box.hidden = false)")


def test_a_sentence_in_three_languages_drafted_shown_to_a_colleague_and_published(
    form, site, browser
):
    page = form
    show_all_languages(page)
    for code, text in (("nb", "Vi lagrer ingenting."), ("nn", "Vi lagrar ingenting.")):
        page.fill(f"#id_lead_{code}", text)
    page.fill("#id_lead_en", "We store nothing.")
    press(page, "_preview")
    assert "/forhandsvisning/" in page.url
    frame = page.frame_locator("iframe")
    frame.get_by_text("Vi lagrer ingenting.").wait_for()
    wide = page.locator("iframe").bounding_box()["width"]
    page.check("#width-phone")
    assert page.locator("iframe").bounding_box()["width"] < 400 < wide
    page.get_by_role("link", name="English").click()
    page.frame_locator("iframe").get_by_text("We store nothing.").wait_for()

    stranger = browser.new_context().new_page()
    stranger.goto(f"{site.origin}{ADDRESS}")
    assert "Vi lagrer ingenting." not in stranger.content(), "the live page is as it was"
    stranger.goto(page.get_by_label("Adresse å dele").input_value())
    stranger.frame_locator("iframe").get_by_text("Vi lagrer ingenting.").wait_for()
    assert stranger.get_by_text("Slutt å dele").count() == 0

    page.get_by_role("link", name="Tilbake til redigeringen").click()
    page.get_by_text("Du ser på et utkast").wait_for()
    press(page, "_publish")
    assert "Publisert" in message(page)
    for prefix, text in (("", "Vi lagrer"), ("/nn", "Vi lagrar")):
        stranger.goto(f"{site.origin}{prefix}{ADDRESS}")
        assert text in stranger.content(), "visible in the very next request"
    stranger.context.close()


def test_a_plan_is_made_refused_in_the_night_of_the_clock_and_cancelled(form, site):
    page = form
    page.fill("#id_lead_nb", "Fra neste år.")
    page.fill("#id_show_from_0", "2099-10-25")
    page.fill("#id_show_from_1", "02:30:00")
    press(page, "_publish")
    assert page.get_by_text("Klokken stilles den natten").first.is_visible()
    assert page.input_value("#id_lead_nb") == "Fra neste år.", "what was typed is still there"
    page.fill("#id_show_from_1", "03:30:00")
    press(page, "_publish")
    assert "Planlagt. Besøkende ser det fra 25. oktober 2099" in message(page)
    with page.expect_navigation():
        page.get_by_role("button", name="Avlys planen").click()
    assert page.get_by_text("Publiseres 25. oktober 2099").count() == 0
    with page.expect_navigation():
        page.get_by_role("button", name="Legg bort utkastet").click()
    assert page.get_by_text("Du ser på et utkast").count() == 0


def test_last_weeks_version_comes_back(form, site):
    page = form
    before = page.input_value("#id_lead_nb")
    page.fill("#id_lead_nb", "En feil.")
    page.fill("#id_reason", "Det hastet")
    press(page, "_publish")
    page.get_by_role("link", name="Historikk").click()
    newest = page.locator(".desk-version").first
    assert "Det hastet" in newest.inner_text()
    assert newest.locator("ins", has_text="En feil").is_visible()
    with page.expect_navigation():
        page.locator(".desk-version").filter(has_not_text="Bortlagt").nth(1).get_by_role(
            "button", name=re.compile("Hent")
        ).click()
    assert page.input_value("#id_lead_nb") == before
    press(page, "_publish")
    page.goto(f"{site.origin}{ADDRESS}")
    assert before in page.locator("main").inner_text()


def test_a_page_is_added_published_deleted_and_recovered(editor_page, site):
    page = editor_page
    page.goto(f"{site.origin}/admin/pages/page/add/")
    page.fill("#id_title_nb", "Reisebrev fra Roma")
    press(page, "_publish")
    page.goto(f"{site.origin}/reisebrev-fra-roma/")
    assert page.locator("h1").inner_text() == "Reisebrev fra Roma"
    page.goto(f"{site.origin}/admin/pages/page/?q=Roma")
    page.locator("th.field-title a").first.click()
    page.locator(".deletelink").last.click()
    page.locator("form [type=submit]").last.click()
    page.wait_for_url("**/admin/pages/page/")
    page.get_by_role("link", name="Slettet").click()
    with page.expect_navigation():
        page.get_by_role("button", name="Hent tilbake").first.click()
    assert page.input_value("#id_title_nb") == "Reisebrev fra Roma"
    press(page, "_publish")
    assert page.goto(f"{site.origin}/reisebrev-fra-roma/").status == 200
