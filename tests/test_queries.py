"""What a page costs the database, at two sizes of the site."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pages import defined
from pages.models import Collage, Page, Section
from programmes.models import Action, Measure, Period

pytestmark = pytest.mark.django_db


# What each page may ask, the first time after a change: the words of the glossary included, which are read
# once in each generation.
PAGES = {
    # One for where the links in its text lead.
    "/": 7,
    "/for-skole-og-barnehage/": 6,
    "/for-skole-og-barnehage/mobilitet/": 6,
    "/for-skole-og-barnehage/mobilitet/hospitering-i-europa/": 5,
    "/for-skole-og-barnehage/mobilitet/jobbskygging/": 6,
    "/om-nettstedet/": 6,
    "/finnes-ikke/": 7,
    "/nytt.xml": 4,
    "/sok/": 4,
    "/finn-tiltak/?who=kindergarten": 8,
    "/sammenlign/?m=course&m=shadowing&m=small-scale-partnership": 7,
}


def many_measures(number: int) -> None:
    action, period = Action.objects.get(code="mobility"), Period.objects.get(code="2014-2020")
    Measure.objects.bulk_create(
        Measure(
            action=action,
            period=period,
            position=1000 + index,
            publish_at=timezone.now(),
            **{f"title_{code}": f"Tiltak {index}" for code in ("nb", "nn", "en")},
            **{f"summary_{code}": "Kort." for code in ("nb", "nn", "en")},
            **{f"slug_{code}": f"tiltak-{index}" for code in ("nb", "nn", "en")},
        )
        for index in range(number)
    )


def queries_of(client, url: str) -> int:
    defined.forget()
    with CaptureQueriesContext(connection) as queries:
        client.get(url)
    return len(queries)


@pytest.mark.parametrize("measures", [20, 2_000])
def test_a_page_costs_the_same_however_large_the_site_is(client, measures):
    """A growing site would grow slower for its readers."""
    many_measures(measures)
    assert {url: queries_of(client, url) for url in PAGES} == PAGES


def test_a_collage_in_every_place_costs_no_more(client):
    overview = Page.objects.get(route="programmes:overview")
    Section.objects.create(page=overview, heading_nb="Mer", collage=Collage.objects.first())
    Action.objects.update(collage=Collage.objects.last())
    assert queries_of(client, "/for-skole-og-barnehage/") == PAGES["/for-skole-og-barnehage/"]


@pytest.mark.parametrize("path", ["/sitemap.xml", "/sitemap-measures-1.xml"])
def test_the_sitemap_costs_no_more_however_large_the_site_is(client, path):
    before = queries_of(client, path)
    many_measures(1_000)
    assert queries_of(client, path) <= before
