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
    ("artikkel", "/nn/personvern/", DESK, "light", 1200),
    ("finner-ikke", "/finnes-ikke/", DESK, "light", 1100),
    ("finner-ikke-morkt", "/en/nowhere/", PHONE, "dark", 900),
]  # fmt: skip
ALL_LOADED = """async () => {
  for (const image of document.images) image.loading = "eager";
  await Promise.all([...document.images].map((image) => image.decode().catch(() => null)));
}"""


def main(origin: str) -> None:
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        for name, path, width, scheme, height in VIEWS:
            page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
            page.goto(origin + path)
            page.evaluate(ALL_LOADED)
            with Image.open(io.BytesIO(page.screenshot(full_page=True))) as whole:
                shown = whole.convert("RGB").crop((0, 0, whole.width, min(whole.height, height)))
                shown.save(FOLDER / f"{name}.webp", quality=72, method=6)
            page.close()
            print(f"  {name}")


if __name__ == "__main__":
    main(sys.argv[1])
