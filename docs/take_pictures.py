"""Takes the pictures in `docs/pictures/` of a running site; run by `make screenshots`."""

import io
import shutil
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

FOLDER = Path(__file__).parent / "pictures"
PHONE, DESK = 360, 1280
# Name, address, window width, scheme; how much of the page is kept, in pixels.
VIEWS = [
    ("forside", "/", DESK, "light", 1500),
    ("forside-telefon", "/", PHONE, "light", 1500),
    ("oversikt", "/for-skole-og-barnehage/", DESK, "light", 2300),
    ("oversikt-telefon", "/for-skole-og-barnehage/", PHONE, "light", 1500),
    ("oversikt-morkt", "/for-skole-og-barnehage/", DESK, "dark", 2300),
    ("hovedtiltak", "/nn/for-skule-og-barnehage/mobilitet/", DESK, "light", 2300),
    ("deltiltak", "/en/schools-and-kindergartens/mobility/job-shadowing-in-europe/", DESK, "light", 2000),
    ("deltiltak-telefon-morkt", "/for-skole-og-barnehage/partnerskap/tverrsektorielle-partnerskap/", PHONE, "dark", 1500),
    ("dagens-tiltak", "/for-skole-og-barnehage/partnerskap/smaskalapartnerskap/", DESK, "light", 1500),
    ("veiledning", "/veiledning/steg-for-steg/", DESK, "light", 2000),
    ("anslag", "/hva-gir-det/?from=Hamar&1-kind=shadowing&1-people=4&1-days=5&1-to=Berlin", DESK, "light", 1500),
    ("finn-tiltak-telefon", "/finn-tiltak/?who=kindergarten", PHONE, "light", 1500),
    ("frister-telefon-morkt", "/nn/fristar/", PHONE, "dark", 1500),
    ("sok", "/sok/?q=kan+en+barnehage+f%C3%A5+penger+til+kurs", DESK, "light", 1200),
    ("artikkel", "/nn/personvern/", DESK, "light", 1200),
    ("finner-ikke", "/finnes-ikke/", DESK, "light", 1100),
    ("finner-ikke-morkt", "/en/nowhere/", PHONE, "dark", 900),
]  # fmt: skip
# The editors' guide: name, address, and how much is kept. Taken only where an account is given.
EDITOR_VIEWS = [
    ("forsiden", "/admin/", 620),
    ("sprak", "/admin/pages/page/{page}/change/", 760),
    ("forhandsvisning", "/admin/pages/page/{page}/preview/", 800),
    ("bilde", "/admin/pages/image/{image}/change/", 800),
    ("collage", "/admin/pages/collage/{collage}/change/", 900),
    ("historikk", "/admin/pages/page/{page}/history/", 520),
]
EDITORS_FOLDER = FOLDER / "redaktor"
EDITORS_WIDTH = 1400
ALL_LOADED = """async () => {
  for (const image of document.images) image.loading = "eager";
  await Promise.all([...document.images].map((image) => image.decode().catch(() => null)));
}"""


def main(origin: str, name: str = "", password: str = "") -> None:
    """Take the visitors' pictures, and the editors' when an account's name and password are given."""
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium-headless-shell") or shutil.which("chromium"),
            args=["--no-sandbox", "--disable-gpu"],
        )
        if name:
            take_editors_pictures(browser, origin, name, password)
            return
        for view, path, width, scheme, height in VIEWS:
            page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
            page.goto(origin + path)
            keep(page, FOLDER / f"{view}.webp", height)
            page.close()


def take_editors_pictures(browser, origin: str, name: str, password: str) -> None:
    EDITORS_FOLDER.mkdir(exist_ok=True)
    context = browser.new_context(
        viewport={"width": EDITORS_WIDTH, "height": 900}, locale="nb-NO", timezone_id="Europe/Oslo"
    )
    page = context.new_page()
    page.goto(f"{origin}/admin/")
    page.fill("#id_login", name)
    page.fill("#id_password", password)
    page.press("#id_password", "Enter")
    keys = {model: first_key(page, origin, model) for model in ("page", "image", "collage")}
    for view, path, height in EDITOR_VIEWS:
        page.goto(origin + path.format(**keys))
        keep(page, EDITORS_FOLDER / f"{view}.webp", height)


def first_key(page, origin: str, model: str) -> str:
    """Return the key of a record worth showing: the fourth page, the last picture or collage."""
    page.goto(f"{origin}/admin/pages/{model}/")
    links = page.locator("#result_list .field-title a")
    link = links.nth(3) if model == "page" else links.last
    return link.get_attribute("href").split("/change/")[0].rpartition("/")[2]


def keep(page, path: Path, height: int) -> None:
    """Write the upper `height` pixels of the page as a picture."""
    page.evaluate(ALL_LOADED)
    page.wait_for_timeout(500)
    page.set_viewport_size({"width": page.viewport_size["width"], "height": height})
    with Image.open(io.BytesIO(page.screenshot(full_page=path.parent == FOLDER))) as whole:
        shown = whole.convert("RGB").crop((0, 0, whole.width, min(whole.height, height)))
        shown.thumbnail((1200, height))
        shown.save(path, quality=64, method=6)
    print(f"  {path.stem}")


if __name__ == "__main__":
    main(*sys.argv[1:])
