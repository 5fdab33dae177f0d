"""The editors' desk is usable by everyone too."""

from tests.browser import axe
from tests.browser.conftest import sign_in

WIDE = "document.documentElement.scrollWidth > innerWidth"
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


def test_no_editor_is_kept_out(browser, site):
    """On a desk in the light, and on a phone in the dark."""
    context = browser.new_context(locale="nb-NO")
    page = context.new_page()
    axe.be_at_hand(page)
    found = {}

    def look(path: str) -> None:
        page.goto(site.origin + path, wait_until="networkidle")
        for width, scheme in ((360, "dark"), (1440, "light")):
            axe.show(page, width, scheme)
            found[path, width] = axe.findings(page, axe.DESK)
            if page.evaluate(WIDE):
                found[path, width].append("too wide")

    look("/admin/konto/logg-inn/")
    sign_in(page, site.origin)
    page.goto(f"{site.origin}/admin/pages/page/")
    form = page.get_by_role("link", name="Om nettstedet", exact=True).get_attribute("href")
    about = form.split("/")[-3]
    for path in PATHS:
        look(path.format(about=about))
    context.close()
    assert {where: findings for where, findings in found.items() if findings} == {}
