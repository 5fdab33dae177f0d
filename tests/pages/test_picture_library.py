"""The picture library: found in any language, its uses known, nothing in use lost."""

import math

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from pages import publishing, renditions, snapshots
from pages.admin.uses import uses_of
from pages.models import Collage, CollageImage, Image, Page
from programmes.models import Action
from tests.factories import make_image, make_page, picture_bytes
from tests.pages.test_admin import form_data, url

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


def titles_found(client, **query) -> set[str]:
    changelist = client.get(url(Image, "changelist"), query).context_data["cl"]
    return {image.title for image in changelist.result_list}


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
@pytest.mark.parametrize("field", ["title", "alt", "caption"])
def test_a_picture_is_found_by_its_words_in_any_language(editor_client, field, language):
    image = Image.objects.first()
    Image.objects.filter(pk=image.pk).update(**{f"{field}_{language}": "Flodhest i skyene"})
    assert len(titles_found(editor_client, q="flodhest")) == 1


def test_a_picture_is_found_by_who_made_it(editor_client):
    image = Image.objects.first()
    Image.objects.filter(pk=image.pk).update(credit="Kari Foss")
    assert titles_found(editor_client, q="kari foss") == {image.title}


def test_the_library_is_narrowed_to_what_is_in_use_and_what_is_not(editor_client):
    used, unused = (titles_found(editor_client, used=answer) for answer in ("yes", "no"))
    action = Action.objects.get(code="mobility")
    assert action.image.title in used
    assert {row.image.title for row in action.collage.rows} <= used
    assert not used & unused
    assert used | unused == titles_found(editor_client)


def test_pictures_that_lack_a_caption_are_found(editor_client):
    bare, half = Image.objects.all()[:2]
    nothing = dict.fromkeys(("caption_nb", "caption_nn", "caption_en"), "")
    Image.objects.update(caption_nb="a", caption_nn="b", caption_en="c")
    Image.objects.filter(pk=bare.pk).update(**nothing)
    Image.objects.filter(pk=half.pk).update(caption_nn="")
    assert titles_found(editor_client, caption="none") == {bare.title}
    assert titles_found(editor_client, caption="some") == {half.title}


def test_every_kind_of_use_is_told(media):
    """A use that is not told is a surprise on the site when the picture changes."""
    image, collage = make_image(), Collage.objects.create(title_nb="Sammen")
    collage.append([image])
    page, action = make_page(image=image), Action.objects.first()
    page.sections.create(collage=collage, position=1)
    Action.objects.filter(pk=action.pk).update(image=image)
    uses = uses_of([image])[image.pk]
    assert {use.record for use in uses} == {collage, page, action}
    within = next(use.uses for use in uses if use.record == collage)
    assert [use.record for use in within] == [page]


def test_a_new_relation_to_pictures_is_known_by_itself():
    """The library must not need a list of the models that have pictures."""
    pictured = {relation.related_model for relation in Image._meta.related_objects}
    assert {Page, Action, CollageImage} <= pictured
    for model in pictured - {Collage}:
        row = model.objects.exclude(image=None).first()
        assert uses_of([row.image])[row.image_id], model


def test_each_use_leads_to_its_form(editor_client):
    action = Action.objects.get(code="mobility")
    image = action.collage.rows[0].image
    html = editor_client.get(url(Image, "change", image.pk)).content.decode()
    assert url(Collage, "change", action.collage_id) in html
    assert url(Action, "change", action.pk) in html


def test_a_longer_library_asks_no_more_of_the_database(editor_client, media):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert editor_client.get(url(Image, "changelist")).status_code == 200
        return len(captured)

    page, image = make_page(), make_image()
    _draft(page, None, fields={**snapshots.take(page)["fields"], "image": image.pk})
    before = queries()
    for number in range(5):
        image = make_image(title_nb=f"Ny {number}")
        page = make_page(title=f"Side {number}", image=image)
        _draft(page, None, fields={**snapshots.take(page)["fields"], "image": image.pk - 1})
        Collage.objects.create(title_nb="Flere").append([image])
    assert queries() == before


@pytest.mark.parametrize("way", ["form", "list"])
def test_what_only_a_draft_uses_is_not_deleted_either(editor, editor_client, media, way):
    """The draft would lose the picture that its page is about to get."""
    lead, row = make_image(), make_image(picture_bytes(colour="orange"))
    page, collage = make_page(), Collage.objects.create(title_nb="Sammen")
    _draft(page, editor, fields={**snapshots.take(page)["fields"], "image": lead.pk})
    fields = {"image": row.pk, "shape": "wide", "position": 1}
    added = {"key": snapshots.new_key(), "fields": fields, "many": {}}
    _draft(collage, editor, parts={"collageimage_set": [added]})
    for image, record in ((lead, page), (row, collage)):
        if way == "form":
            html = editor_client.post(url(Image, "delete", image.pk), {"post": "yes"})
        else:
            data = {"action": "delete_selected", "_selected_action": [image.pk], "post": "yes"}
            html = editor_client.post(url(Image, "changelist"), data)
        assert url(type(record), "change", record.pk) in html.content.decode()
        assert Image.objects.filter(pk=image.pk).exists()
        assert image.title in titles_found(editor_client, used="yes")


def _draft(record, user, **changed):
    live = snapshots.take(record)
    return publishing.keep_draft(record, live, {**live, **changed}, user)


@pytest.mark.parametrize("model", [Image, Collage])
@pytest.mark.parametrize("way", ["form", "list"])
def test_what_is_in_use_is_not_deleted_and_the_places_are_named(editor_client, model, way):
    action = Action.objects.get(code="mobility")
    row = action.image if model is Image else action.collage
    if way == "form":
        response = editor_client.post(url(model, "delete", row.pk), {"post": "yes"})
    else:
        data = {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}
        response = editor_client.post(url(model, "changelist"), data)
    html = response.content.decode()
    assert "Dette er i bruk og kan ikke slettes." in html
    assert url(Action, "change", action.pk) in html
    assert model.objects.filter(pk=row.pk).exists()


def test_what_nothing_uses_can_be_deleted(editor_client, media):
    image = make_image()
    collage = Collage.objects.create(title_nb="Alene")
    collage.append([image])
    editor_client.post(url(Image, "delete", image.pk), {"post": "yes"})
    assert Image.objects.filter(pk=image.pk).exists(), "the collage uses it"
    editor_client.post(url(Collage, "delete", collage.pk), {"post": "yes"})
    editor_client.post(url(Image, "delete", image.pk), {"post": "yes"})
    assert not Image.objects.filter(pk=image.pk).exists()


# --- The collage ----------------------------------------------------------------------------


def save_collage(client, collage, pictures):
    data = form_data(client.get(url(Collage, "change", collage.pk)))
    return client.post(url(Collage, "change", collage.pk), {**data, "pictures": pictures})


def test_ticked_pictures_come_last_in_the_order_they_were_ticked(editor_client):
    collage = Collage.objects.get(code="barnehage")
    before = [row.image_id for row in collage.rows]
    ticked = list(
        Image.objects.exclude(pk__in=before).order_by("?")[:3].values_list("pk", flat=True)
    )
    assert save_collage(editor_client, collage, ticked).status_code == 302
    assert [row.image_id for row in collage.rows] == before + ticked
    assert len({row.position for row in collage.rows}) == len(before) + 3


def test_a_collage_is_made_of_pictures_alone(editor_client):
    """Four pictures and a name: one form, no row to add."""
    keys = list(Image.objects.values_list("pk", flat=True)[:4])
    data = form_data(editor_client.get(url(Collage, "add")))
    data |= {f"title_{code}": "Vår tur" for code in ("nb", "nn", "en")} | {"pictures": keys}
    assert editor_client.post(url(Collage, "add"), data).status_code == 302
    rows = Collage.objects.get(title_nb="Vår tur").rows
    assert [row.image_id for row in rows] == keys


def test_an_error_keeps_the_ticks_in_their_order(editor_client):
    collage = Collage.objects.get(code="barnehage")
    first, second = Image.objects.order_by("pk").values_list("pk", flat=True)[:2]
    data = form_data(editor_client.get(url(Collage, "change", collage.pk)))
    data |= {"title_nb": "", "pictures": [second, first]}
    response = editor_client.post(url(Collage, "change", collage.pk), data)
    assert response.status_code == 200
    assert f'data-chosen="{second},{first}"' in response.content.decode()


def test_a_picture_that_is_gone_is_an_error_in_the_form(editor_client):
    response = save_collage(editor_client, Collage.objects.first(), ["999999"])
    assert "pictures" in response.context_data["adminform"].form.errors


@given(width=st.integers(32, 9000), height=st.integers(32, 9000))
def test_the_shape_chosen_keeps_most_of_the_picture(width, height):
    def kept(shape: str) -> float:
        ratio = renditions.SHAPES[shape][0] or 1
        return min(ratio * height / width, width / height / ratio)

    best = max(kept(shape) for shape in ("wide", "square", "tall"))
    assert math.isclose(kept(renditions.nearest_shape(width, height)), best, rel_tol=1e-9)


def test_tiles_are_searched_for_in_the_whole_library(editor_client):
    found = editor_client.get(reverse("admin:pages_collage_pictures"), {"q": "Samlingsstund"})
    assert found.content.decode().count('type="checkbox"') == 1


@pytest.mark.parametrize("name", ["pages_collage_pictures", "pages_collage_preview"])
def test_only_those_who_edit_collages_see_tiles_and_preview(client, django_user_model, name):
    assert client.get(reverse(f"admin:{name}")).status_code == 302
    client.force_login(django_user_model.objects.create_user("ny", is_staff=True))
    assert client.get(reverse(f"admin:{name}")).status_code == 403


def test_the_preview_is_the_sites_own_collage_and_is_kept_by_no_one(editor_client):
    first, second = Image.objects.all()[:2]
    rows = [f"{second.pk}-wide", f"{first.pk}-tall", "0-wide", f"{first.pk}-round", "x"]
    response = editor_client.get(reverse("admin:pages_collage_preview"), {"row": rows})
    html = response.content.decode()
    assert html.count("collage__piece--wide") == html.count("collage__piece--tall") == 2
    assert html.index(second.alt) < html.index(first.alt)
    assert 'content="noindex"' in html
    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in response.headers["Content-Security-Policy"]


def test_only_the_preview_may_stand_in_a_frame(editor_client):
    response = editor_client.get(url(Collage, "changelist"))
    assert "frame-ancestors 'none'" in response.headers["Content-Security-Policy"]
