"""Pure picture work: bytes in, renditions out. Knows no models and no storage.

A picture is decoded once and cut to a few fixed shapes around its focal point, each in a few widths,
as AVIF and WebP in sRGB without metadata. Names are made from the content, so that a file may be
cached for ever.
"""

import hashlib
import io
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

MAX_BYTES = 25 * 1024 * 1024
MAX_PIXELS = 50_000_000
MIN_SIDE = 32
# A longer strip can be neither cut nor encoded sensibly.
MAX_RATIO = 8

# Formats that are read, by Pillow's names, and the extension each is stored under.
FORMATS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "AVIF": "avif", "GIF": "gif"}
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
    "avif": {"quality": 58, "speed": 8, "subsampling": "4:2:0"},
    "webp": {"quality": 76, "method": 4},
}
# Part of every digest: a change of shapes or encoders gives new names and so new files.
RECIPE = "1"


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
    picture = _decode(data)
    # A phone's JPEG with two pictures in it calls itself MPO.
    return Facts(picture.width, picture.height, FORMATS.get(_format_of(data), "jpg"))


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
    picture = _decode(data)
    for shape, sizes in plan(*picture.size).items():
        cut = picture.crop(crop_box(picture.size, SHAPES[shape][0], focal_point))
        for width, height in sizes:
            resized = cut.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)
            for extension, options in ENCODERS.items():
                yield Rendition(
                    shape, width, height, extension, _encode(resized, extension, options)
                )


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


def _format_of(data: bytes) -> str:
    return _open(data).format or ""


def _decode(data: bytes) -> Image.Image:
    """Return the first frame upright, in sRGB, as RGB or RGBA."""
    picture = _open(data)
    try:
        picture.load()
        return _in_srgb(ImageOps.exif_transpose(picture))
    except (
        OSError,
        ValueError,
        SyntaxError,
        EOFError,
        MemoryError,
        Image.DecompressionBombError,
    ) as error:
        raise PictureError(
            _("The file is damaged or cut short. Fetch it anew and try again.")
        ) from error


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
