"""The sitemap of a site that has outgrown one file."""

import xml.etree.ElementTree as ET

import pytest

from pages.discovery import sitemaps
from pages.models import Page
from programmes.models import Measure

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}

pytestmark = pytest.mark.django_db


def addresses(client, path: str) -> list[str]:
    answer = client.get(path)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/xml")
    root = ET.fromstring(answer.content)  # noqa: S314 - our own answer
    return [element.text or "" for element in root.iterfind(".//s:loc", NAMES)]


def test_the_parts_list_together_just_what_one_file_would(client, monkeypatch, settings):
    """What is in no part is found by no search engine, and what is in two costs its trust."""
    whole = addresses(client, "/sitemap.xml")
    monkeypatch.setattr(sitemaps, "PART", 3)
    parts = addresses(client, "/sitemap.xml")
    assert all(part.startswith(f"{settings.SITE_URL}/sitemap-") for part in parts)
    listed = [
        url for part in parts for url in addresses(client, part.removeprefix(settings.SITE_URL))
    ]
    assert len(listed) == len(set(listed))
    assert sorted(listed) == sorted(whole)
    assert len(parts) > 3


def test_a_part_that_is_not_there_is_not_found(client):
    last = Measure.objects.order_by("-pk").first().pk // sitemaps.PART + 2
    for path in ("nothing-1", "measures-0", f"measures-{last}", "measures-x", "measures-1"):
        status = client.get(f"/sitemap-{path}.xml").status_code
        assert status == (200 if path == "measures-1" else 404), path


def test_what_visitors_cannot_see_is_in_no_part(client):
    page = Page.objects.get(code="about")
    assert f"/{page.path_nb}/" in client.get("/sitemap-pages-1.xml").content.decode()
    Page.objects.filter(pk=page.pk).update(publish_at=None)
    assert f"/{page.path_nb}/" not in client.get("/sitemap-pages-1.xml").content.decode()
