"""An editor at work, under the strict policy: any breach of it fails through the `page` fixture."""


def test_an_editor_changes_a_text_with_the_toolbar_and_sees_it_live(editor_page, site):
    page = editor_page
    page.goto(f"{site.origin}/admin/pages/page/?q=Kontakt")
    page.get_by_role("link", name="Kontakt").first.click()
    body = page.locator("#page_form > div > fieldset .field-body_nb .ProseMirror[role=textbox]")
    body.click()
    page.keyboard.press("Control+a")
    page.keyboard.type("Skriv til oss, ")
    page.keyboard.press("Control+b")
    page.keyboard.type("helst i dag.")
    assert page.locator(
        "#page_form > div > fieldset .field-body_nn .ProseMirror[role=textbox]"
    ).is_visible(), "nynorsk stands on the same page"
    page.locator("[name=_publish]").first.click()
    page.wait_for_url("**/admin/pages/page/**")
    page.goto(f"{site.origin}/kontakt/")
    assert "Skriv til oss, <strong>helst i dag.</strong>" in page.content()


def test_the_toolbar_speaks_norwegian(editor_page, site):
    page = editor_page
    page.goto(f"{site.origin}/admin/pages/page/add/")
    page.wait_for_selector(".prose-menubar")
    assert page.evaluate("gettext('Edit Link')") == "Rediger lenke"


def test_measures_are_ordered_by_dragging(editor_page, site):
    page = editor_page
    page.goto(f"{site.origin}/admin/programmes/audience/")
    handles = page.locator(".drag.handle")
    handles.first.wait_for()
    names = page.locator("th.field-title").all_inner_texts()
    first, last = handles.first.bounding_box(), handles.last.bounding_box()
    page.mouse.move(first["x"] + 5, first["y"] + 5)
    page.mouse.down()
    page.mouse.move(last["x"] + 5, last["y"] + 20, steps=20)
    with page.expect_response("**/adminsortable2_update/") as answer:
        page.mouse.up()
    assert answer.value.ok
    dropped = page.locator("th.field-title").all_inner_texts()
    assert dropped != names
    page.reload()
    assert page.locator("th.field-title").all_inner_texts() == dropped


def test_a_collage_gets_another_picture(editor_page, site):
    page = editor_page
    page.goto(f"{site.origin}/admin/pages/collage/")
    page.get_by_role("link", name="Barneskole collage").click()
    page.locator(".field-image .select2-selection").last.click()
    page.locator(".select2-results__option", has_text="Rundt bordet").click()
    page.locator("[name=_publish]").first.click()
    page.locator(".messagelist .success").wait_for()
    page.goto(f"{site.origin}/for-skole-og-barnehage/")
    assert page.locator(".collage").nth(1).locator("img").count() == 5


def test_every_list_and_form_works_under_the_policy(editor_page, site):
    """With everything on: toolbars, pickers, order by dragging, previews. What the policy stops is told in
    the console, and fails the test through the `page` fixture.
    """
    page = editor_page
    policies = {}

    def keep(response) -> None:
        if response.headers.get("content-type", "").startswith("text/html"):
            policies[response.url] = response.headers.get("content-security-policy", "")

    page.on("response", keep)
    lists = page.locator("#content-main a[href$='/add/']").evaluate_all(
        "links => links.map((link) => link.href.replace('add/', ''))"
    )
    assert len(lists) > 15, "the editors' desk has lost its tables"
    for address in lists:
        page.goto(address)
        if (row := page.locator("#result_list tbody th a")).count():
            row.first.click()
        else:
            page.goto(f"{address}add/")
        page.wait_for_load_state("networkidle")
        for picker in page.locator(".select2-selection:visible").all()[:1]:
            picker.click()
            page.locator(".select2-results__option").first.wait_for()
            page.keyboard.press("Escape")
        for text in page.locator(".ProseMirror[role=textbox]:visible").all()[:1]:
            text.click()
            page.keyboard.press("Control+b")
            page.keyboard.type("Fet")
    assert len(policies) > len(lists)
    for address, policy in policies.items():
        assert "default-src 'none'" in policy, address
        assert "unsafe-" not in policy, address
