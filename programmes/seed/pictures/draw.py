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
SIZE = (1600, 1200)


def draw(chromium: str, source: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        picture = _screenshot(chromium, source, SIZE, Path(folder))
        with Image.open(picture) as drawn:
            drawn.convert("RGB").save(source.with_suffix(".webp"), lossless=True, method=6)


def _screenshot(chromium: str, source: Path, size: tuple[int, int], folder: Path) -> Path:
    picture = folder / "picture.png"
    # A page around the drawing: a bare SVG keeps its own size whatever the window's.
    page = folder / "page.html"
    page.write_text(
        "<style>body{margin:0;background:#fbf6ec}img{display:block;width:100vw}</style>"
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
    """Touch icons from the site's mark, in pixels each way."""
    mark = STATIC / "favicon.svg"
    for size in (180, 192, 512):
        with tempfile.TemporaryDirectory() as folder:
            picture = _screenshot(chromium, mark, (size, size), Path(folder))
            with Image.open(picture) as drawn:
                drawn.convert("RGB").save(STATIC / "icons" / f"icon-{size}.png", optimize=True)


def main() -> None:
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.exit("Chromium is missing: apt-get install chromium")
    drawings = sorted(HERE.glob("*.svg"))
    for number, source in enumerate(drawings, start=1):
        draw(chromium, source)
        print(f"  {number} of {len(drawings)}: {source.stem}")
    draw_icons(chromium)


if __name__ == "__main__":
    main()
