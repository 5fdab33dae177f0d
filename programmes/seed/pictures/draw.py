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
SIZE = (1600, 1200)


def draw(chromium: str, source: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        picture = Path(folder) / "picture.png"
        subprocess.run(  # noqa: S603 - our own drawing, a fixed program
            [
                chromium,
                *("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"),
                *("--hide-scrollbars", f"--user-data-dir={folder}/profile"),
                *(f"--window-size={SIZE[0]},{SIZE[1]}", f"--screenshot={picture}", source.as_uri()),
            ],
            check=True,
            capture_output=True,
        )
        with Image.open(picture) as drawn:
            drawn.convert("RGB").save(source.with_suffix(".webp"), lossless=True, method=6)


def main() -> None:
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.exit("Chromium is missing: apt-get install chromium")
    drawings = sorted(HERE.glob("*.svg"))
    for number, source in enumerate(drawings, start=1):
        draw(chromium, source)
        print(f"  {number} of {len(drawings)}: {source.stem}")


if __name__ == "__main__":
    main()
