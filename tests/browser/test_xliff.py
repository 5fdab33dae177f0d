"""A text goes out to a translator and comes back as a draft, as an editor does it."""


def test_a_file_goes_out_and_comes_back_as_a_draft(editor_page, site, tmp_path):
    page = editor_page
    page.goto(f"{site.origin}/admin/pages/page/?q=Personvern")
    row = page.locator("#result_list tbody tr").first
    link = row.locator("th a")
    name = link.inner_text()
    row.locator("input.action-select").check()
    page.select_option("select[name=action]", "export_translations")
    page.click("button[name=index]")
    page.get_by_label("Nynorsk").uncheck()
    page.get_by_label("Alle tekster").check()
    with page.expect_download() as download:
        page.get_by_role("button", name="Last ned").click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    assert file.suffix == ".xlf"
    text = file.read_text(encoding="utf-8")
    start = text.index("<target", text.index(':title"'))
    end = text.index("</target>", start)
    file.write_text(
        f'{text[:start]}<target state="translated">Your privacy, in short{text[end:]}',
        encoding="utf-8",
    )
    page.get_by_role("link", name="Importer oversettelser").click()
    page.set_input_files("[type=file]", file)
    page.get_by_role("button", name="Se hva den endrer").click()
    assert "Your privacy, in short" in page.locator("dd[lang=en]").inner_text().replace("\n", "")
    page.get_by_role("button", name="Importer 1 tekst").click()
    page.locator("#content-main").get_by_role("link", name=name).click()
    page.get_by_text("Du ser på et utkast").wait_for()
    assert page.locator("#id_title_en").input_value() == "Your privacy, in short"
    page.goto(f"{site.origin}/en/privacy/")
    assert "Your privacy, in short" not in page.content()
