"""The site's mark where browsers, phones and feed readers look for it."""

import io
import json
from pathlib import Path

import pytest
from django.conf import settings
from PIL import Image

from tests.test_head import head_of

STATIC = Path(settings.BASE_DIR, "static")
MANIFESTS = {"nb": "/site.webmanifest", "nn": "/nn/site.webmanifest", "en": "/en/site.webmanifest"}


def test_the_icon_that_is_asked_for_unasked_is_there(client):
    """Feed readers and old browsers read no page before they ask for it."""
    response = client.get("/favicon.ico")
    assert response.status_code == 200
    assert response["Content-Type"] == "image/x-icon"
    icon = Image.open(io.BytesIO(b"".join(response.streaming_content)))
    assert {(16, 16), (32, 32)} <= icon.info["sizes"]


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "url"), MANIFESTS.items())
def test_each_language_has_a_manifest_of_its_own(client, language, url):
    home = "/" if language == "nb" else f"/{language}/"
    (link,) = [link for link in head_of(client, home).links if link["rel"] == "manifest"]
    assert link["href"] == url
    response = client.get(url)
    assert response["Content-Type"] == "application/manifest+json"
    manifest = json.loads(response.content)
    assert manifest["lang"] == language
    assert manifest["start_url"] == home
    assert manifest["start_url"].startswith(manifest["scope"])
    assert manifest["display"] in {"fullscreen", "standalone", "minimal-ui", "browser"}
    assert manifest["name"]
    assert len(manifest["short_name"]) <= 12


@pytest.mark.django_db
def test_manifests_differ_in_words_and_agree_in_all_else(client):
    told = [json.loads(client.get(url).content) for url in MANIFESTS.values()]
    for name in ("name", "description", "id"):
        assert len({manifest[name] for manifest in told}) == len(told)
    assert len({json.dumps(manifest["icons"]) for manifest in told}) == 1


@pytest.mark.django_db
def test_every_icon_is_of_the_size_it_says(client):
    icons = json.loads(client.get("/site.webmanifest").content)["icons"]
    for icon in icons:
        path = STATIC / icon["src"].removeprefix(settings.STATIC_URL)
        if icon["sizes"] == "any":
            assert path.suffix == ".svg"
            assert path.exists()
        else:
            with Image.open(path) as picture:
                assert icon["sizes"] == f"{picture.width}x{picture.height}"
    assert {icon.get("purpose", "any") for icon in icons} == {"any", "maskable"}


def test_a_mask_cuts_nothing_of_the_mark():
    """A phone shows a circle of four fifths at least: outside it there is only paper and water."""
    with Image.open(STATIC / "icons" / "maskable-512.png") as picture:
        icon = picture.convert("RGB")
    outside = {
        icon.getpixel((x, y))
        for x in range(512)
        for y in range(512)
        if (x - 256) ** 2 + (y - 256) ** 2 > (0.4 * 512) ** 2
    }
    # Its red, green, purple and yellow are far from grey and cream, those of paper and water are not.
    assert max(abs(red - green) for red, green, _blue in outside) < 40
