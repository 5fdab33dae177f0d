"""Publication, languages, addresses and order."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from pages.models import Page
from pages.slugs import slug_from
from programmes.models import Action, Audience, Measure
from tests.factories import make_measure, make_page

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("publish", "withdraw", "seen"),
    [
        (None, None, False),
        (-HOUR, None, True),
        (HOUR, None, False),
        (-HOUR, HOUR, True),
        (-2 * HOUR, -HOUR, False),
        (None, HOUR, False),
    ],
    ids=["draft", "live", "scheduled", "live until", "withdrawn", "draft with an end"],
)
def test_visitors_see_what_is_published_now(client, editor, publish, withdraw, seen):
    now = timezone.now()
    page = make_page(
        publish_at=publish and now + publish,
        withdraw_at=withdraw and now + withdraw,
        is_in_menu=True,
    )
    assert page.is_published is seen
    assert (page in Page.objects.visible_to(AnonymousUser())) is seen
    assert page in Page.objects.visible_to(editor)
    assert (client.get(page.get_absolute_url()).status_code == 200) is seen
    assert (page.title in client.get("/").content.decode()) is seen
    assert (page.get_absolute_url() in client.get("/sitemap.xml").content.decode()) is seen


def test_an_editor_sees_a_draft_and_is_told_that_it_is_one(editor_client):
    page = make_page(publish_at=None)
    html = editor_client.get(page.get_absolute_url()).content.decode()
    assert "Utkast: Bare redaktører ser denne siden." in html
    assert '<meta name="robots" content="noindex">' in html
    assert 'rel="canonical"' not in html


def test_a_page_exists_in_the_languages_it_has_a_title_in():
    page = make_page(languages=("nb", "en"))
    assert [code for code in ("nb", "nn", "en") if page.exists_in(code)] == ["nb", "en"]
    assert page in Page.objects.in_language("en")
    assert page not in Page.objects.in_language("nn")
    with translation.override("nn"):
        assert page not in Page.objects.in_language()


def test_a_slug_is_made_from_the_title_in_each_language():
    page = make_page(title="Året rundt på sjøen")
    assert (page.slug_nb, page.slug_en) == ("aret-rundt-pa-sjoen-nb", "aret-rundt-pa-sjoen-en")


def test_renaming_a_page_moves_all_below_it():
    """Pages below would answer at an address that no longer matches their breadcrumb."""
    top = make_page("Reiser")
    middle = make_page("Tog", parent=top)
    leaf = make_page("Nattog", parent=middle)
    top.slug_nb = "pa-tur"
    top.save()
    leaf.refresh_from_db()
    assert leaf.path_nb == "pa-tur/tog-nb/nattog-nb"
    assert leaf.path_en == "reiser-en/tog-en/nattog-en"


def test_the_breadcrumb_follows_the_tree(client):
    top = make_page("Reiser")
    leaf = make_page("Nattog", parent=make_page("Tog", parent=top))
    html = client.get(leaf.get_absolute_url()).content.decode()
    crumbs = html.split('class="breadcrumb"')[1].split("</nav>")[0]
    names = ["Hjem", "Reiser nb", "Tog nb", "Nattog nb"]
    assert sorted(names, key=crumbs.index) == names


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"title_nb": ""}, "title_nb"),
        ({"title_nb": "Om nettstedet"}, "slug_nb"),
        ({"title_nb": "Admin"}, "slug_nb"),
        ({"title_en": "About"}, "slug_en"),
        ({"title_nb": "En"}, "slug_nb"),
        ({"title_nb": "Nn"}, "slug_nb"),
        ({"title_nb": "Lang", "slug_nb": "x" * 80 + "y" * 400}, "slug_nb"),
        ({"title_nb": "Nei", "position": 10**12}, "position"),
        ({"title_nb": "Nei", "publish_at": datetime(1, 1, 1, tzinfo=UTC)}, "publish_at"),
        ({"title_nb": "For skole og barnehage"}, "slug_nb"),
        ({"title_nb": "Nei", "withdraw_at": timezone.now() - HOUR}, "withdraw_at"),
    ],
)
def test_a_page_that_cannot_be_shown_is_refused_beside_its_cause(values, field):
    page = Page(**{"publish_at": timezone.now(), **values})
    with pytest.raises(ValidationError) as caught:
        page.full_clean()
    assert field in caught.value.message_dict


def test_a_page_cannot_lie_below_itself():
    top = make_page("Reiser")
    top.parent = make_page("Tog", parent=top)
    with pytest.raises(ValidationError) as caught:
        top.full_clean()
    assert "parent" in caught.value.message_dict


def test_a_page_keeps_the_languages_of_those_below_it():
    """A page below would fall to the root of the site, at another page's address."""
    top = make_page("Reiser")
    make_page("Tog", parent=top)
    top.title_en = ""
    with pytest.raises(ValidationError) as caught:
        top.full_clean()
    assert "title_en" in caught.value.message_dict


@pytest.mark.parametrize("values", [{"title_nb": ""}, {"publish_at": None}])
@pytest.mark.parametrize("route", ["home", "programmes:overview"])
def test_the_pages_that_menus_lead_to_stay(route, values):
    page = Page.objects.get(route=route)
    for name, value in values.items():
        setattr(page, name, value)
    with pytest.raises(ValidationError) as caught:
        page.full_clean()
    assert set(values) == set(caught.value.message_dict)


@pytest.mark.parametrize("title", ["🎉", "!!!", "???"])
def test_a_title_of_signs_only_takes_nothing_down(client, title):
    """One such page in the menu would answer every address of the site with an error."""
    words = {f"title_{code}": title for code in ("nb", "nn", "en")}
    page = Page.objects.create(publish_at=timezone.now(), is_in_menu=True, **words)
    measure = make_measure(1, **words)
    for url in ("/", "/for-skole-og-barnehage/", "/sitemap.xml", page.get_absolute_url()):
        assert client.get(url).status_code == 200, url
    assert client.get(measure.get_absolute_url()).status_code == 200


def test_a_row_without_an_address_is_not_shown(client):
    """Rows that came by no form and no save()."""
    make_page(is_in_menu=True)
    Page.objects.filter(title_nb="Reisebrev nb").update(path_nb=None, slug_nb=None)
    Measure.objects.filter(code="job-shadowing").update(slug_nb=None)
    for url in (
        "/",
        "/for-skole-og-barnehage/",
        "/for-skole-og-barnehage/mobilitet/",
        "/sitemap.xml",
    ):
        assert client.get(url).status_code == 200, url


def test_a_measure_is_not_seen_while_its_action_is_not(client):
    measure = Measure.objects.get(code="job-shadowing")
    url = measure.get_absolute_url()
    Action.objects.filter(code="mobility").update(publish_at=None)
    assert client.get(url).status_code == 404
    assert url not in client.get("/sitemap.xml").content.decode()
    assert not Measure.objects.get(code="job-shadowing").is_published


def test_renaming_a_page_is_no_change_of_those_below(django_assert_num_queries):
    top = make_page("Reiser")
    leaf = make_page("Tog", parent=top)
    changed = Page.objects.get(pk=leaf.pk).updated_at
    top.slug_nb = "pa-tur"
    top.save()
    leaf.refresh_from_db()
    assert (leaf.path_nb, leaf.updated_at) == ("pa-tur/tog-nb", changed)


def test_an_action_needs_a_title_in_every_language():
    action = Action.objects.get(code="mobility")
    action.title_nn = ""
    with pytest.raises(ValidationError) as caught:
        action.full_clean()
    assert "title_nn" in caught.value.message_dict


def test_a_row_without_a_place_goes_last():
    first, second = make_measure(1), make_measure(2)
    assert first.position < second.position
    assert second.position > Measure.objects.get(code="youth-dialogue").position


@pytest.mark.parametrize(("start", "goal"), [(2, 0), (0, 2), (3, 1), (1, 3), (1, 1)])
def test_a_row_lands_on_the_number_it_is_given(start, goal):
    """Two rows in one place could not be dragged any more."""
    names = list(Audience.objects.values_list("code", flat=True))
    moved = Audience.objects.get(code=names[start])
    moved.position = Audience.objects.get(code=names[goal]).position
    moved.save()
    names.insert(goal, names.pop(start))
    assert list(Audience.objects.values_list("code", flat=True)) == names
    positions = list(Audience.objects.values_list("position", flat=True))
    assert len(set(positions)) == len(positions)


@given(st.text(max_size=200))
def test_a_slug_is_safe_in_an_address(title):
    slug = slug_from(title)
    assert len(slug) <= 80
    assert slug == slug_from(slug)
    assert all(
        character.isascii() and (character.isalnum() or character in "-_") for character in slug
    )


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Ærlig talt", "aerlig-talt"),
        ("Åpen barnehage på Øya", "apen-barnehage-pa-oya"),
        ("  30 000 euro!  ", "30-000-euro"),
        ("lang " * 30, "lang-" * 15 + "lang"),
    ],
)
def test_norwegian_letters_survive_in_a_slug(title, slug):
    assert slug_from(title) == slug
