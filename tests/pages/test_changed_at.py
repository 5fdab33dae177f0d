"""When a page was last changed: what search engines fetch anew by, and readers trust it by."""

import xml.etree.ElementTree as ET
from datetime import UTC, datetime, timedelta

import pytest
from django.apps import apps
from django.conf import settings
from django.utils import timezone

from pages.models import Collage, CollageImage, Dated, Image, Page, Section
from programmes.models import Action, Audience, Measure, Source
from tests.factories import make_measure, make_page

pytestmark = pytest.mark.django_db

LONG_AGO = datetime(2020, 1, 1, 12, tzinfo=UTC)
NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}

# They list the measures.
TOOLS = ("/finn-tiltak/", "/sammenlign/")
HOME, OVERVIEW = "/", "/for-skole-og-barnehage/"
MOBILITY, PARTNERSHIPS = f"{OVERVIEW}mobilitet/", f"{OVERVIEW}partnerskap/"
JOB_SHADOWING = f"{MOBILITY}hospitering-i-europa/"
KINDERGARTENS = "/veiledning/for-barnehagen/"


@pytest.fixture
def changed(client):
    """What the sitemap says has changed, in bokmål, since all of the site was last touched long ago."""
    for model in apps.get_models():
        if issubclass(model, Dated):
            model._default_manager.update(updated_at=LONG_AGO)
    for model in (Page, Action, Measure):
        model.objects.update(publish_at=LONG_AGO)

    def ask() -> set[str]:
        root = ET.fromstring(client.get("/sitemap.xml").content)  # noqa: S314 - our own answer
        moments = {
            entry.find("s:loc", NAMES).text.removeprefix(settings.SITE_URL): datetime.fromisoformat(
                entry.find("s:lastmod", NAMES).text
            )
            for entry in root.findall("s:url", NAMES)
        }
        return {
            path
            for path, moment in moments.items()
            if moment > LONG_AGO and not path.startswith(("/nn/", "/en/"))
        }

    assert ask() == set()
    return ask


def saved(record, **values) -> None:
    for name, value in values.items():
        setattr(record, name, value)
    record.save()


def of_collage(code: str) -> Collage:
    return Collage.objects.get(code=code)


CHANGES = {
    "a page's own words": (
        lambda: saved(Page.objects.get(code="about"), lead_nb="Nytt."),
        {"/om-nettstedet/"},
    ),
    "a translation alone": (
        lambda: saved(Page.objects.get(code="about"), lead_en="New."),
        {"/om-nettstedet/"},
    ),
    "a section": (
        lambda: saved(Section.objects.filter(page__route="home").first(), heading_nb="Nytt"),
        {HOME},
    ),
    "a section taken away": (
        lambda: Section.objects.filter(page__route="home").first().delete(),
        {HOME},
    ),
    "a picture's words": (lambda: saved(Image.objects.get(code="hjem"), alt_nb="Nytt."), {HOME}),
    "a picture's focal point": (
        lambda: saved(Image.objects.get(code="hjem"), focal_x=0.1),
        {HOME},
    ),
    "a picture in a collage": (
        lambda: saved(of_collage("barnehage").images.get(code="barnehage-maltid"), alt_nb="Nytt."),
        {OVERVIEW, MOBILITY, KINDERGARTENS},
    ),
    "the order of a collage": (
        lambda: saved(of_collage("barnehage").collageimage_set.first(), position=99),
        {MOBILITY, OVERVIEW, KINDERGARTENS},
    ),
    "a picture taken from a collage": (
        lambda: CollageImage.objects.filter(collage__code="barnehage").first().delete(),
        {MOBILITY, OVERVIEW, KINDERGARTENS},
    ),
    "a measure": (
        lambda: saved(Measure.objects.get(code="job-shadowing"), summary_nb="Nytt."),
        {JOB_SHADOWING, MOBILITY, OVERVIEW, *TOOLS},
    ),
    "an action": (
        lambda: saved(Action.objects.get(code="mobility"), summary_nb="Nytt."),
        {MOBILITY, OVERVIEW, HOME},
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_what_is_shown_moves_the_pages_that_show_it(changed, name):
    """A search engine would go on showing the old text, or fetch what is as it was."""
    change, pages = CHANGES[name]
    change()
    assert changed() == pages


def test_a_source_and_an_audience_move_those_that_name_them(changed):
    source = Source.objects.filter(measures__code="job-shadowing").first()
    saved(source, year=2027)
    naming = {m.get_absolute_url() for m in source.measures.all()}
    naming |= {a.get_absolute_url() for a in source.actions.all()} | {"/for-og-na/"}
    naming |= {page.get_absolute_url() for page in source.pages.all()}
    assert changed() == naming
    saved(Audience.objects.get(code="owner"), title_nb="Eierne")
    assert {m.get_absolute_url() for m in Measure.objects.filter(audiences__code="owner")} <= (
        changed()
    )


def test_naming_another_source_is_a_change(changed):
    measure = Measure.objects.get(code="job-shadowing")
    measure.sources.remove(measure.sources.first())
    assert JOB_SHADOWING in changed()
    assert PARTNERSHIPS not in changed()


def test_what_only_editors_see_is_no_change(changed):
    """A page that says it is new and reads as before is soon not believed."""
    page = Page.objects.get(code="about")
    saved(page, review_on=timezone.localdate())
    saved(page)
    assert changed() == set()


def test_a_deferred_or_partial_save_tells_only_of_what_it_writes(changed):
    page = Page.objects.only("title").get(code="about")
    page.title_nb = "Om"
    page.save(update_fields=["is_in_footer"])
    assert changed() == set()
    page.save(update_fields=["title_nb"])
    assert changed() == {"/om-nettstedet/"}


def test_an_object_read_before_does_not_set_the_moment_back(changed):
    page = Page.objects.get(route="home")
    Section.objects.filter(page=page).first().delete()
    page.save()
    assert changed() == {HOME}


def test_a_measure_that_comes_or_goes_moves_the_lists(changed):
    now = timezone.now()
    measure = make_measure(publish_at=now + timedelta(days=1), updated_at=LONG_AGO)
    assert changed() == set()
    Measure.objects.filter(pk=measure.pk).update(publish_at=now - timedelta(hours=1))
    own = measure.get_absolute_url()
    assert changed() == {own, MOBILITY, OVERVIEW, *TOOLS}
    Measure.objects.filter(pk=measure.pk).update(
        publish_at=LONG_AGO, withdraw_at=now - timedelta(minutes=1)
    )
    assert changed() == {MOBILITY, OVERVIEW, *TOOLS}


def test_a_page_planned_long_before_is_new_when_it_comes(changed):
    make_page(publish_at=timezone.now() - timedelta(minutes=1), updated_at=LONG_AGO)
    assert changed() == {"/reisebrev-nb/"}


def test_readers_are_told_the_same_day(client, changed):
    assert changed() == set()
    page = Page.objects.get(code="about")
    saved(page, lead_nb="Nytt.")
    html = client.get("/om-nettstedet/").content.decode()
    assert f'<time datetime="{timezone.localdate():%Y-%m-%d}">' in html
    assert f'<time datetime="{LONG_AGO:%Y-%m-%d}">' in client.get("/personvern/").content.decode()
