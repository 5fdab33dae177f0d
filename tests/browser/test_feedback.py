"""«Hjalp siden deg?» as a visitor with a phone meets it, in a browser that runs no scripts."""

import pytest

from tests.browser import axe
from tests.browser.conftest import sign_in

MEASURE = "/for-skole-og-barnehage/mobilitet/enkeltstaende-mobilitetsprosjekt/"


@pytest.fixture
def phone(browser, site):
    size = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "locale": "nb-NO"}
    context = browser.new_context(java_script_enabled=False, **size)
    yield context.new_page()
    assert context.cookies() == []
    context.close()


def test_a_visitor_answers_is_helped_to_put_it_right_and_an_editor_reads_it(phone, page, site):
    phone.goto(site.origin + MEASURE)
    form = phone.locator("#feedback")
    # Two choices to begin with; the rest comes when it is of use.
    assert not form.get_by_role("button").is_visible()
    form.get_by_label("Nei").check()
    assert "Ikke skriv navn" in form.inner_text()
    assert form.get_by_role("textbox").count() == 1
    form.get_by_label("Vil du si hvorfor?").fill("Fristen mangler, skriv til kari@eksempel.test")
    form.get_by_role("button", name="Send").click()
    assert "Ta bort e-postadresser" in form.inner_text()
    box = form.get_by_label("Vil du si hvorfor?")
    assert box.input_value() == "Fristen mangler, skriv til kari@eksempel.test"
    assert form.get_by_label("Nei").is_checked()
    box.fill("Fristen mangler i denne testen")
    form.get_by_role("button", name="Send").click()
    assert phone.get_by_role("heading", level=1).inner_text() == "Takk for svaret"
    phone.reload()
    phone.get_by_role("link", name="Tilbake til").click()
    assert phone.url == site.origin + MEASURE

    sign_in(page, site.origin)
    page.get_by_role("link", name="Svar fra besøkende").first.click()
    page.wait_for_url("**/admin/pages/feedback/")
    page.get_by_role("cell", name="Fristen mangler i denne testen").first.wait_for()
    page.get_by_role("link", name="Side for side").click()
    page.get_by_role("row", name="Enkeltstående mobilitetsprosjekt (KA122)").wait_for()
    page.get_by_role("link", name="Enkeltstående mobilitetsprosjekt (KA122)").click()
    page.get_by_text("svarte ja.").wait_for()


def test_the_form_as_it_opens_stands_in_nobodys_way(browser, site):
    """Open and closed, in both schemes."""
    for scheme in ("light", "dark"):
        context = browser.new_context(color_scheme=scheme, viewport={"width": 360, "height": 740})
        shown = context.new_page()
        shown.goto(site.origin + MEASURE)
        shown.get_by_label("Ja").check()
        assert axe.findings(shown, axe.SITE) == []
        context.close()
