"""No figure stands on the site unless a source of its page names it."""

import io
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import translation

from pages.models import Page, Section
from programmes.models import Action, Deadline, Measure, Source, Term
from programmes.sourcing import statements_of, unbacked, unbacked_of
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
    answer = client.get(page.get_absolute_url())
    secondary = page.sources.filter(confidence="S").count()
    assert secondary
    assert answer.content.decode().count("Andrehåndskilde.") == secondary
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
