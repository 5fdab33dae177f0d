"""Every address, in every language, as visitor and as staff."""

import pytest
from django.conf import settings
from django.urls import reverse

from pages.languages import languages_of, url_in
from pages.models import Page
from programmes.models import Action, Measure

pytestmark = pytest.mark.django_db


def every_address():
    for model in (Page, Action, Measure):
        for item in model.objects.all():
            for language in languages_of(item):
                yield url_in(item, language), language


@pytest.mark.parametrize("visitor", ["anonymous", "staff"])
def test_every_page_answers_in_its_language(client, editor, visitor):
    """A reader would meet an error, or text in a language they did not ask for."""
    if visitor == "staff":
        client.force_login(editor)
    addresses = list(every_address())
    assert len(addresses) >= 3 * (6 + 3 + 11)
    for url, language in addresses:
        response = client.get(url)
        assert response.status_code == 200, url
        assert response.headers["Content-Language"] == language, url
        assert f'<html lang="{language}">' in response.content.decode(), url


@pytest.mark.parametrize(
    "url",
    [
        "/for-skole-og-barnehage/",
        "/for-skole-og-barnehage/mobilitet/",
        "/for-skole-og-barnehage/mobilitet/hospitering-i-europa/",
        "/nn/for-skule-og-barnehage/",
        "/nn/for-skule-og-barnehage/partnarskap/",
        "/en/schools-and-kindergartens/",
        "/en/schools-and-kindergartens/mobility/",
        "/om-nettstedet/",
        "/nn/tilgjengelegheitserklaering/",
        "/en/privacy/",
    ],
)
def test_published_addresses_stay(client, url):
    """A bookmark or a link from elsewhere would break."""
    assert client.get(url).status_code == 200


def test_an_address_without_its_slash_is_one_redirect_away(client):
    response = client.get("/for-skole-og-barnehage", follow=True)
    assert response.redirect_chain == [("/for-skole-og-barnehage/", 301)]
    assert response.status_code == 200


@pytest.mark.parametrize(
    ("url", "language", "sentence"),
    [
        ("/finnes-ikke/", "nb", "Vi finner ikke siden"),
        ("/nn/finst-ikkje/", "nn", "Vi finn ikkje sida"),
        ("/en/nowhere/", "en", "We cannot find the page"),
        ("/en/nowhere", "en", "We cannot find the page"),
    ],
)
def test_an_unknown_address_says_so_in_the_visitors_language(client, url, language, sentence):
    response = client.get(url)
    assert response.status_code == 404
    assert f'<html lang="{language}">' in response.content.decode()
    assert sentence in response.content.decode()


@pytest.mark.parametrize(
    ("prefix", "sentence"), [("/", "Noe gikk galt"), ("/nn/", "Noko gjekk gale")]
)
def test_a_fault_of_ours_is_told_in_the_visitors_language(client, monkeypatch, prefix, sentence):
    def broken(*args, **kwargs):
        raise RuntimeError("on purpose")

    monkeypatch.setattr("pages.models.Page.objects.visible_to", broken)
    client.raise_request_exception = False
    response = client.get(prefix)
    assert response.status_code == 500
    assert sentence in response.content.decode()
    assert "on purpose" not in response.content.decode()


def test_the_browsers_header_decides_nothing(client):
    """A page could not be cached or found by search engines if it did."""
    response = client.get("/", headers={"accept-language": "en, no;q=0.5"})
    assert response.headers["Content-Language"] == "nb"
    assert "Accept-Language" not in response.headers.get("Vary", "")


def test_visitors_get_no_cookie(client):
    for url, _language in every_address():
        assert not client.get(url).cookies, url


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_pages_are_only_read(client, method):
    assert getattr(client, method)("/for-skole-og-barnehage/").status_code == 405


def test_robots_name_the_sitemap_on_the_configured_origin(client):
    text = client.get("/robots.txt").content.decode()
    assert f"Sitemap: {settings.SITE_URL}/sitemap.xml" in text
    assert f"Disallow: {reverse('admin:index')}" in text
