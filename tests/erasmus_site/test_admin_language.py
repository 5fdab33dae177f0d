"""The admin speaks the editor's language; a visitor's page speaks its address's."""

import pytest
from django.urls import reverse

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

INDEX = reverse("admin:index")


def language_of(client, address=INDEX, **headers) -> str:
    response = client.get(address, headers=headers)
    language = response.headers["Content-Language"]
    assert f'<html lang="{language}"' in response.content.decode()
    return language


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("", "nb"),
        ("nb-NO,nb;q=0.9,en;q=0.8", "nb"),
        ("no", "nb"),
        ("nn-NO,nb;q=0.8", "nn"),
        ("en-GB,en;q=0.9", "en"),
        ("sv-SE,fi;q=0.5", "nb"),
        ("sv-SE,en;q=0.5", "en"),
        (";;;q=x", "nb"),
    ],
)
def test_the_browser_decides_when_the_editor_has_not(editor_client, accepted, language):
    assert language_of(editor_client, **{"Accept-Language": accepted}) == language


def test_the_page_for_signing_in_speaks_it_too(client):
    assert language_of(client, reverse("account_login"), **{"Accept-Language": "nn"}) == "nn"


def choose(client, language, **extra):
    data = {"language": language, "next": INDEX, **extra}
    return client.post(reverse("admin:set_language"), data)


def test_the_editors_own_choice_comes_first_and_stays_in_the_admin(editor_client):
    """A visitor's page would otherwise carry a cookie, or change with it."""
    response = choose(editor_client, "nn")
    cookie = response.cookies["editor_language"]
    assert (response.status_code, response.url, cookie["path"]) == (302, INDEX, "/admin/")
    assert cookie["max-age"] > 300 * 24 * 3600
    assert language_of(editor_client, **{"Accept-Language": "en"}) == "nn"
    assert language_of(editor_client, "/", **{"Accept-Language": "en"}) == "nb"
    assert language_of(editor_client, "/en/") == "en"


@pytest.mark.parametrize("language", ["de", "xx", "", "../nb"])
def test_a_language_that_is_not_offered_is_not_taken(editor_client, language):
    choose(editor_client, language)
    assert language_of(editor_client) == "nb"


def test_the_choice_leads_to_no_other_site(editor_client):
    assert choose(editor_client, "nn", next="https://ond.example/").url == "/nn/"


def test_the_choice_needs_its_token(client):
    strict = type(client)(enforce_csrf_checks=True)
    assert choose(strict, "nn").status_code == 403


def test_the_choice_is_offered_on_every_page(editor_client):
    html = editor_client.get(INDEX).content.decode()
    for code, name in (("nb", "Bokmål"), ("nn", "Nynorsk"), ("en", "English")):
        assert f'value="{code}" lang="{code}"' in html
        assert name in html


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("nb", {"": "Velg bilde<", "add/": "Legg til bilde<"}),
        ("nn", {"": "Vel bilete<", "add/": "Legg til bilete<"}),
    ],
)
def test_what_django_says_of_things_fits_in_both_written_forms(editor_client, language, told):
    """Its own words are «Legg til ny bilde», and in nynorsk «Velg bilete»."""
    choose(editor_client, language)
    for view, words in told.items():
        html = editor_client.get(reverse("admin:pages_image_changelist") + view).content.decode()
        assert f"<h1>{words}" in html
