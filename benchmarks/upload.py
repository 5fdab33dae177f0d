"""How long a 12-megapixel photo takes from the form to the site: `python benchmarks/upload.py [photo.jpg]`.

Seconds differ from machine to machine; the ratio to one decoding of the same file does so less.
"""

import io
import os
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "erasmus_site.settings")
os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="benchmark-")

import django
from PIL import Image

SIZE = (4000, 3000)


def photo() -> bytes:
    """Return a JPEG of 12 megapixels with the soft forms and the grain of a photo."""
    forms = [Image.effect_noise((80, 60), 90).resize(SIZE, Image.Resampling.BICUBIC) for _ in "rgb"]
    picture = Image.blend(
        Image.merge("RGB", forms), Image.effect_noise(SIZE, 20).convert("RGB"), 0.1
    )
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=90)
    return buffer.getvalue()


def seconds(work, *arguments) -> float:
    """Return the best of three: the others tell what else the machine was doing."""

    def once() -> float:
        start = time.perf_counter()
        work(*arguments)
        return time.perf_counter() - start

    return min(once() for _ in range(3))


def main() -> None:
    django.setup()
    from pages import renditions

    data = Path(sys.argv[1]).read_bytes() if len(sys.argv) > 1 else photo()
    decoding = seconds(lambda: Image.open(io.BytesIO(data)).load())
    checking = seconds(renditions.inspect, data)
    rendering = seconds(lambda: list(renditions.render(data, (0.5, 0.5))))
    print(f"{len(data) / 1e6:.1f} MB; one decoding takes {decoding:.3f} s")
    for name, taken in (
        ("checking", checking),
        ("rendering", rendering),
        ("both", checking + rendering),
    ):
        print(f"{name:10} {taken:6.2f} s {taken / decoding:6.1f} decodings")


if __name__ == "__main__":
    main()
