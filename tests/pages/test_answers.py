"""Every page as Markdown: all that the page says, and nothing that only a browser needs."""

import re
from datetime import timedelta
from functools import cache
from html.parser import HTMLParser

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from django.utils.dateformat import format as format_date
from markdown_it import MarkdownIt

from pages.models import Page, PreviewLink, Section
from programmes import views
from programmes.models import Measure
from tests.factories import make_image, make_measure, make_page, picture_bytes
from tests.test_queries import PAGES, many_measures, queries_of
from tests.test_urls import every_address

# In one process, so that the seed's pages are read once.
pytestmark = [pytest.mark.django_db]

READER = MarkdownIt("commonmark")
AS_MARKDOWN = {"accept": "text/markdown"}
MOBILITY = "/for-skole-og-barnehage/mobilitet/"


def markdown_of(client, url: str, status: int = 200) -> str:
    answer = client.get(f"{url}index.md")
    assert answer.status_code == status, url
    assert answer.headers["Content-Type"] == "text/markdown; charset=utf-8"
    return answer.content.decode()


def read(markdown: str) -> str:
    """Return what a reader of the rendered text sees."""
    return " ".join(Text(READER.render(markdown)).found)


class Text(HTMLParser):
    """The texts of a page's main part.

    But for the list of its parts, which headings make needless, what one chooses by in a form, and words
    that only name a link to those who hear it by itself.
    """

    def __init__(self, html: str):
        super().__init__()
        self.found: list[str] = []
        self._left_out, self._aside = 0, ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        is_aside = (
            tag == "form"
            or attributes.get("class") in ("contents", "visually-hidden", "site-search-link")
            or "popover" in attributes
            or attributes.get("aria-hidden") == "true"
        )
        if not self._left_out and is_aside:
            self._aside = tag
        if tag == self._aside:
            self._left_out += 1

    def handle_endtag(self, tag):
        if tag == self._aside and self._left_out:
            self._left_out -= 1
            self._aside = self._aside if self._left_out else ""

    def handle_data(self, data):
        if data.strip() and not self._left_out:
            self.found.append(" ".join(data.split()))


def headings(markdown: str) -> list[int]:
    return [int(t.tag[1]) for t in READER.parse(markdown) if t.type == "heading_open"]


def links_of(markdown: str) -> list[str]:
    inline = [child for token in READER.parse(markdown) for child in token.children or []]
    return [child.attrs["href"] for child in inline if child.type == "link_open"]


# --- What it says --------------------------------------------------------------------------


@cache
def seeded() -> dict[str, tuple[str, str]]:
    """Return every page of the seed in HTML and in Markdown. Each test sees the same, so read once."""
    client = Client()
    urls = [url for url, _language in every_address()]
    return {url: (client.get(url).content.decode(), markdown_of(client, url)) for url in urls}


def test_every_page_says_in_markdown_what_it_says_in_html():
    assert len(seeded()) >= 60
    unsaid = {}
    for url, (html, markdown) in seeded().items():
        main = html[html.index("<main") : html.index("</main>")]
        text = read(markdown)
        unsaid[url] = [said for said in Text(main).found if said not in text]
        assert not re.search(r"<[a-z/!]", markdown), url
    assert {url: words for url, words in unsaid.items() if words} == {}


def test_the_title_is_the_only_heading_of_its_rank():
    for url, (_html, markdown) in seeded().items():
        ranks = headings(markdown)
        assert ranks[0] == 1 and 1 not in ranks[1:], url
        assert max(ranks) <= 3, url


def test_every_link_leads_somewhere_from_wherever_the_text_is_read(client):
    """A text that has left the site would otherwise point at nothing."""
    found = {link for _html, markdown in seeded().values() for link in links_of(markdown)}
    assert all(re.match(r"https?://|mailto:", link) for link in found)
    own = {link.removeprefix(settings.SITE_URL) for link in found if settings.SITE_URL in link}
    pages = {*seeded(), *(f"{url}index.md" for url in seeded())}
    others = own - pages
    assert {"/llms.txt", "/nn/llms.txt", "/en/llms.txt"} <= others
    assert {path: client.get(path).status_code for path in others} == dict.fromkeys(others, 200)


def test_the_header_asks_for_the_same_text(client):
    for url, (_html, markdown) in [*seeded().items()][::7]:
        assert client.get(url, headers=AS_MARKDOWN).content.decode() == markdown, url


def test_a_text_ends_with_where_it_is_from_and_on_what_terms(client):
    markdown = markdown_of(client, "/nn/om-nettstaden/")
    end = markdown.split("\n---\n")[1]
    assert f"Adresse: {settings.SITE_URL}/nn/om-nettstaden/\n" in end
    assert f"[English]({settings.SITE_URL}/en/about/index.md)" in end
    assert f"]({settings.CONTENT_LICENCE['url']})" in end
    assert "Ein uavhengig nettstad" in end
    assert "\n\n- " not in end.strip(), "one list, not several"


HOSTILE = "1. *A* [b](c) _d_ <script>alert(1)</script> `e` &amp; #"


def test_no_plain_text_becomes_anything_else(client):
    """A title could otherwise put links and headings into a text that is quoted as the site's."""
    page = make_page(HOSTILE, lead_nb=HOSTILE, slug_nb="fiendtlig")
    Section.objects.create(page=page, heading_nb=HOSTILE, body_nb="<p>Tekst</p>")
    markdown = markdown_of(client, "/fiendtlig/")
    assert read(markdown).count(HOSTILE) == 3 + 1, "title, lead, section and place on the site"
    assert "c" not in links_of(markdown)
    measure = make_measure(
        action="mobility", title_nb=HOSTILE, summary_nb=HOSTILE, grant_nb=HOSTILE
    )
    assert read(markdown_of(client, measure.get_absolute_url())).count(HOSTILE) == 4
    assert HOSTILE in read(markdown_of(client, MOBILITY))


def test_links_between_records_lead_to_where_they_stand_now(client):
    goal = make_page("Mål")
    text = '<p>Se <a href="/mal-nb/?a=(1)#section-1">[der]</a> og <a href="/nn/mal-nn/">x</a>.</p>'
    page = make_page("Kilde", body_nb=text, body_nn=text)
    goal.slug_nb = "flyttet"
    goal.save()
    origin = settings.SITE_URL
    here, there = links_of(markdown_of(client, "/kilde-nb/"))[:2]
    assert (here, there) == (f"{origin}/flyttet/?a=%281%29#section-1", f"{origin}/flyttet/")
    assert links_of(markdown_of(client, "/nn/kilde-nn/"))[1] == f"{origin}/nn/mal-nn/"
    goal.delete()
    markdown = markdown_of(client, page.get_absolute_url())
    assert "Se \\[der\\] og x." in markdown
    assert "/lenke/" not in markdown


# --- What goes with it ---------------------------------------------------------------------


def test_the_file_tells_where_the_page_is_and_stays_out_of_search_results(client):
    answer = client.get("/nn/for-skule-og-barnehage/index.md")
    page = f"{settings.SITE_URL}/nn/for-skule-og-barnehage/"
    assert answer.headers["Link"] == f'<{page}>; rel="canonical"'
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert answer.headers["Content-Language"] == "nn"
    assert not answer.cookies
    assert "Accept," not in f"{answer.headers['Vary']},", "this address has one form"


@pytest.mark.parametrize("headers", [{}, AS_MARKDOWN])
def test_at_the_pages_own_address_caches_are_told_of_both_forms(client, headers):
    """One visitor's form would be shown to the next."""
    answer = client.get(MOBILITY, headers=headers)
    assert "Accept" in answer.headers["Vary"].split(", ")
    assert "X-Robots-Tag" not in answer.headers, "it would take the page out of search results"
    assert not answer.cookies


def test_the_page_tells_where_its_markdown_is():
    for url, (html, _markdown) in seeded().items():
        file = f"{settings.SITE_URL}{url}index.md"
        assert f'<link rel="alternate" type="text/markdown" href="{file}">' in html, url


def test_later_parts_of_a_list_are_there_too(client, monkeypatch):
    monkeypatch.setattr(views, "PART", 2)
    first = markdown_of(client, MOBILITY)
    onward = f"{settings.SITE_URL}{MOBILITY}index.md?side=2"
    assert onward in links_of(first)
    second = client.get(f"{MOBILITY}index.md?side=2&x=1")
    assert f"Adresse: {settings.SITE_URL}{MOBILITY}?side=2\n" in second.content.decode()
    assert second.headers["Link"] == f'<{settings.SITE_URL}{MOBILITY}?side=2>; rel="canonical"'
    html = client.get(f"{MOBILITY}?side=2").content.decode()
    assert f'type="text/markdown" href="{onward}"' in html
    assert client.get(f"{MOBILITY}index.md?side=9").status_code == 404


def test_it_costs_the_database_what_the_page_costs(client):
    many_measures(500)
    pages = {url: queries for url, queries in PAGES.items() if url.endswith("/")}
    for url, queries in pages.items():
        assert queries_of(client, f"{url}index.md") <= queries, url


# --- Who sees what -------------------------------------------------------------------------


def test_a_draft_is_for_editors_in_either_form(client, editor):
    make_page("Utkast", publish_at=None)
    hidden = markdown_of(client, "/utkast-nb/", status=404)
    assert "Utkast" not in hidden
    client.force_login(editor)
    shown = client.get("/utkast-nb/index.md")
    assert "Utkast: Bare redaktører" in shown.content.decode()
    assert shown.headers["Cache-Control"] == "private, no-cache"


def test_a_page_that_a_language_lacks_has_no_markdown_there(client):
    make_page(languages=("nb",))
    assert client.get("/en/reisebrev-nb/index.md").status_code == 404


@pytest.mark.parametrize("path", ["/stil/", "/admin/", "/admin/login/", "/robots.txt/", "/lenke/"])
def test_what_is_no_page_for_visitors_has_no_markdown(editor_client, path):
    answer = editor_client.get(f"{path}index.md")
    assert answer.status_code in (302, 404), path
    assert answer.headers.get("Location", "/admin/") == "/admin/"


def test_a_preview_and_the_admin_stay_as_they_are(client, editor):
    link = PreviewLink.for_editor(make_page(publish_at=None), editor)
    frame = f"/forhandsvisning/{link.token}/nb/"
    assert client.get(frame, headers=AS_MARKDOWN).headers["Content-Type"].startswith("text/html")
    assert client.get(f"{frame}index.md").status_code == 404
    client.force_login(editor)
    assert (
        client.get("/admin/", headers=AS_MARKDOWN).headers["Content-Type"].startswith("text/html")
    )


# --- Addresses that lead nowhere -----------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "present"),
    [
        ("/For-Skole-og-Barnehage/index.md", "/for-skole-og-barnehage/index.md"),
        ("/for-skole-og-barnehage/mobilitet-for-ansatte/index.md", f"{MOBILITY}index.md"),
        ("/EN/about/index.md", "/en/about/index.md"),
        ("/for-skole-og-barnehage///index.md", "/for-skole-og-barnehage/index.md"),
    ],
)
def test_an_old_address_leads_to_the_present_file_in_one_hop(client, asked, present):
    answer = client.get(asked)
    assert (answer.status_code, answer.headers["Location"]) == (301, present)
    assert client.get(present).status_code == 200


def test_a_reference_leads_to_the_file_too(client):
    page = Page.objects.get(code="about")
    answer = client.get(f"/lenke/pages.page/{page.pk}/index.md")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/om-nettstedet/index.md")


def test_who_is_lost_is_told_in_the_form_that_was_asked_for(client):
    markdown = markdown_of(client, "/en/mobillity/", status=404)
    assert markdown.startswith("# We cannot find the page\n")
    assert f"{settings.SITE_URL}/en/schools-and-kindergartens/mobility/" in links_of(markdown)
    asked = client.get("/en/nowhere/", headers=AS_MARKDOWN)
    assert asked.status_code == 404
    assert asked.content.decode().startswith("# We cannot find the page\n")
    make_page(languages=("nb",), slug_nb="borte", withdraw_at=timezone.now())
    assert markdown_of(client, "/borte/", status=410).startswith("# Siden er borte\n")


def test_what_holds_now_and_what_is_history_is_told_apart(client):
    past = Measure.objects.filter(period__code="2014-2020").first()
    now = make_measure(period="2021-2027")
    assert "> **Historie" in markdown_of(client, past.get_absolute_url())
    assert "> **Historie" not in markdown_of(client, now.get_absolute_url())


def test_it_tells_the_same_day_of_change_as_the_page(client):
    """A new picture changes the page for its readers, whichever form they read."""
    image = make_image(picture_bytes())
    page = make_page(image=image)
    long_ago = timezone.now() - timedelta(days=400)
    Page.objects.filter(pk=page.pk).update(updated_at=long_ago, publish_at=long_ago)
    today = format_date(timezone.localtime(), "j. F Y")
    assert f"Sist oppdatert {today}" in markdown_of(client, page.get_absolute_url())
