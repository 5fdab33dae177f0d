"""Pictures: whatever an editor sends becomes a correct picture or a clear sentence."""

import io
import struct
import zlib

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image as Picture
from PIL import ImageChops, ImageStat

from pages import renditions
from pages.models import CollageImage, Image, Page
from pages.renditions import PictureError
from programmes.models import Action
from tests.factories import make_image, picture_bytes

CENTRE = (0.5, 0.5)


def halves(size=(800, 400), left="red", right="blue") -> Picture.Image:
    picture = Picture.new("RGB", size, right)
    picture.paste(Picture.new("RGB", (size[0] // 2, size[1]), left), (0, 0))
    return picture


def as_bytes(picture: Picture.Image, kind="PNG", **options) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, format=kind, **options)
    return buffer.getvalue()


def opened(rendition) -> Picture.Image:
    return Picture.open(io.BytesIO(rendition.data))


def huge_png() -> bytes:
    """A PNG of a few bytes that claims 60 000 by 60 000 pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    body = chunk(b"IDAT", zlib.compress(b"\0" * 64))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + body + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "ikke et bilde"),
        (b"<html><script>alert(1)</script></html>", "ikke et bilde"),
        (b'<svg xmlns="http://www.w3.org/2000/svg" width="99" height="99"/>', "ikke et bilde"),
        (b"%PDF-1.7 not a picture", "ikke et bilde"),
        (picture_bytes(kind="JPEG")[:2000], "skadet"),
        (picture_bytes()[:200], "skadet"),
        (picture_bytes(kind="AVIF").replace(b"av01", b"av02"), "skadet"),
        (huge_png(), "50 millioner"),
        (picture_bytes(size=(8, 8)), "for lite"),
        (picture_bytes(size=(40, 9000)), "for langt og smalt"),
        (picture_bytes(kind="TIFF"), "ikke et bilde"),
        (b"\xff" * (renditions.MAX_BYTES + 1), "25 MB"),
    ],
    ids=[
        "empty",
        "html",
        "svg",
        "pdf",
        "cut jpeg",
        "cut png",
        "broken avif",
        "bomb",
        "tiny",
        "strip",
        "tiff",
        "too many bytes",
    ],
)
def test_what_is_no_picture_is_refused_in_words(data, words):
    with pytest.raises(PictureError, match=words):
        renditions.inspect(data)


@pytest.mark.parametrize(
    ("data", "extension"),
    [
        (picture_bytes(kind="JPEG"), "jpg"),
        (picture_bytes(kind="JPEG", mode="CMYK", colour=(0, 255, 255, 0)), "jpg"),
        (picture_bytes(mode="L", colour=99), "png"),
        (picture_bytes(mode="P", colour=3), "png"),
        (picture_bytes(mode="RGBA", colour=(255, 0, 0, 128)), "png"),
        (picture_bytes(mode="I;16", colour=40_000), "png"),
        (picture_bytes(mode="1", colour=1), "png"),
        (picture_bytes(kind="WEBP"), "webp"),
        (picture_bytes(kind="AVIF"), "avif"),
        (picture_bytes(kind="GIF"), "gif"),
        (
            as_bytes(
                halves(),
                "GIF",
                save_all=True,
                append_images=[Picture.new("RGB", (800, 400), "green")],
            ),
            "gif",
        ),
        (picture_bytes(size=(320, 40)), "png"),
    ],
)
def test_every_kind_of_picture_is_rendered(data, extension):
    facts = renditions.inspect(data)
    assert facts.extension == extension
    made = list(renditions.render(data, CENTRE))
    assert {r.extension for r in made} == {"avif", "webp"}
    assert {r.shape for r in made} == set(renditions.SHAPES)
    for rendition in made:
        assert opened(rendition).size == (rendition.width, rendition.height)


def test_an_animation_shows_its_first_frame():
    frames = [Picture.new("RGB", (64, 64), colour) for colour in ("red", "green")]
    data = as_bytes(frames[0], "GIF", save_all=True, append_images=frames[1:])
    red, green, _blue = (
        opened(next(renditions.render(data, CENTRE))).convert("RGB").getpixel((32, 32))
    )
    assert red > 200 > green


def test_sixteen_bits_keep_their_brightness():
    """Pillow alone would turn all but the darkest greys into white."""
    data = picture_bytes(mode="I;16", colour=0x8000)
    shown = opened(next(renditions.render(data, CENTRE))).convert("L").getpixel((10, 10))
    assert 120 < shown < 136


def test_a_photo_stands_upright_and_tells_nothing():
    """A child's picture must not carry the place where it was taken."""
    exif = Picture.Exif()
    exif[0x0112] = 6  # turned: to be shown rotated by 90 degrees
    exif[0x010F] = "Kamera"
    exif.get_ifd(0x8825)[2] = (59.0, 54.0, 0.0)
    data = as_bytes(halves(), "JPEG", exif=exif, quality=95)
    assert b"Kamera" in data
    facts = renditions.inspect(data)
    assert (facts.width, facts.height) == (400, 800)
    for rendition in renditions.render(data, CENTRE):
        picture = opened(rendition)
        assert not picture.getexif()
        assert b"Kamera" not in rendition.data
        assert "icc_profile" not in picture.info
    whole = opened(next(renditions.render(data, CENTRE))).convert("RGB")
    assert whole.getpixel((200, 100))[0] > 200, "the left half of the file is the upper half"


@pytest.mark.parametrize(("focal_x", "colour"), [(0.0, "red"), (1.0, "blue")])
def test_the_focal_point_survives_cropping(focal_x, colour):
    data = as_bytes(halves())
    (square,) = [
        r
        for r in renditions.render(data, (focal_x, 0.5))
        if r.shape == "square" and r.extension == "webp" and r.width == 320
    ]
    red, _green, blue = opened(square).convert("RGB").getpixel((160, 160))
    assert (red > 200 > blue) if colour == "red" else (blue > 200 > red)


@given(
    size=st.tuples(st.integers(32, 9000), st.integers(32, 9000)),
    ratio=st.sampled_from([16 / 9, 1.0, 3 / 4]),
    focal=st.tuples(st.floats(0, 1), st.floats(0, 1)),
)
def test_a_crop_lies_within_the_picture_and_has_its_shape(size, ratio, focal):
    left, top, right, bottom = renditions.crop_box(size, ratio, focal)
    assert 0 <= left < right <= size[0]
    assert 0 <= top < bottom <= size[1]
    assert right - left == size[0] or bottom - top == size[1], "as large as can be"
    assert abs((right - left) - ratio * (bottom - top)) <= max(1, ratio)
    across = 0.5 + focal[0] * size[0]
    assert left - 1 <= across <= right + 1


@given(width=st.integers(32, 9000), height=st.integers(32, 9000))
def test_nothing_is_enlarged(width, height):
    for sizes in renditions.plan(width, height).values():
        assert sizes
        assert all(w <= width and h <= height for w, h in sizes)


@pytest.mark.django_db
class TestImage:
    def test_a_new_picture_is_named_by_its_content(self, media):
        image = make_image(picture_bytes(kind="JPEG"))
        assert image.original.name == f"originals/{image.content_key}.jpg"
        assert (image.width, image.height) == (800, 600)
        assert not image.has_renditions
        image.make_renditions()
        image.refresh_from_db()
        files = media.names("renditions")
        assert len(files) == 2 * sum(len(sizes) for sizes in image.sizes.values())
        assert all(name.startswith(f"renditions/{image.digest}") for name in files)

    def test_a_moved_focal_point_gives_new_files_under_new_names(self, media):
        """A browser that keeps the old file for ever must not show the old cut."""
        image = make_image()
        image.make_renditions()
        before = image.digest
        image.focal_x = 0.9
        image.save()
        assert image.digest != before
        assert not image.has_renditions

    def test_a_picture_that_is_deleted_or_replaced_leaves_nothing_public(
        self, media, django_capture_on_commit_callbacks
    ):
        """Who withdraws a consent wants the picture gone, not only unlinked."""
        image = make_image()
        image.make_renditions()
        twin = make_image()
        assert twin.original.name == image.original.name, "the same content is kept once"
        with django_capture_on_commit_callbacks(execute=True):
            twin.delete()
        assert not image.lacks_files(), "what another picture uses stays"
        with django_capture_on_commit_callbacks(execute=True):
            image.original = ContentFile(picture_bytes(colour="orange"), name="ny.png")
            image.save()
        assert media.names() == {image.original.name}
        with django_capture_on_commit_callbacks(execute=True):
            image.delete()
        assert media.names() == set()

    def test_half_a_file_from_a_run_that_was_cut_off_is_written_anew(self, media):
        image = make_image()
        image.make_renditions()
        name = min(media.names("renditions"))
        whole = media.read(name)
        media.write(name, b"half")
        Image.objects.update(sizes={})
        Image.objects.get(pk=image.pk).make_renditions()
        assert media.read(name) == whole

    def test_a_lost_original_is_told_and_stops_nothing(self, media, capsys):
        CollageImage.objects.all().delete()
        Action.objects.update(image=None)
        Page.objects.update(image=None)
        Image.objects.exclude(pk=make_image().pk).delete()
        lost = make_image(picture_bytes(colour="orange"))
        media.remove(lost.original.name)
        call_command("renditions")
        told = capsys.readouterr()
        assert "FAILED" in told.err
        assert "1 made ready, 1 failed" in told.out

    def test_new_words_keep_the_files(self, media):
        image = make_image()
        image.make_renditions()
        image.alt_nb = "Andre ord"
        image.save()
        assert Image.objects.get(pk=image.pk).has_renditions

    def test_the_page_prints_no_picture_without_files(self, media, client):
        """A broken picture is worse than none."""
        image = make_image()
        Page.objects.filter(code="about").update(image=image)
        assert "<img" not in client.get("/om-nettstedet/").content.decode().split("<main")[1]

    def test_files_of_pictures_may_be_kept_for_ever_and_originals_are_not_served(
        self, media, client
    ):
        image = make_image()
        image.make_renditions()
        name = next(name for name in media.names("renditions") if name.endswith(".avif"))
        response = client.get(f"/media/{name}")
        assert response.status_code == 200
        assert response.headers["Content-Type"] == "image/avif"
        assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert b"".join(response.streaming_content) == media.read(name)
        assert client.get(f"/media/{image.original.name}").status_code == 404
        assert client.get("/media/renditions/../originals/x.png").status_code == 404
        assert client.get("/media/renditions/0123456789abcdef-whole-480.avif").status_code == 404


@pytest.mark.parametrize("orientation", [1, 6])
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_a_large_picture_is_cut_as_if_all_its_pixels_were_used(kind, orientation, monkeypatch):
    """It is read at part of its size, or an upload would take too long: nothing may shift or blur by that."""
    picture = Picture.effect_mandelbrot((3001, 2003), (-2, -1, 0.7, 1), 60).convert("RGB")
    exif = Picture.Exif()
    exif[0x0112] = orientation
    data = as_bytes(picture, kind, quality=95, exif=exif)
    made = list(renditions.render(data, (0.9, 0.2)))
    monkeypatch.setattr(renditions, "_least_share", lambda size: 1)
    for one, other in zip(made, renditions.render(data, (0.9, 0.2)), strict=True):
        assert (one.shape, one.width, one.height) == (other.shape, other.width, other.height)
        difference = ImageChops.difference(opened(one).convert("L"), opened(other).convert("L"))
        assert ImageStat.Stat(difference).mean[0] < 4, one.shape


def test_no_more_pixels_are_worked_on_than_visitors_can_get():
    """A telephone's picture has a colour profile: each of twelve million pixels would go through it."""
    data = as_bytes(Picture.new("RGB", (4000, 3000)), "PNG")
    share = renditions._least_share((4000, 3000))
    assert renditions._decode(data, share).size == (2000, 1500)
