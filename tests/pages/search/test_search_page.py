"""The page that one searches on: whole without scripts, shareable, and unmoved by whatever is asked."""

from urllib.parse import quote

import pytest

from pages.cache.asked import asked_by
from pages.search import finding
from tests.factories import make_page
from tests.hostile.asking import MARKUP, WORDS, environ_of

pytestmark = pytest.mark.django_db


def html(client, query: str, path: str = "/sok/") -> str:
    response = client.get(f"{path}?{query}")
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("path", ["/sok/", "/nn/sok/", "/en/search/"])
def test_it_stands_in_each_language_and_can_be_kept_and_found(client, path):
    response = client.get(path)
    page = response.content.decode()
    assert response.status_code == 200
    assert response["Cache-Control"].startswith("public")
    assert '<link rel="canonical"' in page and "noindex" not in page
    assert f'<form class="search-form" role="search" action="{path}">' in page


def test_every_page_has_the_way_to_it(client):
    for path in ("/", "/en/about/", "/finnes-ikke/"):
        page = client.get(path).content.decode()
        target = "/en/search/" if path.startswith("/en") else "/sok/"
        assert f'role="search" action="{target}"' in page
        assert f'class="site-search-link" href="{target}"' in page


def test_an_answer_is_nobody_elses_and_no_page_to_find(client):
    """Kept for all, every question that is ever asked would push a page out of the cache."""
    response = client.get("/sok/?q=kurs")
    assert response["Cache-Control"] == "private, no-cache"
    assert response["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in response.content.decode()
    assert '<link rel="canonical"' not in response.content.decode()
    for query in ("type=xyz", "for=kindergarten", "side=3"):
        assert client.get(f"/sok/?{query}")["Cache-Control"] == "private, no-cache"
    assert asked_by(environ_of(b"/sok/", b"x=1&utm_source=a")).query == ""


def test_an_answer_names_the_question_in_its_title(client):
    page = html(client, "q=kurs")
    assert "<title>«kurs»: søk" in page
    assert "treff på «kurs»" in page
    assert "<mark>Kurs</mark>" in page
    assert 'value="kurs"' in page


def test_who_changes_language_keeps_the_question(client):
    page = html(client, "q=kurs&type=measure&side=2")
    for path, language in (("/nn/sok/", "nn"), ("/en/search/", "en")):
        assert f'<a href="{path}?q=kurs&amp;type=measure" lang="{language}"' in page
    assert '<a href="/en/search/" lang="en"' in html(client, "q=+")


def test_answers_are_narrowed_by_links_that_can_be_shared(client):
    page = html(client, "q=kurs")
    assert "/sok/?q=kurs&amp;type=measure" in page and "/sok/?q=kurs&amp;for=kindergarten" in page
    narrowed = html(client, "q=kurs&type=measure&for=kindergarten")
    assert (
        '<a href="/sok/?q=kurs&amp;type=measure&amp;for=kindergarten" aria-current="true">'
        in narrowed
    )
    assert "/sok/?q=kurs&amp;for=kindergarten" in narrowed
    assert "Hovedtiltak ·" not in narrowed


def test_many_answers_come_in_parts(client):
    for number in range(23):
        make_page(f"Ekspedisjon {number}", languages=["nb"])
    first, second, last = (html(client, f"q=ekspedisjon&side={n}") for n in (1, 2, 3))
    assert [page.count('class="result"') for page in (first, second, last)] == [10, 10, 3]
    assert 'rel="next" href="/sok/?q=ekspedisjon&amp;side=2"' in first and 'rel="prev"' not in first
    assert 'rel="prev" href="/sok/?q=ekspedisjon"' in second
    assert 'start="21"' in last and 'rel="next"' not in last
    assert html(client, "q=ekspedisjon&side=99").count('class="result"') == 3


def test_very_many_answers_are_told_as_such(client, monkeypatch):
    monkeypatch.setattr(finding, "MOST_ANSWERS", 5)
    page = html(client, "q=kurs")
    assert "Mer enn 5 treff på «kurs», de beste først" in page
    assert page.count('class="result"') == 5


def test_nothing_found_leads_on(client):
    page = html(client, "q=xyzzyqwert")
    assert "Ingen treff på «xyzzyqwert»" in page
    assert 'href="/for-skole-og-barnehage/"' in page
    assert "KA122" in page


def test_nothing_of_a_kind_leads_back_to_all(client):
    page = html(client, "q=akkreditering&type=picture")
    assert "Søk i alt" in page and 'href="/sok/?q=akkreditering"' in page


def test_a_misspelling_is_told(client):
    assert "Mente du <strong>akkreditering</strong>?" in html(client, "q=akreditering")


def test_the_other_written_form_is_labelled_with_its_language(client):
    make_page("Reise til Færøyane", languages=["nn"])
    page = html(client, "q=f%C3%A6r%C3%B8yane")
    assert '<li class="result" lang="nn">' in page
    assert "Bare på nynorsk" in page and "Nynorsk" in page


def test_what_an_author_wrote_and_what_one_asks_are_text(client):
    make_page(f"Fare {MARKUP}", languages=["nb"], lead_nb=f"Fare på ferde {MARKUP}")
    page = html(client, f"q=fare+{quote(MARKUP)}")
    assert MARKUP not in page
    assert "&lt;svg" in page


def test_markdown_has_the_same_answers(client):
    response = client.get("/sok/index.md?q=akreditering")
    text = response.content.decode()
    assert response["Content-Type"].startswith("text/markdown")
    assert "Mente du akkreditering?" in text
    assert "(https://erasmus.test/for-skole-og-barnehage/mobilitet/akkreditering/)" in text
    assert "<mark>" not in text
    assert "Nothing found" in client.get("/en/search/index.md?q=xyzzyqw").content.decode()


QUERIES = [
    *(f"q={quote(word)}" for word in WORDS),
    *(f"q=kurs&type={quote(word)}&for={quote(word)}&side={quote(word)}" for word in WORDS[::3]),
    "q=a&q=b&q=kurs",
    "q=" + "kurs+" * 2_000,
    "q=" + "%22" * 3_000,
    "q=%22" + "a+" * 3_000 + "%22",
    "q=NEAR(kurs+skole,+3)+AND+NOT+*+^x:y",
    "side=2",
    "q=+&type=measure",
]


@pytest.mark.parametrize("query", QUERIES, ids=range(len(QUERIES)))
def test_a_hostile_question_gets_a_page(client, query, django_assert_max_num_queries):
    """Unknown values, repeated ones, signs of no text and ten thousand words."""
    with django_assert_max_num_queries(22):
        page = html(client, query)
    assert MARKUP not in page
    assert len(page) < 60_000
    assert 'class="search-form"' in page
