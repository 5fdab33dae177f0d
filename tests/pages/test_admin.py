"""The editors' forms: everything editable, nothing lost, never a 500."""

from datetime import timedelta

import pytest
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from pages.models import Collage, Image, Link, Page, TranslationFile
from programmes.models import Action, Measure
from tests.factories import make_image, make_page, picture_bytes

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

# Links are a list to read, without forms.
MODELS = [
    model
    for model in admin.site._registry
    if model._meta.app_label in ("pages", "programmes") and model not in (Link, TranslationFile)
]


def url(model, action, *args) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{action}", args=args)


def form_data(response) -> dict[str, str]:
    """Return what a browser would send back of the form it was given, untouched."""
    data = {}
    context = response.context_data
    forms = [context["adminform"].form]
    for formset in context["inline_admin_formsets"]:
        forms += [formset.formset.management_form, *formset.formset.forms]
    for form in forms:
        for bound in form:
            value = bound.value()
            widget = bound.field.widget
            data |= _decomposed(bound.html_name, value, widget)
            if bound.field.show_hidden_initial:
                data |= _decomposed(bound.html_initial_name, value, widget)
    return {name: value for name, value in data.items() if value is not None}


def _decomposed(name, value, widget):
    if hasattr(widget, "widgets"):
        parts = value if isinstance(value, list) else widget.decompress(value)
        return {
            f"{name}{own}": part
            for own, part in zip(widget.widgets_names, parts, strict=True)
            if part not in (None, [])
        }
    if type(widget).__name__ == "CheckboxInput":
        return {name: "on"} if value else {}
    if isinstance(value, list | tuple):
        return {name: list(value)}
    if getattr(getattr(widget, "widget", widget), "allow_multiple_selected", False):
        return {}  # A list with nothing chosen is not sent.
    if "File" in type(widget).__name__:
        return {}
    return {name: "" if value is None else value}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_list_and_form_opens(editor_client, model):
    assert editor_client.get(url(model, "changelist")).status_code == 200
    assert editor_client.get(url(model, "changelist"), {"q": "skole"}).status_code == 200
    may_be_added = admin.site.get_model_admin(model).has_add_permission
    added = editor_client.get(url(model, "add"))
    assert added.status_code == (200 if may_be_added(added.wsgi_request) else 403)
    for row in model.objects.all()[:3]:
        assert editor_client.get(url(model, "change", row.pk)).status_code == 200
        assert editor_client.get(url(model, "delete", row.pk)).status_code in (200, 403)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_saving_a_form_as_it_was_changes_nothing(editor_client, model):
    """An editor who only looks and presses save would lose something."""
    row = model.objects.first()
    if row is None:
        pytest.skip(f"The seed has no {model.__name__}")
    response = editor_client.get(url(model, "change", row.pk))
    before = model.objects.filter(pk=row.pk).values().get()
    saved = editor_client.post(url(model, "change", row.pk), form_data(response))
    assert saved.status_code == 302, saved.context_data["errors"]
    after = model.objects.filter(pk=row.pk).values().get()
    changed = {name for name in before if before[name] != after[name]} - {"updated_at"}
    bare = {name for name in changed if f"{name}_nb" in before}
    assert changed - bare == set(), {name: (before[name], after[name]) for name in changed - bare}


def test_all_languages_of_a_record_are_on_one_page(editor_client):
    html = editor_client.get(url(Measure, "change", Measure.objects.first().pk)).content.decode()
    for name in ("title", "summary", "what_is_funded", "today"):
        for language in ("nb", "nn", "en"):
            assert f'name="{name}_{language}"' in html


def test_the_admin_speaks_bokmal(editor_client):
    html = editor_client.get(reverse("admin:index")).content.decode()
    assert '<html lang="nb"' in html
    for words in ("Innhold", "Hovedtiltak", "Målgrupper", "Hva vil du endre?"):
        assert words in html


def test_a_sentence_changed_is_on_the_site_in_the_next_request(editor_client, client):
    page = Page.objects.get(code="about")
    data = form_data(editor_client.get(url(Page, "change", page.pk)))
    data["lead_nb"] = "En ny ingress."
    assert editor_client.post(url(Page, "change", page.pk), data).status_code == 302
    assert "En ny ingress." in client.get("/om-nettstedet/").content.decode()


def test_an_error_keeps_what_was_typed_and_stands_beside_its_cause(editor_client):
    page = make_page()
    data = form_data(editor_client.get(url(Page, "change", page.pk)))
    data |= {"slug_nb": "om-nettstedet", "lead_nn": "Skrive med møye."}
    response = editor_client.post(url(Page, "change", page.pk), data)
    assert response.status_code == 200
    assert "slug_nb" in response.context_data["adminform"].form.errors
    assert "Adressen er i bruk. Velg en annen." in response.content.decode()
    assert "Skrive med møye." in response.content.decode()


def test_a_new_page_needs_no_more_than_a_title(editor_client, client):
    data = form_data(editor_client.get(url(Page, "add")))
    data |= {"title_nb": "Vår tur til Åland", "publish_at_0": "2026-01-01", "publish_at_1": "12:00"}
    response = editor_client.post(url(Page, "add"), data)
    assert response.status_code == 302, response.context_data["errors"]
    assert client.get("/var-tur-til-aland/").status_code == 200


def test_a_measure_without_an_action_is_asked_for_one(editor_client):
    data = form_data(editor_client.get(url(Measure, "add")))
    data |= {
        f"{name}_{code}": "Ord" for name in ("title", "summary") for code in ("nb", "nn", "en")
    }
    response = editor_client.post(url(Measure, "add"), data)
    assert response.status_code == 200
    assert "action" in response.context_data["adminform"].form.errors


@pytest.mark.parametrize(
    ("model", "row", "field"),
    [
        (Page, {"code": "contact"}, "sections-0-position"),
        (Collage, {"code": "barnehage"}, "collageimage_set-0-position"),
    ],
)
def test_an_emptied_number_is_asked_for(editor_client, model, row, field):
    pk = model.objects.get(**row).pk
    data = form_data(editor_client.get(url(model, "change", pk))) | {field: ""}
    response = editor_client.post(url(model, "change", pk), data)
    assert response.status_code == 200
    assert response.context_data["errors"]


def test_what_ties_a_record_to_others_is_not_named_when_it_is_deleted(editor_client):
    """«Measure_audiences object (1)» says nothing to an editor."""
    page = Page.objects.filter(sources__isnull=False, route="", children=None).first()
    html = editor_client.get(url(Page, "delete", page.pk)).content.decode()
    assert str(page) in html and str(page.sections.first()) in html
    assert " object (" not in html and "relasjon" not in html


def test_pages_of_the_frame_cannot_be_deleted(editor_client):
    home = Page.objects.get(route="home")
    assert editor_client.post(url(Page, "delete", home.pk), {"post": "yes"}).status_code == 403
    data = {"action": "delete_selected", "_selected_action": [home.pk], "post": "yes"}
    editor_client.post(url(Page, "changelist"), data)
    assert Page.objects.filter(pk=home.pk).exists()


def test_a_picture_in_use_cannot_be_deleted(editor_client):
    image = Action.objects.get(code="mobility").image
    editor_client.post(url(Image, "delete", image.pk), {"post": "yes"})
    assert Image.objects.filter(pk=image.pk).exists()


WORDS = {f"{n}_{c}": "Ord" for n in ("title", "alt") for c in ("nb", "nn", "en")} | {
    "focal_x": "0.5",
    "focal_y": "0.5",
}


def upload(client, name, data):
    file = SimpleUploadedFile(name, data)
    return client.post(url(Image, "add"), {**WORDS, "original": file}, follow=True)


def test_an_uploaded_picture_is_ready_at_once(editor_client, media):
    response = upload(editor_client, "ferie.jpg", picture_bytes(kind="JPEG"))
    image = Image.objects.get(title_nb="Ord")
    assert image.has_renditions
    assert f"{image.digest}-square-320.webp" in response.content.decode()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("ond.jpg", b"<html><script>alert(1)</script>"),
        ("tegning.svg", b'<svg xmlns="http://www.w3.org/2000/svg"/>'),
        ("tom.png", b""),
        ("avkortet.jpg", picture_bytes(kind="JPEG")[:300]),
    ],
)
def test_a_bad_upload_is_an_error_in_the_form_and_is_not_kept(editor_client, media, name, data):
    response = upload(editor_client, name, data)
    assert response.status_code == 200
    assert response.context_data["adminform"].form.errors["original"]
    assert not Image.objects.filter(title_nb="Ord").exists()
    assert media.names() == set()


def test_a_wrong_extension_does_not_matter(editor_client, media):
    upload(editor_client, "bilde.exe", picture_bytes(kind="WEBP"))
    assert Image.objects.get(title_nb="Ord").original.name.endswith(".webp")


def test_a_replaced_file_keeps_its_uses(editor_client, media):
    image = make_image()
    page = make_page(image=image)
    response = editor_client.get(url(Image, "change", image.pk))
    data = form_data(response) | {
        "original": SimpleUploadedFile("ny.png", picture_bytes(size=(1200, 900), colour="orange"))
    }
    assert editor_client.post(url(Image, "change", image.pk), data).status_code == 302
    page.refresh_from_db()
    assert (page.image.width, page.image.has_renditions) == (1200, True)


def test_the_policy_is_strict_on_both_sides_of_the_door(editor_client, client):
    for address in (reverse("admin:index"), url(Page, "change", Page.objects.first().pk), "/"):
        policy = editor_client.get(address).headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "data:" not in policy
    assert "script-src" not in client.get("/").headers["Content-Security-Policy"]


def test_strangers_are_asked_to_sign_in(client):
    for model in MODELS:
        response = client.get(url(model, "changelist"))
        assert response.status_code == 302
        assert response.url.startswith(reverse("admin:login"))


def test_dates_of_publication_are_oslo_time(editor_client):
    page = make_page(publish_at=timezone.now() + timedelta(days=200))
    html = editor_client.get(url(Page, "change", page.pk)).content.decode()
    assert f'value="{timezone.localtime(page.publish_at):%H:%M:%S}"' in html
