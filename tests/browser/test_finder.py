"""«Finn tiltak» and the comparison on a teacher's phone, without scripts."""

import pytest

from tests.browser import axe
from tests.services import wait_for

PHONE = {"width": 360, "height": 740}
# Who one is, what one wants, what then is pressed, and what must stand on the page that is reached.
WALKS = {
    "a kindergarten sees another at work": (
        *("/", "Barnehage", "Følge kolleger i arbeid", "Jobbskygging i utlandet"),
    ),
    "a kindergarten begins a small project": (
        *("/", "Barnehage", "Samarbeide med noen i andre land", "Småskalapartnerskap (KA210)"),
    ),
    "a school travels with pupils": (
        *("/", "Grunnskole", "Reise med en gruppe elever", "Reise med en gruppe elever"),
    ),
    "a school sends a pupil for long": (
        *("/", "Videregående skole", "Sende enkeltelever til en skole ute"),
        "Lang utveksling for enkeltelever",
    ),
    "a teacher who is alone wants a course": (
        *("/", "Jeg er lærer og alene om ideen", "Gå på kurs", "Kurs og opplæring i utlandet"),
    ),
    "a municipality applies for its schools": (
        *("/nn/", "Eigar og styresmakt", "Gå på kurs", "Bli med i eit konsortium"),
    ),
}
ANSWERS = {
    "/": ("Hvem kan søke?", "Neste frist", "Hva kan dere få støtte til?", "Hvordan søker dere?"),
    "/nn/": ("Kven kan søkje?", "Neste frist", "Kva kan de få støtte til?", "Korleis søkjer de?"),
}


@pytest.fixture
def phone(browser, site):
    """A phone whose browser runs no scripts."""
    context = browser.new_context(
        base_url=site.origin, viewport=PHONE, java_script_enabled=False, has_touch=True
    )
    yield context.new_page()
    assert context.cookies() == []
    context.close()


@pytest.mark.parametrize("walk", WALKS.values(), ids=WALKS)
def test_three_choices_lead_from_home_to_what_one_must_know(phone, walk):
    """Who must apply, by when, what it covers and the first step: a teacher on a phone gives up after that."""
    home, *choices = walk
    phone.goto(home)
    assert len(choices) == 3
    for choice in choices:
        main = phone.get_by_role("main")
        main.get_by_role("link").filter(has_text=choice).first.tap()
    assert phone.get_by_role("heading", level=1).inner_text() == choices[-1]
    for answer in ANSWERS[home]:
        assert phone.get_by_role("main").get_by_text(answer, exact=True).first.is_visible()


def test_what_fits_is_ticked_and_compared(phone):
    phone.goto("/finn-tiltak/?who=kindergarten&what=shadow")
    for title in ("Jobbskygging i utlandet", "Bli med i et konsortium"):
        phone.get_by_role("checkbox", name=f"Sammenlign : {title}").check()
    phone.get_by_role("button", name="Sammenlign valgte tiltak").tap()
    phone.wait_for_url("**/sammenlign/?m=shadowing&m=consortium")
    headings = phone.get_by_role("columnheader").all_inner_texts()
    assert [text for text in headings if text] == [
        "Bli med i et konsortium",
        "Jobbskygging i utlandet",
    ]
    assert phone.get_by_role("rowheader", name="Hvor mye arbeid?").count() == 1
    phone.get_by_role("link", name="Ta bort Bli med i et konsortium").tap()
    assert phone.get_by_role("checkbox", name="Jobbskygging i utlandet").is_checked()


def test_a_measures_page_leads_to_a_comparison_that_can_be_changed(phone):
    phone.goto("/for-skole-og-barnehage/mobilitet/jobbskygging/")
    phone.get_by_role("link", name="Sammenlign med beslektede tiltak").tap()
    phone.wait_for_url("**/sammenlign/?m=*")
    columns = phone.locator("thead th")
    before = columns.count()
    assert 3 <= before <= 5
    assert phone.get_by_role("rowheader", name="Neste frist").is_visible()
    phone.get_by_role("link", name="Ta bort").first.tap()
    phone.wait_for_url(lambda address: address.count("m=") == before - 1)
    phone.get_by_text("Velg andre tiltak").tap()
    other = phone.locator(".chooser input:not(:checked)").last
    key = other.get_attribute("value")
    other.check()
    phone.get_by_role("button", name="Sammenlign", exact=True).tap()
    phone.wait_for_url(f"**m={key}*")
    assert columns.count() == before


def test_a_table_that_is_wider_than_the_phone_moves_by_itself(page, site):
    """The heading of a row stays beside its cells, and the keyboard reaches what is out of sight."""
    page.set_viewport_size(PHONE)
    page.goto(f"{site.origin}/sammenlign/?m=course&m=shadowing&m=teaching")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    region = page.get_by_role("region", name="3 tiltak ved siden av hverandre")
    heading = page.get_by_role("rowheader").first
    before = heading.bounding_box()["x"]
    region.focus()
    for _press in range(4):
        page.keyboard.press("ArrowRight")
    # The policy lets no string be run, so the page cannot wait for one.
    moved = "document.querySelector('.comparison').scrollLeft > 50"
    wait_for(lambda: page.evaluate(moved), "the table to move")
    assert abs(heading.bounding_box()["x"] - before) < 2


PAGES = [
    "/finn-tiltak/?who=kindergarten&what=teach-eu",
    "/finn-tiltak/?who=teacher&before=never",
    "/sammenlign/?m=course&m=small-scale-partnership&m=jean-monnet",
    "/sammenlign/?m=course&m=nothing",
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_is_chosen_stands_in_nobodys_way(browser, site, scheme):
    """The pages without choices are looked at with all others, in test_look."""
    context = browser.new_context(viewport=PHONE, color_scheme=scheme)
    page = context.new_page()
    found = {}
    for path in PAGES:
        page.goto(site.origin + path)
        page.evaluate("document.querySelectorAll('details').forEach((each) => each.open = true)")
        if findings := axe.findings(page, axe.SITE):
            found[path] = findings
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], path
    context.close()
    assert found == {}


@pytest.mark.parametrize(("number", "is_wide"), [(3, False), (5, True)])
def test_it_prints_on_the_side_of_the_paper_that_has_room(page, site, number, is_wide):
    keys = ["course", "shadowing", "teaching", "consortium", "small-scale-partnership"][:number]
    page.goto(f"{site.origin}/sammenlign/?{'&'.join(f'm={key}' for key in keys)}")
    pdf = page.pdf(prefer_css_page_size=True)
    assert 1 <= pdf.count(b"/Type /Page\n") <= 2
    width, height = map(float, pdf.split(b"/MediaBox [0 0 ")[1].split(b"]")[0].split())
    assert (width > height) == is_wide
