"""Pure picture work: bytes in, renditions out. Knows no models and no storage.

A picture is decoded once and cut to a few fixed shapes around its focal point, each in a few widths,
as AVIF and WebP in sRGB without metadata. Names are made from the content, so that a file may be
cached for ever.
"""

import hashlib
import io
import math
import warnings
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from PIL import ExifTags, Image, ImageCms, ImageOps, UnidentifiedImageError

MAX_BYTES = 25 * 1024 * 1024
MAX_PIXELS = 50_000_000
MIN_SIDE = 32
# A longer strip can be neither cut nor encoded sensibly.
MAX_RATIO = 8

# Formats that are read, by Pillow's names, and the extension each is stored under.
FORMATS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "AVIF": "avif", "GIF": "gif"}
_REDUCIBLE = frozenset({"L", "LA", "RGB", "RGBA", "CMYK"})
# Given a list of formats, Pillow looks only among the plugins already loaded.
Image.init()

# Shape to width divided by height (None: as the picture is) and the widths to make, in pixels.
SHAPES: dict[str, tuple[float | None, tuple[int, ...]]] = {
    "whole": (None, (480, 960, 1440)),
    "wide": (16 / 9, (480, 960, 1440)),
    "square": (1.0, (320, 640)),
    "tall": (3 / 4, (320, 640)),
}
ENCODERS: dict[str, dict[str, Any]] = {
    "avif": {"quality": 54, "speed": 8, "subsampling": "4:2:0"},
    "webp": {"quality": 76, "method": 4},
}
# The encoders let go of Python's lock, so that a second core can work beside the first.
ENCODERS_AT_ONCE = 2
# Part of every digest: a change of shapes or encoders gives new names and so new files.
RECIPE = "2"


class PictureError(ValueError):
    """The bytes are not a picture this site can show; the message says why, for the one who sent it."""


@dataclass(frozen=True)
class Facts:
    """What a picture is before anything is done to it; width and height as the eye sees them."""

    width: int
    height: int
    extension: str


@dataclass(frozen=True)
class Rendition:
    shape: str
    width: int
    height: int
    extension: str
    data: bytes

    def name(self, digest: str) -> str:
        return rendition_name(digest, self.shape, self.width, self.extension)


def rendition_name(digest: str, shape: str, width: int, extension: str) -> str:
    return f"renditions/{digest}-{shape}-{width}.{extension}"


def content_key(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:32]


def digest(key: str, focal_point: tuple[float, float]) -> str:
    """Return 16 hexadecimal digits that name the renditions of this content at this focal point."""
    x, y = focal_point
    return hashlib.sha256(f"{RECIPE} {key} {x:.4f} {y:.4f}".encode()).hexdigest()[:16]


def inspect(data: bytes) -> Facts:
    """Decode `data` fully and return its facts. Raises PictureError."""
    with _damage_told():
        picture = _open(data)
        picture.load()
        width, height = _upright_size(picture)
    # A phone's JPEG with two pictures in it calls itself MPO.
    return Facts(width, height, FORMATS.get(picture.format or "", "jpg"))


def plan(width: int, height: int) -> dict[str, list[list[int]]]:
    """Return the sizes that a picture of these pixels is rendered in: shape to [width, height] pairs."""
    sizes = {}
    for shape, (ratio, widths) in SHAPES.items():
        left, top, right, bottom = crop_box((width, height), ratio, (0.5, 0.5))
        cut_width, cut_height = right - left, bottom - top
        sizes[shape] = [
            [fitting, max(1, round(cut_height * fitting / cut_width))]
            for fitting in fitting_widths(cut_width, widths)
        ]
    return sizes


def render(data: bytes, focal_point: tuple[float, float]) -> Iterator[Rendition]:
    """Yield every rendition of the picture in `data`, in the sizes of `plan`. Raises PictureError.

    focal_point: what must survive cropping, as shares of width and height from the upper left.
    """
    with ThreadPoolExecutor(ENCODERS_AT_ONCE) as pool:
        yield from pool.map(_encoded, _cuts(data, focal_point))


def _cuts(data: bytes, focal_point: tuple[float, float]) -> Iterator[tuple[str, Image.Image, str]]:
    """Yield shape, picture in its final size, and extension, for every rendition."""
    size = _upright_size(_open(data))
    picture = _decode(data, least_share=_least_share(size))
    for shape, sizes in plan(*size).items():
        box = _scaled(crop_box(size, SHAPES[shape][0], focal_point), size, picture.size)
        for pixels in sizes:
            cut = picture.resize(
                (pixels[0], pixels[1]), Image.Resampling.LANCZOS, box=box, reducing_gap=3.0
            )
            yield from ((shape, cut, extension) for extension in ENCODERS)


def _encoded(cut: tuple[str, Image.Image, str]) -> Rendition:
    shape, picture, extension = cut
    data = _encode(picture, extension, ENCODERS[extension])
    return Rendition(shape, *picture.size, extension, data)


def _least_share(size: tuple[int, int]) -> float:
    """Return how much of the picture's resolution its sharpest rendition needs."""
    cuts = {shape: crop_box(size, ratio, (0.5, 0.5)) for shape, (ratio, _widths) in SHAPES.items()}
    return max(
        sizes[-1][0] / (cuts[shape][2] - cuts[shape][0]) for shape, sizes in plan(*size).items()
    )


def _scaled(
    box: tuple[int, int, int, int], size: tuple[int, int], other: tuple[int, int]
) -> tuple[float, float, float, float]:
    """Return the box of a picture of `size` as it lies in the same picture of another size."""
    across, down = other[0] / size[0], other[1] / size[1]
    return box[0] * across, box[1] * down, box[2] * across, box[3] * down


def nearest_shape(width: int, height: int) -> str:
    """Return the cut shape that loses least of a picture; of two as good, the squarer."""
    if width * 3 > height * 4:
        return "wide"
    # The square loses as much as the 3:4 where the ratio is the geometric mean of theirs.
    return "tall" if width * width * 4 < height * height * 3 else "square"


def fitting_widths(available: int, wanted: tuple[int, ...]) -> list[int]:
    """Return the wanted widths that need no enlarging, or the available one when it is smaller than all."""
    return [width for width in wanted if width <= available] or [available]


def crop_box(
    size: tuple[int, int], ratio: float | None, focal_point: tuple[float, float]
) -> tuple[int, int, int, int]:
    """Return the largest box of `ratio` within `size`, as near to centred on the focal point as fits.

    Without a ratio the box is all there is.
    """
    width, height = size
    if ratio is None:
        return 0, 0, width, height
    box_width = min(width, max(1, round(height * ratio)))
    box_height = min(height, max(1, round(width / ratio)))
    left = _clamp(round(focal_point[0] * width - box_width / 2), width - box_width)
    top = _clamp(round(focal_point[1] * height - box_height / 2), height - box_height)
    return left, top, left + box_width, top + box_height


def _clamp(value: int, highest: int) -> int:
    return max(0, min(value, highest))


def _open(data: bytes) -> Image.Image:
    if len(data) > MAX_BYTES:
        raise PictureError(_("The file is larger than 25 MB. Make it smaller and try again."))
    try:
        with warnings.catch_warnings():
            # Size is judged below, by our own limit and in our own words.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(data), formats=list(FORMATS))
    except Image.DecompressionBombError as error:
        raise PictureError(_too_many_pixels()) from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise PictureError(
            _("This is not a picture that can be shown. Use JPEG, PNG, WebP or AVIF.")
        ) from error
    if picture.width * picture.height > MAX_PIXELS:
        raise PictureError(_too_many_pixels())
    if min(picture.size) < MIN_SIDE:
        raise PictureError(_("The picture is too small: at least 32 pixels each way."))
    if max(picture.size) > MAX_RATIO * min(picture.size):
        raise PictureError(
            _("The picture is too long and narrow: at most eight times as long as wide.")
        )
    return picture


def _too_many_pixels() -> str:
    return _("The picture has more than 50 million pixels. Make it smaller and try again.")


def _upright_size(picture: Image.Image) -> tuple[int, int]:
    lies = picture.getexif().get(ExifTags.Base.Orientation, 1) in (5, 6, 7, 8)
    return (picture.height, picture.width) if lies else picture.size


def _decode(data: bytes, least_share: float) -> Image.Image:
    """Return the first frame upright, in sRGB, as RGB or RGBA.

    `least_share` of width and height is needed, and it may come reduced to no less than that: a
    quarter of the pixels takes a quarter of the memory.
    """
    with _damage_told():
        picture = _open(data)
        needed = _share_of(picture.size, least_share)
        picture.draft(None, needed)
        picture.load()
        return _in_srgb(ImageOps.exif_transpose(_reduced(picture, needed)))


@contextmanager
def _damage_told() -> Iterator[None]:
    """Raise PictureError for whatever a decoder raises: over broken bytes each has errors of its own."""
    try:
        yield
    except PictureError:
        raise
    except Exception as error:
        raise PictureError(
            _("The file is damaged or cut short. Fetch it anew and try again.")
        ) from error


def _reduced(picture: Image.Image, needed: tuple[int, int]) -> Image.Image:
    """Return what `draft` has given a JPEG already; colours that are numbers of a palette stay."""
    factor = min(picture.width // needed[0], picture.height // needed[1])
    return picture.reduce(factor) if factor > 1 and picture.mode in _REDUCIBLE else picture


def _share_of(size: tuple[int, int], share: float) -> tuple[int, int]:
    return math.ceil(size[0] * share), math.ceil(size[1] * share)


def _in_srgb(picture: Image.Image) -> Image.Image:
    if picture.mode.startswith("I"):
        # Pillow clips sixteen bits at 255 when it converts: scale them down instead.
        picture = picture.convert("F").point(lambda value: value / 257.0).convert("L")
    mode = "RGBA" if picture.has_transparency_data else "RGB"
    profile = picture.info.get("icc_profile")
    if profile and picture.mode in ("RGB", "CMYK"):
        picture = _through_profile(picture, profile)
    return picture.convert(mode)


def _through_profile(picture: Image.Image, profile: bytes) -> Image.Image:
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        target = ImageCms.createProfile("sRGB")
        return ImageCms.profileToProfile(picture, source, target, outputMode="RGB") or picture
    except (ImageCms.PyCMSError, OSError):
        return picture  # A broken profile is no reason to refuse a picture that decodes.


def _encode(picture: Image.Image, extension: str, options: dict[str, Any]) -> bytes:
    buffer = io.BytesIO()
    # Nothing of the original's info is passed on: no EXIF, no place, no profile.
    bare = Image.frombytes(picture.mode, picture.size, picture.tobytes())
    bare.save(buffer, format=extension.upper(), **options)
    return buffer.getvalue()
