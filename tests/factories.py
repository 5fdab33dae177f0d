"""Rows with real text, for tests that need more than the seed holds."""

import io

from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image as Picture

from pages.models import Image, Page
from programmes.models import Action, Measure, Period


def make_page(title="Reisebrev", languages=("nb", "nn", "en"), **values) -> Page:
    titles = {f"title_{code}": f"{title} {code}" for code in languages}
    return Page.objects.create(**{"publish_at": timezone.now(), **titles, **values})


def make_measure(number=1, action="mobility", period="2014-2020", **values) -> Measure:
    words = {
        f"{name}_{code}": f"Tiltak nummer {number} {code}"
        for name in ("title", "summary")
        for code in ("nb", "nn", "en")
    }
    return Measure.objects.create(
        **{
            "action": Action.objects.get(code=action),
            "period": Period.objects.get(code=period),
            "publish_at": timezone.now(),
            **words,
            **values,
        }
    )


def picture_bytes(size=(800, 600), kind="PNG", mode="RGB", colour="teal", **options) -> bytes:
    buffer = io.BytesIO()
    Picture.new(mode, size, colour).save(buffer, format=kind, **options)
    return buffer.getvalue()


def make_image(data: bytes | None = None, **values) -> Image:
    words = {
        f"{name}_{code}": f"Et bilde {code}"
        for name in ("title", "alt")
        for code in ("nb", "nn", "en")
    }
    file = ContentFile(data or picture_bytes(), name="bilde.png")
    return Image.objects.create(original=file, **{**words, **values})
