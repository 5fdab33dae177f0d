"""The comparison: what stands side by side, and what is said where nothing can."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from programmes.models import Action, Audience, Measure, Purpose
from programmes.tools.comparison.choosing import MOST_ASKED, keys_in, query_of
from tests.factories import make_measure

database = pytest.mark.django_db
COMPARISON = "/sammenlign/"


@pytest.fixture
def measures():
    """Seven measures of today, of the test's own, named tiltak-1 and so on."""
    Measure.objects.filter(period__code="2021-2027").update(publish_at=None)
    made = []
    for number in range(1, 8):
        facts = {f"grant_{code}": f"{number} euro {code}" for code in ("nb", "nn", "en")}
        made.append(make_measure(number, period="2021-2027", code=f"tiltak-{number}", **facts))
    return made


def ask(client, *keys, path=COMPARISON) -> str:
    response = client.get(path, {"m": keys})
    assert response.status_code == 200
    return re.sub(r"\s+", " ", unescape(response.content.decode()))


def table(html: str) -> dict[str, list[str]]:
    """Return the cells of the table, by the headings of their rows."""
    rows = re.findall(r"<tr>(.*?)</tr>", html.partition("<tbody>")[2].partition("</tbody>")[0])
    return {
        _words(re.findall(r"<th scope=\"row\">(.*?)</th>", row)[0]): [
            _words(cell) for cell in re.findall(r"<td>(.*?)</td>", row)
        ]
        for row in rows
    }


def columns(html: str) -> list[str]:
    return [_words(cell) for cell in re.findall(r'<th scope="col"[^>]*>(.*?)</th>', html)]


def _words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub("<.*?>", " ", html)).strip()


@database
def test_measures_stand_side_by_side_with_headings_both_ways(client, measures):
    html = ask(client, "tiltak-3", "tiltak-1")
    # In the order of their lists, whatever order they were chosen in.
    assert columns(html) == ["Tiltak nummer 1 nb", "Tiltak nummer 3 nb"]
    assert table(html)["Hvor mye?"] == ["1 euro nb", "3 euro nb"]
    assert "<caption" in html


@database
def test_every_thing_that_measures_differ_in_has_a_row(client, measures):
    one, other, form = measures[:3]
    one.audiences.set(Audience.objects.filter(code__in=["kindergarten", "primary"]))
    one.purposes.set(Purpose.objects.filter(code="course"))
    one.ways_in.set([form])
    names = ("who_can_apply", "size", "duration", "partners", "destinations", "workload")
    Measure.objects.filter(pk=other.pk).update(
        **{f"{name}_nb": f"om {name}" for name in (*names, "managed_by")},
        form_code="KA210-SCH",
        how_to_apply_nb="<p>Slik.</p>",
    )
    rows = table(ask(client, one.key, other.key))
    assert list(rows) == [
        *(
            "For hvem?",
            "Hvem kan søke?",
            "Hva er det til?",
            "Hvor stort?",
            "Hvor lenge?",
            "Hvor mye?",
        ),
        *("Sammen med hvem?", "Hvor?", "Hvordan søker dere?", "Neste frist"),
        *("Hvor mye arbeid?", "Hvem forvalter det?"),
    ]
    assert rows["For hvem?"] == ["Barnehage, grunnskole", "–"]
    assert rows["Hvor mye arbeid?"] == ["–", "om workload"]
    assert rows["Hvordan søker dere?"] == [
        "Gjennom ett av disse: Tiltak nummer 3 nb",
        "KA210-SCH Slik søker dere, steg for steg",
    ]
    assert rows["Neste frist"] == ["Ikke kjent ennå."] * 2


@database
def test_a_way_in_is_for_all_that_it_leads_to(client, measures):
    """The form for single projects pays for pupils' journeys, though these are measures of their own."""
    activity, form = measures[:2]
    activity.purposes.set(Purpose.objects.filter(code="pupils-together"))
    form.purposes.set(Purpose.objects.filter(code="course"))
    activity.ways_in.set([form])
    rows = table(ask(client, activity.key, form.key))
    assert rows["Hva er det til?"][1] == "Gå på kurs, reise med en gruppe elever"


@database
def test_the_next_deadline_is_told(client):
    """A comparison without the date sends the reader elsewhere for what decides."""
    rows = table(ask(client, "course", "small-scale-partnership"))
    assert all(cell and cell != "–" for cell in rows["Neste frist"])


@database
def test_history_says_when_it_was(client, measures):
    rows = table(ask(client, "tiltak-1", "course-abroad"))
    # Columns follow the measures' own order.
    assert sorted(rows["Programperiode"]) == ["2014–2020", "–"]
    assert "Programperiode" not in table(ask(client, "tiltak-1", "tiltak-2"))


@database
def test_a_column_can_be_taken_away(client, measures):
    html = ask(client, "tiltak-1", "tiltak-2", "tiltak-3")
    assert f'href="{COMPARISON}?m=tiltak-1&m=tiltak-3"' in html
    assert 'aria-label="Ta bort Tiltak nummer 2 nb"' in html


@database
@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, ""),
        (1, "Dere har valgt ett tiltak: Tiltak nummer 1 nb."),
        (6, "Dere har valgt 6 tiltak"),
    ],
)
def test_too_few_or_too_many_are_answered_with_what_to_choose(client, measures, number, said):
    keys = [f"tiltak-{n}" for n in range(1, number + 1)]
    html = ask(client, *keys)
    assert said in html
    assert "<table" not in html
    ticked = re.findall(r'value="(tiltak-\d)" checked', html)
    assert ticked == keys
    assert len(re.findall(r'name="m" value="tiltak-\d"', html)) == 7


@database
def test_one_is_offered_what_is_like_it(client, measures):
    measures[0].related.set(measures[1:3])
    html = ask(client, "tiltak-1")
    assert f'href="{COMPARISON}?m=tiltak-1&m=tiltak-2"' in html


@database
@pytest.mark.parametrize(
    "strange", ["finnes-ikke", "\x00", "a" * 10_000, "<svg onload=x>", "' OR 1=1", "9" * 40, "æ"]
)
def test_what_names_no_measure_is_passed_by(client, measures, strange):
    html = ask(client, "tiltak-1", strange, "tiltak-2")
    assert len(columns(html)) == 2
    assert "ikke navnet på noe tiltak" in html
    assert "<svg" not in html.partition("<main")[2].partition("</main>")[0]
    assert "ikke navnet på noe tiltak" in ask(client, strange)


@database
def test_without_measures_it_says_so(client):
    Measure.objects.update(publish_at=None)
    html = ask(client, "course", "shadowing")
    assert "Det er ikke lagt ut noe tiltak fra denne programperioden ennå." in html
    assert "<form" not in html.partition("<main")[2]


@database
def test_drafts_are_not_compared(client, measures):
    Measure.objects.filter(code="tiltak-2").update(publish_at=None)
    assert "<table" not in ask(client, "tiltak-1", "tiltak-2")


@database
def test_an_editors_own_measure_can_be_compared(client, measures):
    Measure.objects.filter(pk=measures[0].pk).update(code=None)
    assert len(columns(ask(client, str(measures[0].pk), "tiltak-2"))) == 2
    # The number of one that has a code is no name of it: two addresses would be one page.
    assert "<table" not in ask(client, str(measures[1].pk), "tiltak-3")


@database
def test_its_markdown_says_the_same(client, measures):
    text = client.get(f"{COMPARISON}index.md?m=tiltak-1&m=tiltak-2").content.decode()
    assert "## [Tiltak nummer 2 nb](" in text
    assert "- **Hvor mye?** 2 euro nb" in text
    # The address at its head leads to the same comparison.
    assert "?m=tiltak-1&m=tiltak-2" in text


@database
def test_the_other_languages_compare_the_same(client, measures):
    html = ask(client, "tiltak-1", "tiltak-2", path="/en/compare/")
    assert columns(html) == ["Tiltak nummer 1 en", "Tiltak nummer 2 en"]
    for path in ("/sammenlign/", "/nn/samanlikn/", "/en/compare/"):
        assert f'href="{path}?m=tiltak-1&m=tiltak-2"' in html
    assert "noindex" in html
    assert "noindex" not in ask(client)


@database
def test_it_costs_the_same_for_two_and_for_five(client, measures):
    found = []
    for number in (2, 5):
        for measure in Measure.objects.today():
            measure.audiences.set(Audience.objects.all())
            measure.ways_in.set([measures[0]])
        with CaptureQueriesContext(connection) as queries:
            ask(client, *(f"tiltak-{n}" for n in range(1, number + 1)))
        found.append(len(queries))
        # More to choose among, too.
        for extra in range(20 * number, 20 * number + 20):
            make_measure(extra, period="2021-2027", action="policy")
    assert found[0] == found[1] <= 8


@database
def test_actions_and_measures_lead_to_it(client, measures):
    """Nobody looks for a comparison who has not been offered one."""
    first, second = measures[:2]
    first.related.set([second])
    page = unescape(client.get(first.get_absolute_url()).content.decode())
    assert f'href="{COMPARISON}?m=tiltak-1&m=tiltak-2"' in page
    assert 'href="/finn-tiltak/"' in page
    action = Action.objects.get(code="mobility")
    listed = unescape(client.get(action.get_absolute_url()).content.decode())
    # Seven are too many to stand side by side: one chooses among them.
    assert f'href="{COMPARISON}#mobility"' in listed
    Measure.objects.filter(code__in=["tiltak-5", "tiltak-6", "tiltak-7"]).update(publish_at=None)
    listed = unescape(client.get(action.get_absolute_url()).content.decode())
    assert f'href="{COMPARISON}?m=tiltak-1&m=tiltak-2&m=tiltak-3&m=tiltak-4"' in listed


@given(st.lists(st.text(max_size=90), max_size=40))
def test_no_value_of_an_address_reaches_the_database_unread(values):
    found = keys_in(values)
    assert len(found) == len(set(found)) <= MOST_ASKED
    assert all(re.fullmatch(r"[a-z0-9-]{1,80}", key) for key in found)


@given(st.lists(st.from_regex(r"[a-z][a-z0-9-]{0,20}", fullmatch=True), max_size=5))
def test_one_choice_has_one_address_whatever_order_it_was_made_in(keys):
    assert query_of(keys) == query_of(reversed(keys))
