"""What the form shows of a result list must be what the page's head will say."""

import re

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.urls import reverse
from django.utils import translation

from pages.admin.search_results import Result
from pages.excerpts import EXCERPT, LEAST, TITLE_SHOWN, whole_title
from pages.models import Draft, Page, Section
from programmes.models import Action, Measure
from tests.factories import make_page
from tests.test_head import head_of

pytestmark = pytest.mark.django_db

LANGUAGES = ["nb", "nn", "en"]
LONG = "Skolen eller barnehagen søker om støtte til opphold i andre land for ansatte og elever."


def records():
    return [record for model in (Page, Action, Measure) for record in model.objects.all()]


def shown(html: str, language: str, part: str) -> str:
    """Return the text of a part of the result in `language`, as it stands in a form or an answer."""
    figure = html.split(f'id="search-result-{language}"')[1].split("</figure>")[0]
    found = re.search(rf'class="search-result__{part}[^>]*>([^<]*)<', figure)
    return found[1] if found else ""


def hint(html: str, column: str) -> str:
    """Return the words below a field."""
    return " ".join(
        re.sub(r"<[^>]*>", " ", html.split(f'id="id_{column}_hint"')[1].split("</p>")[0]).split()
    ).lstrip("> ")


def change_form(client, record, query: str = "") -> str:
    name = f"admin:{record._meta.app_label}_{record._meta.model_name}_change"
    return client.get(reverse(name, args=[record.pk]) + query).content.decode()


def ask(client, model: str = "pages_page", of="", **typed):
    return client.post(f"{reverse(f'admin:{model}_search_results')}?of={of}", typed)


# --- What is made where nothing is written --------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_made_descriptions_of_all_pages_are_whole_and_tell_them_apart(language):
    """Two pages with the same words in a result list: a searcher cannot choose between them."""
    made = {}
    with translation.override(language):
        for record in records():
            record.seo_description = ""
            made.setdefault(record.head_description, []).append(record)
    assert {text: twins for text, twins in made.items() if len(twins) > 1} == {}
    assert [text for text in made if not LEAST <= len(text) <= EXCERPT] == []
    assert [text for text in made if not re.search(r"[.!?…]$", text) or "  " in text] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_titles_of_all_pages_are_seen_whole_and_are_unlike(language):
    with translation.override(language):
        titles = [whole_title(r.head_title, str(settings.SITE_NAME)) for r in records()]
    assert len(set(titles)) == len(titles)
    assert [title for title in titles if len(title) > TITLE_SHOWN] == []


def test_a_page_of_sections_alone_is_described_by_them(client):
    page = make_page(title="Besøk")
    Section.objects.create(page=page, body_nb=f"<p>{LONG}</p>")
    assert head_of(client, "/besok-nb/").metas["description"] == LONG


def test_signs_in_a_text_are_not_taken_for_markup(client):
    lead = "For elever <18 år & voksne: " + LONG
    make_page(title="Tegn", lead_nb=lead)
    assert head_of(client, "/tegn-nb/").metas["description"] == lead


# --- What the form shows --------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [Page, Action, Measure])
def test_the_form_shows_what_the_head_says(editor_client, kind):
    """A preview that is made another way drifts from the truth."""
    record = kind.objects.last()
    html = change_form(editor_client, record)
    for language in LANGUAGES:
        with translation.override(language):
            path = record.get_absolute_url()
        head = head_of(editor_client, path)
        with translation.override("nb"):
            result = Result.of(record, language)
        assert (result.title, result.description) == (head.title, head.metas["description"])
        assert result.address.replace(" › ", "/") == f"erasmus.test{path}".rstrip("/")
        assert shown(html, language, "address") == result.address


def test_every_field_is_described_by_its_hint_and_keeps_its_help(editor_client):
    html = change_form(editor_client, Page.objects.get(code="contact"))
    described = {
        m[1]: m[2].split()
        for m in re.finditer(r'<input[^>]*name="(seo_\w+)"[^>]*aria-describedby="([^"]+)"', html)
    }
    assert set(described) == {f"seo_{n}_{c}" for n in ("title", "description") for c in LANGUAGES}
    for name, ids in described.items():
        assert ids[-1] == f"id_{name}_hint"
        assert all(html.count(f'id="{i}"') == 1 for i in ids), name


def test_hints_tell_in_words_what_is_made_and_how_long_it_is(editor_client):
    page = make_page(title="En side om opphold", lead_nb=LONG, seo_description_nn="Kort.")
    html = change_form(editor_client, page)
    assert hint(html, "seo_title_nb") == ("Sidens egen tittel, 21 tegn. Tittelen er passe lang.")
    assert hint(html, "seo_description_nb").startswith(f"Hentet fra teksten, {len(LONG)} tegn.")
    assert hint(html, "seo_description_nn") == (
        "5 tegn. Beskrivelsen er kort. Med 110–155 tegn får du sagt mer."
    )
    assert hint(html, "seo_description_en") == "Det er ingen tekst å hente en beskrivelse fra ennå."


def test_a_new_page_says_that_it_needs_a_title(editor_client):
    html = editor_client.get(reverse("admin:pages_page_add")).content.decode()
    assert html.count("Siden finnes ikke på dette språket før den har en tittel.") == 3
    assert hint(html, "seo_title_nb") == ""


def test_a_form_that_is_refused_shows_what_was_typed(editor_client):
    typed = {"title_nb": "Nytt navn", "title_nn": "", "withdraw_at_0": "tull", "_draft": "1"}
    rows = {f"sections-{n}_FORMS": 0 for n in ("TOTAL", "INITIAL")}
    html = editor_client.post(reverse("admin:pages_page_add"), typed | rows).content.decode()
    assert shown(html, "nb", "title").startswith("Nytt navn")


def test_a_draft_is_shown_and_not_what_is_live(editor_client):
    page = make_page(title="Gammel")
    with translation.override("nb"):
        form = reverse("admin:pages_page_change", args=[page.pk])
    typed = {"title_nb": "Utkastet", "slug_nb": "utkast", "_draft": "1", "position": page.position}
    rows = {f"sections-{n}_FORMS": 0 for n in ("TOTAL", "INITIAL")}
    initial = {"initial-position": page.position}
    editor_client.post(form, typed | rows | initial)
    assert Draft.objects.of(page).exists()
    html = change_form(editor_client, page)
    assert shown(html, "nb", "title").startswith("Utkastet")
    assert shown(html, "nb", "address").endswith("› utkast")


def test_one_translation_is_hidden_where_another_is_chosen(editor_client):
    html = change_form(editor_client, Page.objects.get(code="contact"), "?til=en")
    cells = re.findall(r'data-language="(\w+)"( data-source)?( hidden)?>\s*<figure', html)
    assert [(code, bool(is_hidden)) for code, _source, is_hidden in cells] == [
        ("nb", False),
        ("nn", True),
        ("en", False),
    ]


# --- What is answered while somebody writes -------------------------------------------------------


def test_it_answers_with_what_is_typed_and_saves_nothing(editor_client):
    page = make_page(title="Før")
    body = f"<p>Kort.</p><p>{LONG}</p>"
    html = ask(editor_client, of=page.pk, title_nb="Etter", body_nb=body).content.decode()
    assert shown(html, "nb", "title").startswith("Etter")
    assert shown(html, "nb", "text") == f"Kort. {LONG}"
    assert shown(html, "nn", "title").startswith("Før nn")
    page.refresh_from_db()
    assert page.title_nb == "Før nb" and not page.body_nb


@pytest.mark.parametrize(
    ("slug", "address"),
    [
        ("", "erasmus.test › kontakt › ny-side"),
        ("Eget-Valg", "erasmus.test › kontakt › eget-valg"),
        ("ikke en adresse", "erasmus.test"),
    ],
)
def test_the_address_follows_slug_and_place(editor_client, slug, address):
    above = Page.objects.get(code="contact").pk
    html = ask(editor_client, title_nb="Ny side", slug_nb=slug, parent=above).content.decode()
    assert shown(html, "nb", "address") == address


def test_a_measure_has_no_address_before_its_action_is_chosen(editor_client):
    action = Action.objects.get(code="mobility")
    model = "programmes_measure"
    for chosen, address in [("", ""), ("0", ""), (action.pk, f" › {action.slug_nb} › kurs")]:
        html = ask(editor_client, model, title_nb="Kurs", action=chosen).content.decode()
        assert shown(html, "nb", "address").endswith(f"erasmus.test{address}") == (not address)
        assert shown(html, "nb", "address").endswith(address)


@pytest.mark.parametrize("of", ["999999", "tull", "1" * 40, ""])
def test_a_forged_or_vanished_record_is_taken_for_a_new_one(editor_client, of):
    html = ask(editor_client, of=of, title_nb="Ny", parent="x").content.decode()
    assert shown(html, "nb", "title").startswith("Ny –")


def test_what_is_typed_stays_text(editor_client):
    html = ask(editor_client, title_nb="<script>alert(1)</script>").content.decode()
    assert "<script>" not in html and "&lt;script&gt;alert(1)" in html


@pytest.mark.parametrize("role", ["Skribent", "Oversetter", "Redaktør"])
def test_every_role_is_answered(client, role):
    user = User.objects.create_user("en-av-oss", is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    client.force_login(user)
    page = Page.objects.get(code="contact")
    assert 'id="search-result-nn"' in change_form(client, page)
    assert ask(client, of=page.pk, title_nn="Spør oss").status_code == 200


def test_strangers_and_reading_are_refused(client, editor_client, django_user_model):
    url = reverse("admin:pages_page_search_results")
    assert editor_client.get(url).status_code == 403
    client.logout()
    assert client.post(url).status_code == 302
    client.force_login(django_user_model.objects.create_user("ingen", is_staff=True))
    assert client.post(url).status_code == 403
