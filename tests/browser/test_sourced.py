"""A head meets an amount in a text and sees where it is from, with the keyboard alone."""

import pytest

from tests.browser import axe

PATH = "/for-skole-og-barnehage/mobilitet/enkeltstaende-mobilitetsprosjekt/"
OPEN = ".popover:popover-open"


@pytest.mark.parametrize("width", [320, 1280])
def test_a_figure_opens_to_its_source_without_scripts(browser, site, width):
    options = {"viewport": {"width": width, "height": 740}, "java_script_enabled": False}
    with browser.new_context(base_url=site.origin, **options) as context:
        page = context.new_page()
        page.goto(PATH)
        figure = page.locator("label.sourced", has_text="395")
        plain = figure.bounding_box()
        page.get_by_role("button", name="Kilde: 395 euro").focus()
        page.keyboard.press("Enter")
        opened = page.locator(OPEN)
        assert "Sist kontrollert" in opened.inner_text() and "(2026)" in opened.inner_text()
        box = opened.bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= width
        assert box["y"] >= 0 and box["y"] + box["height"] <= 740
        page.keyboard.press("Escape")
        assert opened.count() == 0
        figure.click(position={"x": 4, "y": 8})
        assert opened.count() == 1
        page.emulate_media(media="print")
        assert not opened.is_visible() and not page.locator(".sourced button").first.is_visible()
        assert figure.bounding_box()["width"] < plain["width"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_open_source_stands_in_nobodys_way(browser, site, scheme):
    options = {"viewport": {"width": 360, "height": 740}, "color_scheme": scheme}
    with browser.new_context(base_url=site.origin, bypass_csp=True, **options) as context:
        page = context.new_page()
        page.goto(PATH)
        sizes = page.locator(".sourced button").evaluate_all(
            "(all) => all.map((one) => one.getBoundingClientRect()).map((b) => Math.min(b.width, b.height))"
        )
        assert len(sizes) > 10 and min(sizes) >= 24
        buttons = page.locator(".sourced button")
        buttons.first.focus()
        page.keyboard.press("Enter")
        assert page.locator(OPEN).count() == 1
        assert axe.findings(page, axe.SITE) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
