"""The editors' desk is usable by everyone too."""

import pytest

from tests.browser.conftest import sign_in
from tests.services import npm_file

AXE = """async () => {
  const answer = await axe.run(document, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    // Django's own empty head over the name of a row, and the list that its picker types in.
    rules: { "empty-table-header": { enabled: false }, list: { enabled: false } },
  });
  return answer.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(" | ")}`);
}"""
PATHS = (
    *("/admin/", "/admin/veiledning/", "/admin/password_change/"),
    *("/admin/pages/page/", "/admin/pages/page/add/", "/admin/pages/page/2/change/"),
    *(
        "/admin/pages/page/2/history/",
        "/admin/pages/page/{about}/delete/",
        "/admin/pages/page/deleted/",
    ),
    *("/admin/pages/image/", "/admin/pages/image/1/change/", "/admin/pages/collage/"),
    *("/admin/pages/collage/1/change/", "/admin/pages/link/", "/admin/pages/translationfile/add/"),
    *("/admin/programmes/measure/", "/admin/programmes/measure/1/change/"),
    *("/admin/programmes/source/1/change/", "/admin/auth/user/", "/admin/auth/user/add/"),
    *("/admin/pages/feedback/", "/admin/pages/feedback/per-page/"),
    *("/admin/programmes/eligibilityrule/", "/admin/programmes/eligibilityrule/1/change/"),
)


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1440, "light")])
def test_no_editor_is_kept_out(browser, site, width, scheme):
    context = browser.new_context(
        locale="nb-NO", color_scheme=scheme, viewport={"width": width, "height": 900}
    )
    page = context.new_page()
    axe = npm_file("axe-core/axe.min.js").read_text(encoding="utf-8")
    found = {}

    def look(path: str) -> None:
        page.goto(site.origin + path, wait_until="networkidle")
        page.evaluate(axe)
        if findings := page.evaluate(AXE):
            found[path] = findings
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found[f"{path}, too wide"] = [str(width)]

    look("/admin/konto/logg-inn/")
    sign_in(page, site.origin)
    page.goto(f"{site.origin}/admin/pages/page/")
    form = page.get_by_role("link", name="Om nettstedet", exact=True).get_attribute("href")
    about = form.split("/")[-3]
    for path in PATHS:
        look(path.format(about=about))
    context.close()
    assert found == {}
