"""Links inside texts point to records: renaming a page breaks none of them."""

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from pages import links
from pages.links import Place, Reference
from pages.models import Address, Page, Section
from pages.prose import clean_prose
from programmes.models import Action, Measure
from tests.factories import make_page
from tests.pages.test_admin import form_data, url

ORIGIN = settings.SITE_URL


def text_with(href: str) -> str:
    return f'<p>Se <a href="{href}">der</a>.</p>'


# --- Reading and rewriting -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("href", "path", "rest"),
    [
        ("/om/", "/om/", ""),
        ("/om", "/om/", ""),
        ("/", "/", ""),
        (ORIGIN, "/", ""),
        (f"{ORIGIN}/nn/om/?a=1#b", "/nn/om/", "?a=1#b"),
        (f"{ORIGIN}?a", "/", "?a"),
        ("HTTPS://ERASMUS.TEST/om/", "/om/", ""),
        ("/robots.txt", "/robots.txt", ""),
    ],
)
def test_an_address_on_the_site_is_known_however_it_is_typed(href, path, rest):
    assert links.path_in(href, ORIGIN) == (path, rest)


@pytest.mark.parametrize(
    "href",
    [
        "https://erasmus.test.ond.no/",
        "//ond.no/",
        "mailto:a@b.no",
        "om/",
        "#a",
        "",
        "https://a.no/",
    ],
)
def test_an_address_elsewhere_is_left_alone(href):
    assert links.path_in(href, ORIGIN) is None


PATHS = st.sampled_from(
    ["/a/", "/b/", "/nn/a/", "/c", ORIGIN, f"{ORIGIN}/a/", "https://x.no/", "#d"]
)
RESTS = st.sampled_from(["", "#section-3", "?a=1&b=2", '?q="<>\xa0#æ'])
OWNERS = {"/a/": Reference("pages.page", 1), "/b/": Reference("x.y", 2), "/": Reference("x.y", 3)}
PLACES = {reference: Place(path, "nb") for path, reference in OWNERS.items()}
PIECES = st.one_of(
    st.text(max_size=10).map(lambda text: f"<p>{text}</p>"),
    st.builds(
        lambda path, rest, words: f'<p><a title="{words}" href="{path}{rest}">{words}</a></p>',
        *(PATHS, RESTS, st.text(max_size=8)),
    ),
)
TEXTS = st.lists(PIECES, max_size=6).map("".join).map(clean_prose)


def without_hrefs(html: str) -> str:
    return links._rewrite(html, lambda href: "")


@given(TEXTS)
def test_rewriting_changes_addresses_and_no_other_character(html):
    referred = links.refer(html, OWNERS, ORIGIN)
    assert without_hrefs(referred) == without_hrefs(html)
    assert links.refer(referred, OWNERS, ORIGIN) == referred
    assert clean_prose(referred) == referred
    readable = links.spell_out(referred, PLACES)
    assert without_hrefs(readable) == without_hrefs(html)
    assert not links.references(readable)
    assert links.refer(readable, OWNERS, ORIGIN) == referred


@given(st.text(alphabet="<a href=\"/lenke/pages.page/1#>'&", max_size=80))
def test_no_text_breaks_the_reading(text):
    links.refer(text, OWNERS, ORIGIN)
    links.spell_out(text, PLACES)
    links.publish(text, PLACES, "nb")


# --- In the database and on the site -------------------------------------------------------


@pytest.fixture
def goal(db):
    return make_page("Mål")


def stored(record, name="body_nb") -> str:
    return type(record).objects.values_list(name, flat=True).get(pk=record.pk)


@pytest.mark.parametrize("prefix", ["", ORIGIN])
@pytest.mark.parametrize("path", ["/mal-nb/", "/mal-nb", "/nn/mal-nn/", "/en/mal-en/"])
def test_an_address_of_a_record_is_kept_as_a_reference(goal, prefix, path):
    page = make_page(body_nb=text_with(f"{prefix}{path}#section-1"))
    assert f'href="/lenke/pages.page/{goal.pk}/#section-1"' in stored(page)


def test_an_old_address_becomes_a_reference_too(goal):
    goal.slug_nb = "nytt"
    goal.save()
    assert f"/lenke/pages.page/{goal.pk}/" in stored(make_page(body_nb=text_with("/mal-nb/")))


def test_every_text_in_every_language_is_seen(goal):
    section = Section.objects.create(
        page=goal, **{f"body_{code}": text_with("/mal-nb/") for code in ("nb", "nn", "en")}
    )
    measure = Measure.objects.first()
    measure.today_en = text_with("/mal-nb/")
    measure.save()
    for code in ("nb", "nn", "en"):
        assert "/lenke/" in stored(section, f"body_{code}")
    assert "/lenke/" in stored(measure, "today_en")


def test_what_is_nobodys_address_is_left_as_typed(goal):
    html = text_with("/finnes-ikke/")
    assert 'href="/finnes-ikke/"' in stored(make_page(body_nb=html))


def test_a_renamed_page_is_linked_to_where_it_is_now(client, goal):
    make_page("Fra", **{f"body_{code}": text_with("/mal-nb/#a") for code in ("nb", "nn", "en")})
    goal.slug_nb, goal.slug_nn = "nytt", "nytt-namn"
    goal.save()
    for address, link in (
        ("/fra-nb/", "/nytt/#a"),
        ("/nn/fra-nn/", "/nn/nytt-namn/#a"),
        ("/en/fra-en/", "/en/mal-en/#a"),
    ):
        html = client.get(address).content.decode()
        assert f'<a href="{link}">der</a>' in html
        assert "/lenke/" not in html


def test_a_renamed_action_is_linked_to_where_its_measures_are_now(client, db):
    action = Action.objects.get(code="mobility")
    measure = action.measures.first()
    make_page("Fra", body_nb=text_with(f"/for-skole-og-barnehage/mobilitet/{measure.slug_nb}/"))
    action.slug_nb = "reiser"
    action.save()
    html = client.get("/fra-nb/").content.decode()
    assert f'href="/for-skole-og-barnehage/reiser/{measure.slug_nb}/"' in html


def test_a_link_to_what_this_language_lacks_leads_to_another_and_says_so(client, db):
    make_page("Mål", languages=("nb",))
    make_page("Fra", body_en=text_with("/mal-nb/"))
    html = client.get("/en/fra-en/").content.decode()
    assert '<a href="/mal-nb/" hreflang="nb">' in html


def test_a_link_to_a_deleted_record_is_plain_text_for_visitors(client, goal):
    make_page("Fra", body_nb=text_with("/mal-nb/"))
    goal.delete()
    html = client.get("/fra-nb/").content.decode()
    assert "<a>der</a>" in html
    assert "/lenke/" not in html


def test_links_cost_one_query_and_their_absence_none(client, goal):
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get("/fra-nb/")
        return len(queries)

    page = make_page("Fra", body_nb="<p>Ingen.</p>")
    before = cost()
    page.body_nb = text_with("/mal-nb/") * 9 + text_with("/om-nettstedet/")
    page.save()
    assert cost() == before + 1


def test_a_reference_is_an_address_too(client, editor, goal):
    """A link copied out of the database, or out of a draft, would lead nowhere."""
    address = f"/lenke/pages.page/{goal.pk}/"
    answer = client.get(address)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/mal-nb/")
    goal.publish_at = None
    goal.save()
    assert client.get(address).status_code == 404
    client.force_login(editor)
    assert client.get(address).status_code == 302
    for nothing in ("/lenke/pages.page/999999999999999999/", "/lenke/auth.user/1/"):
        assert client.get(nothing).status_code == 404


# --- In the editors' forms -----------------------------------------------------------------


@pytest.mark.ignore_template_errors
def test_an_editor_reads_addresses_and_saving_keeps_references(editor_client, goal):
    words = {f"body_{code}": text_with("/mal-nb/#a") for code in ("nb", "nn", "en")}
    page = make_page("Fra", **words)
    section = Section.objects.create(page=page, body_nn=text_with("/mal-nb/"), position=1)
    goal.slug_nn = "nytt-namn"
    goal.save()
    before = [stored(page, name) for name in words], stored(section, "body_nn")
    response = editor_client.get(url(Page, "change", page.pk))
    data = form_data(response)
    assert 'href="/mal-nb/#a"' in data["body_nb"]
    assert 'href="/nn/nytt-namn/#a"' in data["body_nn"]
    assert 'href="/en/mal-en/#a"' in data["body_en"]
    assert 'href="/nn/nytt-namn/"' in data["sections-0-body_nn"]
    assert "/lenke/" not in response.content.decode()
    assert editor_client.post(url(Page, "change", page.pk), data).status_code == 302
    assert ([stored(page, name) for name in words], stored(section, "body_nn")) == before


@pytest.mark.ignore_template_errors
def test_a_link_to_a_deleted_record_survives_a_form(editor_client, goal):
    """The record may be brought back, and its links with it."""
    page = make_page("Fra", body_nb=text_with("/mal-nb/"))
    goal.delete()
    before = stored(page)
    data = form_data(editor_client.get(url(Page, "change", page.pk)))
    assert 'href="/mal-nb/"' in data["body_nb"]
    editor_client.post(url(Page, "change", page.pk), data)
    assert stored(page) == before


@pytest.mark.ignore_template_errors
def test_a_form_with_links_counts_as_unchanged(editor_client, goal):
    page = make_page("Fra", body_nb=text_with("/mal-nb/"))
    response = editor_client.get(url(Page, "change", page.pk))
    form_class = type(response.context_data["adminform"].form)
    form = form_class(form_data(response), instance=page)
    assert not [name for name in form.changed_data if name.startswith("body")]


def test_the_admin_is_left_alone(editor_client, goal):
    html = editor_client.get(reverse("admin:index")).content.decode()
    assert "/lenke/" not in html
    assert Address.objects.exists()
