"""Then and now: the page of old names, what a question finds there, and the notices that lead to it."""

import re

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from pages.models import Page
from programmes.models import FormerName, Measure
from programmes.tools.then_and_now.matching import LONGEST, asked, is_found

ADDRESSES = {"nb": "/for-og-na/", "nn": "/nn/for-og-no/", "en": "/en/then-and-now/"}
database = pytest.mark.django_db


def page_of(client, address: str, **asked_for) -> str:
    response = client.get(address, asked_for)
    assert response.status_code == 200, address
    return response.content.decode()


def rows(html: str) -> list[str]:
    """The anchors of the rows that are shown."""
    return re.findall(r'<tr id="([^"]+)"', html)


# --- What is found --------------------------------------------------------------------------


@given(st.text(max_size=200), st.text(max_size=60))
def test_any_question_is_answered(question, name):
    """A strange letter would stop the page instead of finding nothing."""
    shown = asked(question)
    assert len(shown) <= LONGEST
    assert "\0" not in shown
    assert isinstance(is_found(shown, [name]), bool)
    assert is_found("", [name])


@given(st.text("KAkaPIC0123456789", min_size=1, max_size=12), st.data())
def test_a_code_is_found_however_it_is_spaced(code, data):
    """«KA 229» and «ka-229» are how teachers write KA229."""
    spaced = "".join(letter + data.draw(st.sampled_from(["", " ", "-"])) for letter in code)
    written = spaced.lower() if data.draw(st.booleans()) else spaced
    assert is_found(asked(written), [code])


def test_all_words_must_stand_in_a_row_though_not_together():
    assert is_found("plan europeisk", ["Europeisk utviklingsplan"])
    assert not is_found("plan norsk", ["Europeisk utviklingsplan"])
    assert is_found("SIFFER", ["PIC-kode"], ["PIC hadde ni siffer."])
    assert not is_found("!", ["PIC-kode"])


# --- The page -------------------------------------------------------------------------------


@database
@pytest.mark.parametrize("language", ADDRESSES)
def test_all_old_names_stand_on_the_page_each_with_an_anchor_of_its_own(client, language):
    """A link from an old page to #ka229 must lead to the row."""
    html = page_of(client, ADDRESSES[language])
    anchors = rows(html)
    assert len(anchors) == len(set(anchors)) == FormerName.objects.count() >= 30
    assert {"ka101", "ka229", "pic", "siu"} <= set(anchors)
    assert html.count("<table") == len(FormerName.Kind.values)
    for name in FormerName.objects.all():
        assert name.translated("title", language), name.code
        assert name.translated("note", language), name.code
        assert bool(name.translated("today", language)) == bool(name.today_nb), name.code


@database
def test_a_page_without_old_names_says_so(client):
    FormerName.objects.all().delete()
    text = client.get("/for-og-na/").content.decode()
    assert "Her er det ingen gamle navn ennå." in text
    assert "Prøv bare med tallet" not in text


@database
@pytest.mark.parametrize("question", ["KA229", "ka 229", "ka-229", "  229 "])
def test_who_knows_a_code_finds_its_row(client, question):
    html = page_of(client, "/for-og-na/", q=question)
    assert "ka229" in rows(html)
    assert len(rows(html)) < 8
    assert "KA210" in html


@database
def test_an_english_name_is_found_on_a_norwegian_page(client):
    """Old forms are in English, and they are what teachers have before them."""
    assert rows(page_of(client, "/for-og-na/", q="european development plan")) == ["edp"]


@database
def test_nothing_found_is_said_and_leads_on(client):
    html = page_of(client, "/for-og-na/", q="lekeplass")
    assert rows(html) == []
    assert "Ingen gamle navn passer til «lekeplass»." in html
    assert '<a href="/for-og-na/">' in html
    assert '<a href="/for-skole-og-barnehage/">' in html.split("<main")[1]


@database
@pytest.mark.parametrize(
    "query",
    ["q=%00", "q=%ff%fe", f"q={'a' * 10_000}", "q=<script>alert(1)</script>", "q=a&q=pic", "x=1"],
)
@pytest.mark.parametrize("file", ["", "index.md"])
def test_whatever_is_asked_is_answered_with_a_page(client, query, file):
    response = client.get(f"/for-og-na/{file}?{query}")
    assert response.status_code == 200
    assert b"<script>alert" not in response.content.replace(rb"\<", b"")
    assert len(response.content) < 200_000


@database
def test_the_markdown_says_the_same(client):
    text = page_of(client, "/for-og-na/index.md", q="229")
    assert "**KA229** (2018–2020) → I dag: KA210" in text
    assert "KA101" not in text.split("---")[0]


@database
def test_reading_takes_the_same_number_of_questions_however_many_rows(
    client, django_assert_max_num_queries
):
    for number in range(40):
        FormerName.objects.create(kind="word", title_nb=f"Gammelt ord {number}", today_nb="Nytt")
    with django_assert_max_num_queries(8):
        page_of(client, "/for-og-na/")


@database
def test_a_measure_that_is_not_published_is_not_linked(client):
    measure = Measure.objects.get(code="small-scale-partnership")
    assert measure.get_absolute_url() in page_of(client, "/for-og-na/", q="KA229")
    Measure.objects.filter(pk=measure.pk).update(publish_at=None)
    assert measure.get_absolute_url() not in page_of(client, "/for-og-na/", q="KA229")


@database
def test_each_row_says_where_it_is_from(client):
    html = page_of(client, "/for-og-na/", q="KA229")
    source = FormerName.objects.get(code="ka229").source
    assert f'<a href="#source-{source.pk}">GEW, 2020</a>' in html
    assert f'<li id="source-{source.pk}">' in html
    FormerName.objects.update(source=None)
    assert "#source-" not in page_of(client, "/for-og-na/", q="KA229")


# --- What others make of it -----------------------------------------------------------------


@database
def test_pairs_are_what_a_search_may_take_for_the_same():
    pairs = dict(FormerName.objects.pairs("nn"))
    assert pairs["Hospitering"] == "Jobbskugging"
    assert pairs["SIU"] == pairs["Diku"] == "HK-dir"
    assert "KA347" not in pairs, "what has taken its place is not known"
    assert all(old != new for old, new in pairs.items())


@database
@pytest.mark.parametrize(
    ("first", "last", "told"),
    [(2014, 2017, "2014–2017"), (2018, 2018, "2018"), (None, 2019, "–2019"), (None, None, "")],
)
def test_years_are_told_as_far_as_they_are_known(first, last, told):
    assert FormerName(first_year=first, last_year=last).years == told


@database
def test_an_editors_row_has_an_anchor_too():
    name = FormerName.objects.create(kind="tool", title_nb="Gammel størrelse")
    assert name.anchor == f"gammel-storrelse-{name.pk}"


@database
def test_a_change_of_a_row_is_a_change_of_the_page():
    """Search engines and feeds would be told that the page is as it was."""
    pages = Page.objects.filter(route="tools:then_and_now")
    before = pages.with_changed_at().get().changed_at
    name = FormerName.objects.get(code="siu")
    name.note_nb = "Et nytt ord."
    name.save()
    assert pages.with_changed_at().get().changed_at > before


@database
@pytest.mark.parametrize("language", ADDRESSES)
def test_each_historic_measure_leads_to_todays_and_to_the_old_names(client, language):
    """Who comes from an old link must not plan by rules that are over."""
    assert Measure.objects.filter(predecessors__isnull=False).exists()
    with translation.override(language):
        for measure in Measure.objects.of_period("2014-2020").select_related("action", "period"):
            html = page_of(client, measure.get_absolute_url())
            notice = html.split('<div class="notice">')[1].split("</div>")[0]
            assert f'href="{ADDRESSES[language]}"' in notice, measure
            for successor in measure.successors.all():
                assert f'href="{successor.get_absolute_url()}"' in notice, (measure, successor)


@database
def test_measures_of_today_have_no_such_notice(client):
    measure = Measure.objects.get(code="small-scale-partnership")
    assert "/for-og-na/" not in page_of(client, measure.get_absolute_url()).split("<footer")[0]
