"""Each role signs in and tries the doors as an editor would."""

import pytest

from tests.browser import conftest
from tests.browser.conftest import PASSWORD

MAKE = """
from django.contrib.auth.models import Group, User
user, _ = User.objects.get_or_create(username="{name}", is_staff=True)
user.set_password("{password}"); user.save()
user.groups.set([Group.objects.get(name="{role}")])
"""


def sign_in(page, site, role):
    name = f"en-{role.lower()}"
    site.manage("shell", "-v", "0", "-c", MAKE.format(name=name, role=role, password=PASSWORD))
    conftest.sign_in(page, site.origin, name)
    return page


@pytest.mark.parametrize(
    ("role", "may_add", "may_order", "sees_people"),
    [
        ("Skribent", True, False, False),
        ("Oversetter", False, False, False),
        ("Redaktør", True, True, False),
        ("Administrator", True, True, True),
    ],
)
def test_each_role_is_shown_the_doors_that_are_open(
    page, site, role, may_add, may_order, sees_people
):
    sign_in(page, site, role)
    menu = page.locator(".desk__menu")
    assert menu.get_by_text("Brukere").is_visible() == sees_people
    page.goto(f"{site.origin}/admin/pages/page/")
    assert (page.locator(".object-tools .addlink").count() > 0) == may_add
    assert (page.locator(".drag.handle").count() > 0) == may_order


def test_a_translator_reads_the_source_and_writes_the_translation(page, site):
    sign_in(page, site, "Oversetter")
    page.goto(f"{site.origin}/om-nettstedet/")
    link = page.get_by_role("link", name="Rediger denne siden")
    page.goto(site.origin + link.get_attribute("href"))
    assert page.locator("#id_title_nb").is_disabled()
    assert page.locator("#id_is_in_menu").is_disabled()
    assert page.locator("#id_title_nn").is_enabled()
    assert page.locator("#id_body_nb").is_disabled()
    assert page.locator(".field-body_nb .prose-editor.disabled").first.inner_text().strip()


def test_an_editor_changes_the_language_of_the_admin(editor_page, site):
    page = editor_page
    page.get_by_role("button", name="Nynorsk").click()
    assert page.locator("html").get_attribute("lang") == "nn"
    assert page.get_by_role("heading", level=1).inner_text() == "Kva vil du endre?"
    page.get_by_role("link", name="Til nettstaden").click()
    page.wait_for_url(f"{site.origin}/nn/")
    assert page.locator("html").get_attribute("lang") == "nn"
