"""Makes the originals from their drawings: each `*.svg` beside this file becomes a lossless `*.webp`.

Run by `make pictures` after a drawing has changed. Chromium draws, since it renders the filters that
give the paper its shadow; no browser is needed to run the site.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

HERE = Path(__file__).parent
STATIC = HERE.parents[2] / "static"
PAPER, WATER = "#fbf6ec", "#14324a"
SIZE = (1600, 1200)


# Of a maskable icon only a circle of four fifths is sure to be seen: the mark stands within it, and
# its paper and water go on to the edges.
MASKABLE = (
    f"body{{background:linear-gradient({PAPER} 72.27%,{WATER} 72.27%)}}"
    "img{width:75vw;margin:12.5vw;clip-path:inset(0 3.125% 12.5%)}"
)


def draw(chromium: str, source: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        picture = _screenshot(chromium, source, SIZE, Path(folder))
        with Image.open(picture) as drawn:
            drawn.convert("RGB").save(source.with_suffix(".webp"), lossless=True, method=6)


def _screenshot(
    chromium: str, source: Path, size: tuple[int, int], folder: Path, style: str = ""
) -> Path:
    picture = folder / "picture.png"
    # A page around the drawing: a bare SVG keeps its own size whatever the window's.
    page = folder / "page.html"
    page.write_text(
        f"<style>body{{margin:0;background:{PAPER}}}img{{display:block;width:100vw}}{style}</style>"
        f'<img src="{source.as_uri()}">'
    )
    subprocess.run(  # noqa: S603 - our own drawing, a fixed program
        [
            chromium,
            *("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"),
            *("--hide-scrollbars", f"--user-data-dir={folder}/profile"),
            *(f"--window-size={size[0]},{size[1]}", f"--screenshot={picture}", page.as_uri()),
        ],
        check=True,
        capture_output=True,
    )
    return picture


def draw_icons(chromium: str) -> None:
    """All icons from the site's mark: for touch, for a mask, and the one that is asked for unasked."""
    icons = STATIC / "icons"
    for size in (180, 192, 512):
        _icon(chromium, size).save(icons / f"icon-{size}.png", optimize=True)
    _icon(chromium, 512, MASKABLE).save(icons / "maskable-512.png", optimize=True)
    _icon(chromium, 192).save(STATIC / "root" / "favicon.ico", sizes=[(16, 16), (32, 32), (48, 48)])


def _icon(chromium: str, size: int, style: str = "") -> Image.Image:
    with tempfile.TemporaryDirectory() as folder:
        mark = STATIC / "favicon.svg"
        with Image.open(_screenshot(chromium, mark, (size, size), Path(folder), style)) as drawn:
            return drawn.convert("RGB")


def main() -> None:
    chromium = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    if chromium is None:
        sys.exit("Chromium is missing: apt-get install chromium-headless-shell")
    drawings = sorted(HERE.glob("*.svg"))
    for number, source in enumerate(drawings, start=1):
        draw(chromium, source)
        print(f"  {number} of {len(drawings)}: {source.stem}")
    draw_icons(chromium)


if __name__ == "__main__":
    main()
