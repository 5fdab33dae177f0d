"""The ten commonest tasks of `docs/redaktor.md`, carried out click by click and counted."""

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, Page

from tests.factories import picture_bytes
from tests.guide import tasks

MOST_TABS = 3


@dataclass
class Hand:
    """An editor at the mouse and the keyboard. Every press of the mouse counts, no key does."""

    page: Page
    clicks: int = 0

    def click(self, target: Locator) -> None:
        self.clicks += 1
        target.click()

    def go(self, target: Locator) -> None:
        with self.page.expect_navigation():
            self.click(target)

    def type(self, text: str) -> None:
        """Type over what stands in the field that has the focus."""
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def tab_to(self, selector: str) -> None:
        field = self.page.locator(selector)
        for _press in range(MOST_TABS):
            self.page.keyboard.press("Tab")
            if field.evaluate("(field) => field === document.activeElement"):
                return
        pytest.fail(f"{selector} is not the next field")

    def choose(self, selector: str, label: str | re.Pattern) -> None:
        """Open a menu and choose in it: two clicks."""
        self.clicks += 2
        menu = self.page.locator(selector)
        option = menu.locator("option").filter(has_text=label).first
        menu.select_option(option.get_attribute("value"))

    def choose_file(self, button: Locator, data: bytes) -> None:
        """Open the machine's own window and choose in it: two clicks."""
        self.clicks += 2
        with self.page.expect_file_chooser() as window:
            button.click()
        file = {"name": "nytt.jpg", "mimeType": "image/jpeg", "buffer": data}
        window.value.set_files(file)

    def drag(self, what: Locator, where: Locator) -> None:
        self.clicks += 1
        start, end = what.bounding_box(), where.bounding_box()
        self.page.mouse.move(start["x"] + 8, start["y"] + 8)
        self.page.mouse.down()
        self.page.mouse.move(start["x"] + 8, start["y"] - 4, steps=5)
        self.page.mouse.move(end["x"] + 8, end["y"] + 2, steps=20)
        self.page.wait_for_timeout(200)
        self.page.mouse.up()

    # --- What one meets again and again ------------------------------------------------------

    def open_list(self, name: str) -> None:
        menu = self.page.get_by_role("navigation", name="Alt på nettstedet")
        self.go(menu.get_by_role("link", name=name, exact=True))

    def add(self, name: str) -> None:
        row = self.page.get_by_role("row").filter(
            has=self.page.get_by_role("link", name=name, exact=True)
        )
        self.go(row.get_by_role("link", name="Legg til"))

    def open_row(self, name: str) -> None:
        self.go(self.page.locator("#result_list").get_by_role("link", name=name, exact=True))

    def open_page(self, name: str) -> None:
        self.open_list("Sider")
        self.open_row(name)

    def show_all_languages(self) -> None:
        self.click(self.page.get_by_role("link", name="alle språk"))

    def publish(self) -> None:
        self.go(self.page.get_by_role("button", name="Publiser", exact=True))
        self.page.locator(".messagelist .success").wait_for()


@pytest.fixture
def hand(editor_page):
    """Waits at the admin's front page."""
    return Hand(editor_page)


@pytest.fixture
def visitor(browser, site):
    """Tells what somebody who is not signed in reads at an address."""
    context = browser.new_context()
    page = context.new_page()

    def read(path: str) -> str:
        page.goto(path if path.startswith("http") else f"{site.origin}{path}")
        return page.locator("main").inner_text()

    read.page = page
    yield read
    context.close()


def shell(site, code: str) -> None:
    site.manage("shell", "-v", "0", "-c", code)


def make_page(site, title: str, **values: str) -> None:
    """Put a published page on the site, of which only its test knows."""
    fields = {"title_nb": title, "title_nn": f"{title} nn", "title_en": f"{title} en", **values}
    shell(
        site,
        "from django.utils import timezone; from pages.models import Page;"
        f"Page.objects.create(publish_at=timezone.now(), **{fields!r})",
    )


def test_a_sentence_in_three_languages(hand, site, visitor):
    make_page(site, "Tre språk")
    hand.open_page("Tre språk")
    hand.show_all_languages()
    hand.click(hand.page.locator("#id_lead_nb"))
    hand.type("Vi har åpent.")
    hand.tab_to("#id_lead_nn")
    hand.type("Vi har ope.")
    hand.tab_to("#id_lead_en")
    hand.type("We are open.")
    hand.publish()
    assert hand.clicks == tasks()["Endre en setning på tre språk"]
    assert "Vi har åpent." in visitor("/tre-sprak/")
    assert "Vi har ope." in visitor("/nn/tre-sprak-nn/")
    assert "We are open." in visitor("/en/tre-sprak-en/")


def test_a_draft_is_previewed_and_shared(hand, site, visitor):
    make_page(site, "Delt utkast", lead_nb="Slik det er.")
    hand.open_page("Delt utkast")
    hand.click(hand.page.locator("#id_lead_nb"))
    hand.type("Slik det blir.")
    hand.go(hand.page.get_by_role("button", name="Lagre og forhåndsvis"))
    assert hand.page.frame_locator("iframe").get_by_text("Slik det blir.").is_visible()
    hand.click(hand.page.get_by_label("Adresse å dele"))
    hand.page.keyboard.press("Control+A")
    address = hand.page.evaluate("""() => {
      const field = document.activeElement;
      return field.value.slice(field.selectionStart, field.selectionEnd);
    }""")
    assert hand.clicks == tasks()["Forhåndsvise et utkast og dele det"]
    assert "Slik det er." in visitor("/delt-utkast/")
    visitor.page.goto(address)
    assert visitor.page.frame_locator("iframe").get_by_text("Slik det blir.").is_visible()


def test_a_measure_is_added(hand, site, visitor):
    hand.add("Deltiltak")
    hand.show_all_languages()
    hand.click(hand.page.locator("#id_title_nb"))
    hand.type("Kor på tvers")
    for code in ("nn", "en"):
        hand.tab_to(f"#id_title_{code}")
        hand.type(f"Kor på tvers {code}")
    for code in ("nb", "nn", "en"):
        hand.tab_to(f"#id_summary_{code}")
        hand.type(f"Barn synger sammen {code}.")
    hand.choose("#id_action", re.compile("Mobilitet"))
    hand.publish()
    assert hand.clicks == tasks()["Legge til et deltiltak"]
    assert "Kor på tvers" in visitor("/for-skole-og-barnehage/mobilitet/")
    assert "Barn synger sammen nb." in visitor("/for-skole-og-barnehage/mobilitet/kor-pa-tvers/")


def test_a_picture_is_replaced(hand, site, visitor):
    def pictures() -> set[str]:
        visitor("/for-skole-og-barnehage/")
        images = visitor.page.locator("main img").all()
        return {image.get_attribute("src").partition("-")[0] for image in images}

    before = pictures()
    hand.open_list("Bilder")
    hand.open_row("På biblioteket")
    hand.page.locator(".focal__crop--live").first.wait_for()
    hand.choose_file(hand.page.locator("#id_original"), picture_bytes((1200, 900), "JPEG"))
    hand.page.locator(".focal__before").wait_for()
    hand.click(hand.page.locator(".focal__stage"))
    hand.publish()
    assert hand.clicks == tasks()["Bytte et bilde"]
    after = pictures()
    assert len(before - after) == len(after - before) == 1


def test_a_collage_of_four_is_built(hand, site, visitor):
    make_page(site, "Fire bilder")
    hand.add("Collager")
    hand.show_all_languages()
    hand.click(hand.page.locator("#id_title_nb"))
    hand.type("Fire dager")
    for code in ("nn", "en"):
        hand.tab_to(f"#id_title_{code}")
        hand.type(f"Fire dager {code}")
    for name in ("Måltid", "Samlingsstund", "Forsøk", "I klasserommet"):
        hand.click(hand.page.locator(".tile").filter(has_text=name))
    hand.publish()
    assert hand.clicks == tasks()["Bygge en collage av fire bilder"]
    shell(
        site,
        "from pages.models import *; page = Page.objects.get(title_nb='Fire bilder');"
        "page.sections.create(heading_nb='Her', collage=Collage.objects.get(title_nb='Fire dager'))",
    )
    visitor("/fire-bilder/")
    assert visitor.page.locator(".collage img").count() == 4


def test_measures_are_reordered(hand, site, visitor):
    def order() -> list[str]:
        visitor("/for-skole-og-barnehage/mobilitet/")
        return visitor.page.locator("main li a").all_inner_texts()

    before = order()
    hand.open_list("Deltiltak")
    handles = hand.page.locator("#result_list .drag.handle")
    with hand.page.expect_response("**/adminsortable2_update/"):
        hand.drag(handles.nth(1), handles.nth(0))
    assert hand.clicks == tasks()["Endre rekkefølgen på deltiltak"]
    assert order() != before
    assert sorted(order()) == sorted(before)


def test_a_page_is_scheduled(hand, site, visitor):
    hand.add("Sider")
    hand.click(hand.page.locator("#id_title_nb"))
    hand.type("Ny frist")
    hand.click(hand.page.locator("#id_show_from_0"))
    hand.type("01.02.2099")
    hand.tab_to("#id_show_from_1")
    hand.type("08:00")
    hand.publish()
    assert "Planlagt" in hand.page.locator(".messagelist").inner_text()
    assert hand.clicks == tasks()["Publisere en side på et bestemt tidspunkt"]
    assert "Ny frist" not in visitor("/ny-frist/")
    hand.page.goto(f"{site.origin}/admin/")
    assert hand.page.locator(".panel", has_text="Blir publisert").get_by_text("Ny frist").count()
    shell(
        site,
        "from django.utils import timezone; from pages.models import Page;"
        "Page.objects.filter(title_nb='Ny frist').update(publish_at=timezone.now())",
    )
    assert "Ny frist" in visitor("/ny-frist/")


def test_last_weeks_version_is_restored(hand, site, visitor):
    make_page(site, "Forrige uke", lead_nb="Riktig.")
    hand.open_page("Forrige uke")
    hand.page.fill("#id_lead_nb", "Feil.")
    hand.publish()
    shell(
        site,
        "from datetime import timedelta; from pages.models import *;"
        "first = Revision.objects.of(Page.objects.get(title_nb='Forrige uke')).last();"
        "Revision.objects.filter(pk=first.pk).update(made_at=first.made_at - timedelta(days=7))",
    )
    assert "Feil." in visitor("/forrige-uke/")
    hand.page.goto(f"{site.origin}/admin/")
    hand.clicks = 0
    hand.open_page("Forrige uke")
    hand.go(hand.page.get_by_role("link", name="Historikk"))
    hand.go(hand.page.get_by_role("button", name="Hent tilbake denne versjonen").last)
    hand.publish()
    assert hand.clicks == tasks()["Hente tilbake forrige ukes versjon"]
    assert "Riktig." in visitor("/forrige-uke/")


def test_a_page_is_renamed(hand, site, visitor):
    make_page(site, "Gammelt navn")
    hand.open_page("Gammelt navn")
    hand.click(hand.page.locator("#id_title_nb"))
    hand.type("Nytt navn")
    hand.click(hand.page.locator("#id_slug_nb"))
    hand.type("nytt-navn")
    hand.publish()
    assert hand.clicks == tasks()["Gi en side nytt navn"]
    assert "Nytt navn" in visitor("/gammelt-navn/")
    assert visitor.page.url == f"{site.origin}/nytt-navn/"


def test_what_is_stale_is_found_and_mended(hand, site, visitor):
    make_page(site, "Stengt", lead_nb="Åpent.", lead_nn="Ope.", lead_en="Open.")
    hand.open_page("Stengt")
    hand.page.fill("#id_lead_nb", "Vi har åpent hver dag.")
    hand.publish()
    hand.page.goto(f"{site.origin}/admin/")
    hand.clicks = 0
    hand.open_list("Sider")
    row = hand.page.locator("#result_list tr").filter(has_text="Stengt").first
    assert "foreldet" in row.inner_text()
    hand.go(row.get_by_role("link", name="Stengt"))
    nynorsk = hand.page.locator(".field-lead_nn")
    hand.click(nynorsk.get_by_text("Se hva som er endret i kilden"))
    assert nynorsk.locator("ins").first.is_visible()
    assert hand.clicks == tasks()["Finne det som er foreldet"]
