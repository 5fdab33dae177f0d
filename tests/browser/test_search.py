"""A teacher on a phone searches, without scripts: from any page to the page that answers."""

import re

import pytest

from tests.browser import axe

PHONE = {"viewport": {"width": 320, "height": 640}, "java_script_enabled": False}


@pytest.fixture
def phone(browser, site):
    context = browser.new_context(base_url=site.origin, **PHONE)
    yield context.new_page()
    context.close()


def test_a_teacher_searches_narrows_and_opens(phone):
    """From the home page to «who must apply» of what another kindergarten can teach one."""
    phone.goto("/")
    phone.get_by_role("banner").get_by_role("link", name="Søk").click()
    box = phone.get_by_label("Hva leter du etter?")
    box.fill("besøke en barnehage i et annet land og se hvordan de jobber")
    box.press("Enter")
    assert "treff på «besøke en barnehage" in phone.get_by_role("main").inner_text()
    narrowed = phone.get_by_role("navigation", name="Avgrens treffene")
    narrowed.locator("summary").click()
    narrowed.get_by_role("link", name=re.compile("^Tiltak")).click()
    narrowed.get_by_role("link", name=re.compile("^Barnehage")).click()
    assert narrowed.locator("[aria-current]").count() == 2
    first = phone.locator(".result").first
    assert first.locator("mark").count()
    first.get_by_role("link").first.click()
    assert phone.get_by_role("heading", level=1).inner_text() == "Jobbskygging i utlandet"


@pytest.mark.parametrize(("width", "are_seen"), [(360, False), (768, True), (1440, True)])
def test_on_a_phone_the_ways_to_narrow_do_not_hide_the_first_answer(browser, site, width, are_seen):
    context = browser.new_context(
        base_url=site.origin, viewport={"width": width, "height": 740}, java_script_enabled=False
    )
    page = context.new_page()
    page.goto("/sok/?q=kurs")
    assert page.locator(".filter a").first.is_visible() == are_seen
    assert page.locator(".filters summary").is_visible() != are_seen
    assert page.locator(".result a").first.bounding_box()["y"] < 740
    context.close()


def test_the_box_on_a_desk_is_reached_by_keyboard(browser, site):
    context = browser.new_context(base_url=site.origin, viewport={"width": 1024, "height": 700})
    page = context.new_page()
    page.goto("/en/")
    for _press in range(4):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "q":
            break
    page.keyboard.type("job shaddowing")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/search/?q=job+shaddowing")
    assert "Did you mean shadowing?" in page.get_by_role("main").inner_text()
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("query", ["kurs", "akreditering", "xyzzyqw", "f%C3%B8rst&type=picture"])
def test_answers_stand_in_nobodys_way(browser, site, query, scheme):
    context = browser.new_context(
        base_url=site.origin, viewport={"width": 320, "height": 700}, color_scheme=scheme
    )
    page = context.new_page()
    page.goto(f"/sok/?q={query}")
    assert axe.findings(page, axe.SITE) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    context.close()
