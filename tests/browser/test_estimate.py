"""From the home page to a printed sheet for the head: on a phone, without scripts, in eight choices at most."""

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, Page

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "locale": "nb-NO"}
MOST_CHOICES = 8
# As many activities as a plan can have, of every kind of line, with long names.
LARGEST = "from=Nordre+Follo&" + "&".join(
    f"{n}-kind={kind}&{n}-people=12&{n}-days={days}&{n}-to=Thessaloniki&{n}-fewer=3&{n}-language=2{more}"
    for n, (kind, days, more) in enumerate(
        [
            ("group", 9, f"&{1}-accompanying=4&{1}-green=on&{1}-travel_days=6"),
            ("pupil-long", 120, f"&{2}-accompanying=2"),
            ("pupil-short", 29, ""),
            ("course", 10, ""),
            ("teaching", 60, ""),
            ("expert", 20, ""),
        ],
        1,
    )
)
PATHS = {
    "nb": "/hva-gir-det/ark-til-lederen/",
    "nn": "/nn/kva-gir-det/ark-til-leiaren/",
    "en": "/en/what-does-it-give/page-for-the-head/",
}


@dataclass
class Visitor:
    """Somebody with a phone. Each press, and each field that is filled in, is a choice."""

    page: Page
    choices: int = 0

    def go(self, target: Locator) -> None:
        self.choices += 1
        with self.page.expect_navigation():
            target.click()

    def fill(self, label: str, value: str) -> None:
        self.choices += 1
        self.page.get_by_label(label).first.fill(value)

    def choose(self, label: str, option: str) -> None:
        self.choices += 1
        self.page.get_by_label(label).first.select_option(label=option)

    def link(self, name: str | re.Pattern) -> Locator:
        return self.page.get_by_role("main").get_by_role("link", name=name)

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    @property
    def sum(self) -> str:
        return self.page.locator(".estimate__sum strong").inner_text()


@pytest.fixture
def visitor(browser, site):
    context = browser.new_context(java_script_enabled=False, **PHONE)
    page = context.new_page()
    page.goto(site.origin)
    yield Visitor(page)
    assert context.cookies() == []
    context.close()


def pages_of(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page[^s]", pdf))


def holds_what_a_head_asks(visitor: Visitor, total: str, activities: int) -> None:
    """One sheet, with each activity and its parts, the sum, where the rates are from, and lines to sign."""
    sheet = visitor.page.locator(".packet__sheet")
    said = sheet.inner_text()
    assert total in said
    assert sheet.locator("tbody tr").count() == activities
    assert sheet.locator("tbody tr").first.locator("td").count() >= 3
    assert sheet.locator(".packet__foot a[href^='https://']").count() >= 1
    assert "Sist kontrollert" in said or "Sist kontrollert".casefold() in said.casefold()
    assert sheet.locator(".packet__signatures li").count() == 2
    assert visitor.choices <= MOST_CHOICES
    assert visitor.page.evaluate("document.documentElement.scrollWidth") <= 360
    assert pages_of(visitor.page.pdf(prefer_css_page_size=True)) == 1


def test_a_kindergarten_from_nothing(visitor):
    visitor.go(visitor.link("Hva gir det?"))
    visitor.fill("Kommunen deres", "Steinkjer")
    visitor.choose("Hva vil dere gjøre?", "Jobbskygging")
    visitor.fill("Hvor mange deltar?", "4")
    visitor.fill("Hvor mange dager, uten reisen?", "5")
    visitor.fill("Til hvilken by?", "Berlin")
    visitor.go(visitor.button("Lag anslag"))
    total = visitor.sum
    visitor.go(visitor.link("Ett ark til lederen"))
    holds_what_a_head_asks(visitor, total, 1)


def test_a_small_school_begins_from_an_example_and_asks_its_owner(visitor):
    visitor.go(visitor.link("Hva gir det?"))
    visitor.go(visitor.link(re.compile("Liten skole")))
    before = visitor.sum
    visitor.fill("Hvor mange deltar?", "9")
    visitor.go(visitor.button("Lag anslag"))
    total = visitor.sum
    assert total != before
    visitor.go(visitor.link("Ett ark til lederen"))
    visitor.choose("Hvem skal skrive under?", "Eieren")
    visitor.go(visitor.button("Fyll ut arket"))
    assert visitor.page.get_by_role("heading", level=1).inner_text() == "Erasmus+: ark til eieren"
    holds_what_a_head_asks(visitor, total, 2)


def test_an_upper_secondary_school_reads_where_each_figure_is_from(visitor):
    visitor.go(visitor.link("Hva gir det?"))
    visitor.go(visitor.link(re.compile("Stor videregående")))
    total = visitor.sum
    first = visitor.page.locator(".estimate .provenance").first
    visitor.choices += 1
    first.locator("summary").click()
    assert re.search(r"20\d\d", first.locator("p").first.inner_text())
    visitor.go(visitor.link("Ett ark til lederen"))
    holds_what_a_head_asks(visitor, total, 4)


def test_last_year_s_rates_are_chosen_and_stay_chosen_to_the_sheet_and_back(visitor):
    visitor.go(visitor.link("Hva gir det?"))
    visitor.go(visitor.link(re.compile("Liten skole")))
    visitor.choose("Satser for", "2025")
    visitor.go(visitor.button("Lag anslag"))
    result = visitor.page.locator(".estimate")
    assert "satsene for 2025, et tidligere år" in result.inner_text()
    total = visitor.sum
    visitor.go(visitor.link("Ett ark til lederen"))
    assert "satsene for 2025, et tidligere år" in visitor.page.locator("caption").inner_text()
    visitor.choose("Hvem skal skrive under?", "Eieren")
    visitor.go(visitor.button("Fyll ut arket"))
    holds_what_a_head_asks(visitor, total, 2)
    visitor.go(visitor.link("Tilbake til anslaget"))
    assert visitor.page.get_by_label("Satser for").input_value() == "2025"
    visitor.choose("Satser for", "2026")
    visitor.go(visitor.button("Lag anslag"))
    assert "2026" in result.get_by_role("heading", level=2).inner_text()
    assert "2026" not in visitor.page.url


@pytest.mark.parametrize("language", PATHS)
@pytest.mark.parametrize("reader", ["head", "owner"])
@pytest.mark.parametrize("year", ["", "2025"])
def test_the_largest_plan_is_one_sheet_too(browser, site, language, reader, year):
    """A second sheet with two lines on it is what gets lost on a head's desk."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{site.origin}{PATHS[language]}?{LARGEST}&reader={reader}&year={year}")
    assert page.locator(".packet__sheet tbody tr").count() == 6
    assert pages_of(page.pdf(prefer_css_page_size=True)) == 1
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 673, "height": 1000})
    # Nothing is cut off at the side of the sheet.
    assert page.evaluate("document.documentElement.scrollWidth") <= 673
    context.close()
