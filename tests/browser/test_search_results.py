"""An editor sees how a page will look in a result list while writing it."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_languages import open_page
from tests.browser.test_roles import sign_in

LONG = "Å søke om støtte til et opphold i et annet land for alle som arbeider i skole og barnehage"


@pytest.fixture
def form(editor_page, site):
    """The form of «Kontakt» with all languages shown. Nothing in it is saved."""
    open_page(editor_page, site, "Kontakt")
    editor_page.get_by_role("link", name="alle språk").click()
    yield editor_page
    editor_page.evaluate("localStorage.clear()")


def result(page, language, part):
    return page.locator(f"#search-result-{language} .search-result__{part}")


def hint(page, name):
    return page.locator(f"#id_{name}_hint")


def test_what_is_typed_is_seen_in_two_languages(form):
    page = form
    page.get_by_label("Tittel i søkeresultater – bokmål").fill("Spør oss om Erasmus+")
    page.get_by_label("Beskrivelse i søkeresultater – nynorsk").fill("Spør oss.")
    expect(result(page, "nb", "title")).to_have_text(
        "Spør oss om Erasmus+ – Erasmus+ for skoler og barnehager"
    )
    expect(result(page, "nn", "text")).to_have_text("Spør oss.")
    expect(hint(page, "seo_description_nn")).to_contain_text("9 tegn. Beskrivelsen er kort")
    expect(hint(page, "seo_title_nb")).to_contain_text("20 tegn. Tittelen er passe lang.")
    expect(result(page, "en", "title")).to_contain_text("Contact –")


def test_an_empty_field_follows_the_text_and_says_so(form):
    page = form
    page.get_by_label("Beskrivelse i søkeresultater – bokmål").fill("")
    page.get_by_label("Ingress – bokmål", exact=True).fill("Hit sender dere spørsmål.")
    expect(result(page, "nb", "text")).to_contain_text("Hit sender dere spørsmål.")
    expect(hint(page, "seo_description_nb")).to_contain_text("Hentet fra teksten")
    body = page.locator("#page_form > div > fieldset .field-body_nb .ProseMirror[role=textbox]")
    body.click()
    page.keyboard.press("Control+a")
    page.keyboard.type("Vi svarer fort.")
    expect(result(page, "nb", "text")).to_contain_text("Hit sender dere spørsmål. Vi svarer fort.")


def test_the_address_follows_slug_and_the_page_above(form):
    page = form
    page.get_by_label("Adresse – bokmål").fill("spor-oss")
    expect(result(page, "nb", "address")).to_have_text(re.compile(r"^127\.0\.0\.1:\d+ › spor-oss$"))
    page.locator(".field-parent .select2-selection").click()
    page.locator(".select2-results__option", has_text="Personvern").click()
    expect(result(page, "nb", "address")).to_contain_text("› personvern › spor-oss")
    expect(result(page, "nn", "address")).to_contain_text("› nn › personvern › kontakt")


def test_a_title_is_cut_where_it_is_too_wide_and_not_where_it_is_too_many_letters(form):
    """Sixty narrow letters are seen whole, and forty wide ones are not."""
    page = form
    title = page.get_by_label("Tittel i søkeresultater – bokmål")
    title.fill(LONG[:70])
    expect(result(page, "nb", "title")).to_have_text(re.compile(r"^Å søke om støtte .*\w…$"))
    expect(hint(page, "seo_title_nb")).to_contain_text("Slutten vises ikke.")
    title.fill("WWWWWWWWWWW MMMMMMMMMM WWWWWWWWWW MMMMMMMMMM")
    expect(result(page, "nb", "title")).to_have_text(re.compile(r"^WWW.*…$"))
    expect(hint(page, "seo_title_nb")).to_contain_text("Slutten vises ikke.")
    title.fill("li " * 21)
    expect(result(page, "nb", "title")).to_have_text(re.compile(r"^(li ?){21}$"))
    expect(hint(page, "seo_title_nb")).to_contain_text("Tittelen er passe lang.")


def test_the_keyboard_is_enough_and_only_a_new_verdict_is_read_aloud(form):
    page = form
    field = page.get_by_label("Beskrivelse i søkeresultater – bokmål")
    field.focus()
    assert field.get_attribute("aria-describedby").split()[-1] == "id_seo_description_nb_hint"
    page.evaluate(
        """() => {
          window.heard = [];
          for (const status of document.querySelectorAll(".search-hint [role=status]")) {
            new MutationObserver(() => heard.push(status.textContent))
              .observe(status, { childList: true, characterData: true, subtree: true });
          }
        }"""
    )
    page.keyboard.press("Control+a")
    page.keyboard.type("Kort ")
    expect(result(page, "nb", "text")).to_have_text("Kort")
    page.keyboard.type("tekst")
    expect(result(page, "nb", "text")).to_have_text("Kort tekst")
    assert page.evaluate("heard") == ["Beskrivelsen er kort. Med 110–155 tegn får du sagt mer."]
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "seo_description_nn"


def test_a_title_makes_a_new_page_appear(editor_page, site):
    page = editor_page
    page.goto(f"{site.origin}/admin/pages/page/add/")
    expect(page.locator("#search-result-nb")).to_contain_text("ikke på dette språket")
    page.get_by_label("Tittel – bokmål").fill("Besøk på Island")
    expect(result(page, "nb", "address")).to_contain_text("› besok-pa-island")
    expect(page.locator("#search-result-nn")).to_contain_text("ikke på dette språket")
    page.evaluate("localStorage.clear()")


def test_a_translator_sees_the_source_that_only_others_may_change(page, site):
    sign_in(page, site, "Oversetter")
    open_page(page, site, "Kontakt")
    before = result(page, "nb", "title").inner_text()
    page.get_by_label("Tittel i søkeresultater – nynorsk").fill("Spør oss")
    expect(result(page, "nn", "title")).to_contain_text("Spør oss –")
    assert result(page, "nb", "title").inner_text() == before
    page.evaluate("localStorage.clear()")


def test_without_an_answer_the_editor_is_told(form):
    page = form
    page.route("**/search-results/**", lambda route: route.fulfill(status=204, body=""))
    page.get_by_label("Tittel i søkeresultater – bokmål").fill("Uten svar")
    expect(page.locator(".search-results__fault")).to_contain_text("ikke oppdatert")
    page.unroute("**/search-results/**")
    page.get_by_label("Tittel i søkeresultater – bokmål").fill("Med svar igjen")
    expect(result(page, "nb", "title")).to_contain_text("Med svar igjen")
    expect(page.locator(".search-results__fault")).to_be_empty()


def test_without_scripts_the_form_shows_what_is_saved(form_without_scripts):
    page = form_without_scripts
    for language in ("nb", "nn", "en"):
        assert result(page, language, "title").is_visible()
        assert result(page, language, "text").inner_text()
    assert "tegn. Beskrivelsen" in hint(page, "seo_description_nb").inner_text()
