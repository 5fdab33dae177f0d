"""Then and now, as a teacher on a phone uses it who has an old link in hand. No script runs."""

import pytest

from tests.browser import axe

PHONE = {"width": 360, "height": 740}


@pytest.fixture
def phone(browser, site):
    context = browser.new_context(
        base_url=site.origin, viewport=PHONE, java_script_enabled=False, locale="nb-NO"
    )
    yield context.new_page()
    context.close()


def test_from_an_old_measure_to_what_an_old_code_is_called_today(phone, site):
    phone.goto("/for-skole-og-barnehage/partnerskap/mindre-skolepartnerskap/")
    phone.locator(".notice").get_by_role("link", name="Før og nå").click()
    phone.get_by_label("Navn eller kode").fill("ka 229")
    phone.get_by_role("button", name="Slå opp").click()
    row = phone.locator("tr#ka229")
    assert row.get_by_role("rowheader").inner_text().startswith("KA229")
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    row.get_by_role("link", name="Småskalapartnerskap (KA210)").click()
    assert phone.get_by_role("heading", level=1).inner_text() == "Småskalapartnerskap (KA210)"
    assert "kan ikke søke alene" in phone.locator(".lead").inner_text()


def test_everyone_can_use_the_page(page, site):
    page.goto(f"{site.origin}/for-og-na/?q=pic")
    for width in (PHONE["width"], 1280):
        for scheme in ("light", "dark"):
            axe.show(page, width, scheme)
            assert axe.findings(page, axe.SITE) == [], (width, scheme)
