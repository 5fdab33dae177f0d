"""An editor keeps the languages of a page in step, in a real browser."""

import pytest

LEAD = "Spør oss om hva som helst."


def open_page(page, site, title="Om nettstedet"):
    page.goto(f"{site.origin}/admin/pages/page/?q={title}")
    page.get_by_role("link", name=title, exact=True).first.click()
    page.get_by_label("Tittel – bokmål").wait_for()


def publish(page):
    with page.expect_navigation():
        page.locator("[name=_publish]").last.click()
    page.locator(".messagelist .success").wait_for()


def cell(page, name):
    return page.locator(f"#page_form .language-cell.field-{name}").first


@pytest.fixture
def changed_page(editor_page, site):
    """The form of a page whose lead in bokmål has just been published anew."""
    page = editor_page
    open_page(page, site)
    lead = page.get_by_label("Ingress – bokmål", exact=True)
    before = lead.input_value()
    lead.fill(f"{before} {LEAD}")
    publish(page)
    open_page(page, site)
    yield page
    open_page(page, site)
    page.get_by_label("Ingress – bokmål", exact=True).fill(before)
    publish(page)


def test_a_changed_sentence_makes_the_translation_outdated_until_it_is_confirmed(
    changed_page, site
):
    page = changed_page
    nynorsk = cell(page, "lead_nn")
    assert "foreldet" in nynorsk.inner_text()
    nynorsk.get_by_text("Se hva som er endret i kilden").click()
    assert LEAD in nynorsk.locator("ins").inner_text()
    nynorsk.get_by_label("Fortsatt riktig").check()
    publish(page)
    open_page(page, site)
    assert "oppdatert" in cell(page, "lead_nn").inner_text()
    page.get_by_role("link", name="engelsk").click()
    assert "foreldet" in cell(page, "lead_en").inner_text(), "only nynorsk was confirmed"


def test_the_list_tells_and_filters_by_state(changed_page, site):
    page = changed_page
    page.goto(f"{site.origin}/admin/pages/page/?q=Om+nettstedet&state_en=stale")
    name = page.get_by_role("link", name="Om nettstedet", exact=True)
    rows = page.locator("#result_list tbody tr").filter(has=name)
    assert "en foreldet" in rows.inner_text()
    page.goto(f"{site.origin}/admin/pages/page/?q=Om+nettstedet&state_en=missing")
    assert rows.count() == 0


def test_the_chosen_translation_is_remembered_and_typing_survives_the_choice(editor_page, site):
    page = editor_page
    open_page(page, site)
    assert cell(page, "title_nn").is_visible() and not cell(page, "title_en").is_visible()
    page.get_by_label("Tittel – nynorsk", exact=True).fill("Under arbeid")
    page.get_by_role("link", name="engelsk").click()
    assert cell(page, "title_en").is_visible() and not cell(page, "title_nn").is_visible()
    source, translation = (
        cell(page, "title_nb").bounding_box(),
        cell(page, "title_en").bounding_box(),
    )
    assert abs(source["y"] - translation["y"]) < 5 and source["x"] < translation["x"]
    page.get_by_role("link", name="alle språk").click()
    assert page.get_by_label("Tittel – nynorsk", exact=True).input_value() == "Under arbeid"
    page.get_by_role("link", name="engelsk").click()
    open_page(page, site, "Personvern")
    assert cell(page, "title_en").is_visible() and not cell(page, "title_nn").is_visible()
    page.goto(page.url.partition("?")[0] + "?til=nn")
    assert cell(page, "title_nn").is_visible(), "the address goes before what is remembered"


def test_a_new_section_follows_the_choice(editor_page, site):
    page = editor_page
    open_page(page, site)
    page.get_by_role("link", name="engelsk").click()
    page.locator("#sections-group .add-row a").click()
    section = page.locator("#sections-group .inline-related:not(.empty-form)").last
    assert section.locator(".field-heading_en input").is_visible()
    assert not section.locator(".field-heading_nn input").is_visible()


def test_all_of_it_works_from_the_keyboard(changed_page, site):
    page = changed_page
    link = page.get_by_role("link", name="engelsk")
    link.focus()
    page.keyboard.press("Enter")
    assert link.get_attribute("aria-current") == "true"
    page.get_by_label("Ingress – engelsk", exact=True).focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert cell(page, "lead_en").locator("ins").is_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert page.locator("[name=still_right]:checked").get_attribute("value") == "lead_en"


def test_languages_stand_below_each_other_on_a_phone(editor_page, site):
    page = editor_page
    page.set_viewport_size({"width": 360, "height": 740})
    open_page(page, site)
    source, translation = (
        cell(page, "title_nb").bounding_box(),
        cell(page, "title_nn").bounding_box(),
    )
    assert source["y"] + source["height"] <= translation["y"]
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_without_the_script_every_language_is_there(form_without_scripts):
    page = form_without_scripts
    assert all(cell(page, f"title_{code}").is_visible() for code in ("nb", "nn", "en"))
    page.get_by_role("link", name="engelsk").click()
    assert cell(page, "title_en").is_visible() and not cell(page, "title_nn").is_visible()
