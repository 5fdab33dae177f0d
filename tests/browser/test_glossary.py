"""A teacher meets a word in a text and has it explained there, on a phone and with the keyboard alone."""

import pytest

from tests.browser import axe

TEXT = "/for-skole-og-barnehage/mobilitet/hospitering-i-europa/"
OPEN = ".popover:popover-open"


@pytest.fixture
def on_phone(browser, site):
    """Return what opens a page on a phone, without scripts where nothing else is said."""
    contexts = []

    def open_page(path, **options):
        wanted = {"viewport": {"width": 360, "height": 740}, "java_script_enabled": False}
        context = browser.new_context(base_url=site.origin, **{**wanted, **options})
        contexts.append(context)
        page = context.new_page()
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()


def test_a_word_opens_where_it_stands_and_leads_to_the_glossary(on_phone):
    page = on_phone(TEXT)
    before = page.locator("main").inner_text()
    page.locator("label.term", has_text="europeisk utviklingsplan").click()
    opened = page.locator(OPEN)
    assert "Erasmus-plan (før: europeisk utviklingsplan): Planen" in opened.inner_text()
    box = opened.bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 360 and box["y"] + box["height"] <= 740
    page.mouse.click(180, 20)
    assert opened.count() == 0
    assert page.locator("main").inner_text() == before
    page.get_by_role("button", name="Hva betyr «europeisk utviklingsplan»?").click()
    opened.get_by_role("link", name="Se ordlisten").click()
    assert page.url.endswith("/ordliste/#erasmus-plan")
    entry = page.locator("#erasmus-plan")
    assert entry.is_visible() and 0 <= entry.bounding_box()["y"] < 740
    page.get_by_label("Ord eller kode").fill("pic")
    page.get_by_role("button", name="Slå opp").click()
    assert page.locator("dt").all_inner_texts() == ["organisasjons-ID"]


@pytest.mark.parametrize("width", [320, 1280])
def test_the_keyboard_opens_and_closes_it_and_keeps_its_place(on_phone, width):
    page = on_phone(TEXT, viewport={"width": width, "height": 740}, java_script_enabled=True)
    button = page.locator(".term button").first
    button.focus()
    page.keyboard.press("Enter")
    opened = page.locator(OPEN)
    assert opened.count() == 1
    box, asked = opened.bounding_box(), button.bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= width
    assert box["y"] >= asked["y"] + asked["height"] or box["y"] + box["height"] <= asked["y"]
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')").startswith("/ordliste/#")
    page.keyboard.press("Escape")
    assert opened.count() == 0
    assert page.evaluate("document.activeElement.matches('.term button')")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_definition_stands_by_its_word_where_there_is_room(on_phone):
    """And at the foot of a phone, where a thumb reaches it."""
    for width, is_beside in ((360, False), (768, True), (1440, True)):
        page = on_phone(TEXT, viewport={"width": width, "height": 740})
        button = page.locator(".term button").first
        button.click()
        box, asked = page.locator(OPEN).bounding_box(), button.bounding_box()
        below, above = (
            box["y"] - asked["y"] - asked["height"],
            asked["y"] - box["y"] - box["height"],
        )
        assert (0 <= max(below, above) < 16) == is_beside
        assert box["x"] + box["width"] <= width
        if is_beside:
            assert box["x"] <= asked["x"] + asked["width"] and box["x"] + box["width"] >= asked["x"]
        else:
            assert box["y"] + box["height"] == 740


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_open_definition_stands_in_nobodys_way(on_phone, scheme):
    page = on_phone(TEXT, color_scheme=scheme, java_script_enabled=True, bypass_csp=True)
    sizes = page.locator(".term button").evaluate_all(
        "(all) => all.map((one) => one.getBoundingClientRect()).map((b) => Math.min(b.width, b.height))"
    )
    assert min(sizes) >= 24
    page.locator(".term button").first.click()
    assert page.locator(OPEN).count() == 1
    assert axe.findings(page, axe.SITE) == []
    page.emulate_media(media="print")
    assert not page.locator(".popover").first.is_visible()
    assert not page.locator(".term button").first.is_visible()
