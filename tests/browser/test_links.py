"""An editor renames a page; everyone who had its address, or a link to it, still finds it."""

MAKE = """
from django.utils import timezone
from pages.models import Page
for title in ("Turbrev", "Leseliste"):
    Page.objects.get_or_create(title_nb=title, defaults={"publish_at": timezone.now()})
"""
BODY = "#page_form > div > fieldset .field-body_nb"


def open_form(page, site, title: str) -> None:
    page.goto(f"{site.origin}/admin/pages/page/?q={title}")
    page.get_by_role("link", name=title).first.click()
    page.locator(f"{BODY} .ProseMirror[role=textbox]").wait_for()


def publish(page) -> None:
    page.locator("[name=_publish]").first.click()
    page.locator(".messagelist .success").wait_for()


def test_a_renamed_page_is_found_by_its_old_address_and_by_links(editor_page, site):
    site.manage("shell", "-c", MAKE)
    page = editor_page
    open_form(page, site, "Leseliste")
    page.locator(f"{BODY} .ProseMirror[role=textbox]").click()
    page.keyboard.type("Les om turen")
    page.keyboard.press("Control+a")
    page.locator(f"{BODY} [data-name=link]").click()
    page.locator("dialog[open] input").first.fill("/turbrev/")
    page.locator("dialog[open] button[type=submit]").click()
    publish(page)

    open_form(page, site, "Turbrev")
    page.locator("[name=title_nb]").fill("Brev fra Åland")
    page.locator("[name=slug_nb]").fill("brev-fra-aland")
    publish(page)

    answer = page.goto(f"{site.origin}/turbrev/?fra=bokmerke")
    assert page.url == f"{site.origin}/brev-fra-aland/?fra=bokmerke"
    assert answer.request.redirected_from.redirected_from is None, "one hop"
    page.goto(f"{site.origin}/leseliste/")
    page.get_by_role("link", name="Les om turen").click()
    assert page.url == f"{site.origin}/brev-fra-aland/"

    open_form(page, site, "Leseliste")
    link = page.locator(f"{BODY} .ProseMirror a")
    assert link.get_attribute("href") == "/brev-fra-aland/", "the editor reads where it leads"


def test_a_dead_link_is_in_the_list_with_a_way_to_the_page_that_holds_it(editor_page, site):
    site.manage(
        "shell",
        "-c",
        MAKE + "p = Page.objects.get(title_nb='Leseliste'); p.lead_nb = 'Å lese';"
        "p.sections.create(heading_nb='Mer', body_nb='<p><a href=\"/borte-vekk/\">Borte</a></p>')",
    )
    page = editor_page
    page.goto(f"{site.origin}/admin/pages/link/")
    row = page.locator("#result_list tbody tr").first
    assert "/borte-vekk/" in row.inner_text()
    assert "det er ingen slik side" in row.inner_text()
    row.get_by_role("link", name="Leseliste").click()
    page.wait_for_url("**/admin/pages/page/*/change/")
    site.manage("shell", "-c", "from pages.models import Section as S; S.objects.last().delete()")
