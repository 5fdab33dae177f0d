"""No figure stands on the site unless a source of its page names it."""

import io
import re
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import translation

from pages.models import Page, Section
from programmes.figures import figures_in
from programmes.models import Action, Deadline, Measure, Source, Term
from programmes.sourcing import sources_of, statements_of, unbacked, unbacked_of
from tests.factories import make_page

pytestmark = pytest.mark.django_db


def test_every_figure_of_the_seed_is_named_by_a_source_of_its_page():
    """A school would plan with an amount or a day that nobody can check."""
    assert [str(statement) for statement in unbacked()] == []


def test_the_seed_does_state_figures():
    """The test above would find nothing wrong with texts that it cannot read."""
    for model, least in ((Measure, 200), (Section, 60), (Action, 10), (Deadline, 15)):
        stated = [one for record in model.objects.all() for one in statements_of(record)]
        assert len(stated) >= least, (model, len(stated))


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("Dere får 80 euro per dag.", False),
        ("Dere får 81 euro per dag.", True),
        ("Satsen er 71 prosent.", True),
        ("Fristen er 19. februar 2026.", False),
        ("Fristen er 18. februar 2026.", True),
        ("Dette kommer i 2031.", True),
    ],
)
def test_a_figure_that_no_source_of_the_page_names_is_told(text, is_told):
    page = make_page("Penger", languages=("nb",))
    page.sources.add(Source.objects.get(code="pg26"))
    section = Section.objects.create(page=page, heading_nb="Satser", body_nb=f"<p>{text}</p>")
    assert bool(list(unbacked_of(section))) == is_told


def test_a_page_without_sources_may_state_no_figure():
    page = make_page("Penger", languages=("nb",), lead_nb="Dere får 80 euro per dag.")
    assert list(unbacked_of(page))
    with pytest.raises(CommandError, match="figures without a source"):
        call_command("unbacked_figures", stdout=io.StringIO())


def test_a_term_and_a_deadline_are_asked_too():
    source = Source.objects.create(
        title="T", publisher="P", year=2026, checked_on=date(2026, 11, 29)
    )
    term = Term.objects.create(title_nb="Sats", definition_nb="Her 99 euro.", source=source)
    assert list(unbacked_of(term))
    deadline = Deadline.objects.exclude(day=None).first()
    deadline.source = source
    assert [one.field for one in unbacked_of(deadline)] == ["day"]


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_pages_of_guidance_show_their_sources_with_title_year_and_day(client, language):
    """Readers must take the site's word for it."""
    with translation.override(language):
        pages = Page.objects.published().filter(code__startswith="guidance-")
        assert pages.count() >= 15
        for page in pages:
            html = client.get(page.get_absolute_url()).content.decode()
            assert page.sources.exists(), page
            for source in page.sources.all():
                assert str(source.title).replace("'", "&#x27;") in html, (page, source)
                assert f'datetime="{source.checked_on}"' in html
                assert f"({source.year})" in html


def test_pages_that_show_no_sources_count_on_none():
    """Their sources would back figures that no reader could check."""
    assert not Page.objects.exclude(route="").filter(sources__isnull=False).exists()


def test_a_source_read_at_second_hand_says_so(client):
    """The Programme Guide was read in summaries: that is no official word."""
    page = Page.objects.get(code="guidance-money")
    html = client.get(page.get_absolute_url()).content.decode()
    secondary = page.sources.filter(confidence="S").count()
    assert secondary
    assert html.partition('class="sources"')[2].count("Andrehåndskilde.") == secondary
    markdown = client.get(page.get_absolute_url() + "index.md").content.decode()
    assert markdown.count("Andrehåndskilde.") == secondary


def test_a_source_that_changes_for_editors_only_makes_no_page_new():
    """Readers of feeds would be told of news that they cannot see."""
    source = Source.objects.get(code="pg26")
    before = source.updated_at
    source.figures += " 1 euro"
    source.save()
    source.refresh_from_db()
    assert source.updated_at == before


def test_confirmed_deadlines_are_backed_by_an_official_source_or_say_that_they_are_not(client):
    """«Confirmed» means that an official page names the day."""
    html = client.get(reverse("tools:deadlines")).content.decode()
    assert "Andrehåndskilde." in html
    between = Deadline.objects.filter(day__year__gte=2021, day__year__lte=2023)
    assert not between.exclude(source__confidence="V").exists()


OPENED = re.compile(r'<label class="sourced">(.*?)<button')
POPOVER = re.compile(r'<span class="popover" id="fig-\d+".*?</span></span>', re.DOTALL)


def test_a_figure_opens_to_its_source_where_it_stands(client):
    body = "<p>Kurset gir 80 euro per dag. De 80 euro er per person.</p>"
    page = make_page(body_nb=body, lead_nb="Reisen gir 309 euro.")
    page.sources.add(*Source.objects.filter(code__in=("pg26", "is")))
    html = client.get(page.get_absolute_url()).content.decode()
    assert OPENED.findall(html) == ["309 euro", "80 euro"]
    travel, course = POPOVER.findall(html)
    assert 'aria-label="Kilde: 309 euro"' in html and "Usikkert" not in travel
    assert travel.count('rel="external"') == travel.count("<time datetime=") == 2
    assert 'aria-label="Usikkert. Kilde: 80 euro"' in html
    assert "<strong>80 euro.</strong> Usikkert." in course and "(2026)" in course


def test_figures_open_on_measures_too_but_not_where_no_source_is_shown(client):
    measure = Measure.objects.select_related("action").get(code="small-scale-partnership")
    html = client.get(measure.get_absolute_url()).content.decode()
    in_lead, in_facts, *_others = OPENED.findall(html)
    assert in_lead == "30\xa0000 eller 60\xa0000\xa0euro"
    assert in_facts == "1.\xa0september"
    assert OPENED.findall(client.get("/").content.decode()) == []


def test_no_mark_of_a_figure_reaches_markdown_head_or_feed(client):
    page = make_page(lead_nb="Reisen gir 309 euro.", explains_words=False)
    page.sources.add(Source.objects.get(code="pg26"))
    html = client.get(page.get_absolute_url()).content.decode()
    head, main = html.split("</head>")
    assert "Reisen gir 309 euro." in head and "popover" not in head
    assert OPENED.findall(main) == ["309 euro"]
    for path in (f"{page.get_absolute_url()}index.md", "/nytt.xml"):
        assert "popover" not in client.get(path).content.decode()


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_every_figure_of_the_seed_that_a_source_names_can_be_opened(client, language):
    """But for a year alone, and for the days when somebody last looked: those are the site's own."""
    number = 0
    with translation.override(language):
        for model in (Page, Measure, Action):
            for record in model.objects.published().in_language():
                number += _opened_on(client, record, language)
    assert number >= 140


def _opened_on(client, record, language: str) -> int:
    parts = [record, *(record.sections.all() if isinstance(record, Page) else ())]
    named = {figure for source in sources_of(record) for figure in figures_in(source.figures)}
    wanted = {
        one.figure
        for part in parts
        for one in statements_of(part)
        if one.field.endswith(f"_{language}") and one.figure.is_named_by(named)
        if not one.figure.is_year
    }
    if not wanted:
        return 0
    words = OPENED.findall(client.get(record.get_absolute_url()).content.decode())
    opened = {figure for said in words for figure in figures_in(said, language)}
    missing = [figure.text for figure in wanted if not figure.is_named_by(opened)]
    assert missing == [], record
    return len(words)
