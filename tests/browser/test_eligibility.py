"""«Kan vi søke?» as a kindergarten teacher with a phone walks it, in a browser that runs no scripts."""

import pytest

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "locale": "nb-NO"}


@pytest.fixture
def phone(browser, site):
    context = browser.new_context(java_script_enabled=False, **PHONE)
    yield context.new_page()
    assert context.cookies() == []
    context.close()


def test_from_home_to_what_to_apply_for_and_the_first_step(phone, site):
    phone.goto(site.origin)
    phone.get_by_role("main").get_by_role("link", name="Kan vi søke?").click()
    phone.get_by_label("Barnehage", exact=True).check()
    phone.get_by_label("Reise til et annet land").check()
    phone.get_by_role("button", name="Se svaret").click()
    answer = phone.locator("#answer")
    assert (
        answer.get_by_role("heading", level=2).inner_text() == "Ja, hvis vilkårene under er oppfylt"
    )
    assert "Enkeltstående mobilitetsprosjekt (KA122)" in answer.inner_text()
    assert answer.locator("ol li").count() == 3
    # The answer is in sight, and not only the head of the page.
    assert answer.bounding_box()["y"] < 740
    # One more answer makes it surer; the address holds them all.
    phone.locator("#q-approved").get_by_label("Ja").check()
    phone.locator("#q-accredited").get_by_label("Nei").check()
    phone.locator("#q-grants").get_by_label("Ingen, ett eller to").check()
    phone.get_by_role("button", name="Se svaret på nytt").click()
    assert answer.get_by_role("heading", level=2).inner_text() == "Ja, dere kan søke"
    shared = phone.url
    phone.goto(site.origin)
    phone.goto(shared)
    assert "Ja, dere kan søke" in answer.inner_text()
    answer.get_by_role("link", name="Enkeltstående mobilitetsprosjekt (KA122)").click()
    assert phone.get_by_role("heading", level=1).inner_text().startswith("Enkeltstående")


def test_a_teacher_is_not_left_with_a_no(phone, site):
    phone.goto(f"{site.origin}/nn/kan-vi-sokje/")
    phone.get_by_label("Ein einskild lærar").check()
    phone.get_by_role("button", name="Sjå svaret").click()
    answer = phone.locator("#answer")
    assert "Nei, ikkje åleine" in answer.inner_text()
    assert answer.locator("ol li").count() == 3
    answer.get_by_role("link", name="Grunnskule").click()
    assert "Ja, dersom" in answer.inner_text()
