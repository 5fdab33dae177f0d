"""The glossary's page, its words and who else uses them."""

import re
from html.parser import HTMLParser

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from pages.models import Page
from programmes.models import Measure, Term
from programmes.tools.glossary.finding import meant
from programmes.tools.glossary.synonyms import alike, pairs

LANGUAGES = [code for code, _name in settings.LANGUAGES]
ADDRESSES = {"nb": "/ordliste/", "nn": "/nn/ordliste/", "en": "/en/glossary/"}


class Ids(HTMLParser):
    """The ids of a page, in order."""

    def __init__(self, html: str):
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found += [value for name, value in attrs if name == "id"]


def page_of(client, query: str = "", language: str = "nb") -> str:
    response = client.get(f"{ADDRESSES[language]}{query}")
    assert response.status_code == 200
    return response.content.decode()


def terms_in(html: str) -> list[str]:
    return re.findall(r"<dt>(.*?)</dt>", html)


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_stands_on_the_page_with_an_anchor_of_its_own(client, language):
    html = page_of(client, language=language)
    ids = Ids(html).found
    assert len(ids) == len(set(ids))
    assert set(Term.objects.values_list("code", flat=True)) <= set(ids)
    assert len(terms_in(html)) == Term.objects.count() >= 80
    for anchor in re.findall(r'<a href="#([\w-]+)"', html):
        assert anchor in ids


@pytest.mark.django_db
def test_other_names_and_what_leads_on_are_shown(client):
    html = page_of(client)
    entry = html.split('id="job-shadowing"')[1].split('class="glossary__term"')[0]
    assert "hospitering" in entry and '<span lang="en">job shadowing</span>' in entry
    assert Measure.objects.get(code="shadowing").get_absolute_url() in entry


@pytest.mark.django_db
def test_a_measure_that_nobody_sees_is_not_led_to(client):
    measure = Measure.objects.get(code="shadowing")
    Measure.objects.filter(pk=measure.pk).update(publish_at=None)
    assert measure.get_absolute_url() not in page_of(client)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "term"),
    [
        ("pic", "organisasjons-ID"),
        ("Job Shadowing", "jobbskygging"),
        ("SIU", "HK-dir"),
        ("ledsager", "følgeperson"),
        ("åtte siffer", "organisasjons-ID"),
        ("  ecas ", "EU Login"),
    ],
)
def test_a_word_is_found_by_any_of_its_names_in_any_language(client, query, term):
    assert term in terms_in(page_of(client, f"?q={query}"))


@pytest.mark.django_db
def test_what_is_not_there_leads_on(client):
    html = page_of(client, "?q=akreditering")
    assert terms_in(html) == []
    assert "Mente dere" in html and '<a href="/ordliste/?q=akkreditering">' in html
    assert '<a href="/ordliste/">Vis alle</a>' in html


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query",
    [
        "?q=",
        "?q=%00",
        "?q=a%00b",
        "?q=" + "x" * 10_000,
        "?q=a&q=b",
        "?q=%3Cscript%3E",
        "?x=1",
        "?q=%ff",
    ],
)
def test_whatever_is_asked_a_page_answers(client, query):
    html = page_of(client, query)
    assert "<script>" not in html.split("</head>")[1]
    assert "Ord eller kode" in html


@pytest.mark.django_db
def test_a_glossary_without_words_says_so(client):
    Term.objects.update(is_published=False)
    html = page_of(client)
    assert "Her er det ingen ord ennå." in html and terms_in(html) == []
    assert "Her er det ingen ord ennå." in client.get("/ordliste/index.md").content.decode()


@pytest.mark.django_db
def test_the_glossary_is_had_as_markdown(client):
    text = client.get("/ordliste/index.md").content.decode()
    assert text.startswith("# Ordliste\n") and "\n## A\n" in text
    assert re.search(r"- \*\*HK-dir\*\*: Direktoratet for .* Før: SIU, Diku\.", text)


@pytest.mark.django_db
def test_results_are_no_pages_for_search_engines(client):
    assert 'name="robots" content="noindex' in page_of(client, "?q=oid")
    assert "noindex" not in page_of(client)


@pytest.mark.django_db
def test_a_changed_word_makes_the_page_new():
    def changed():
        return Page.objects.with_changed_at().get(route="tools:glossary").changed_at

    before = changed()
    term = Term.objects.get(code="consortium")
    term.definition_nb = "Noe annet."
    term.save()
    assert changed() > before


@pytest.mark.django_db
def test_an_editors_word_gets_an_anchor_that_is_free():
    words = {f"{name}_{code}": "Content" for name in ("title", "definition") for code in LANGUAGES}
    codes = [Term.objects.create(**words).code for _number in range(3)]
    assert codes == ["content-2", "content-3", "content-4"]
    term = Term.objects.get(code="content-3")
    term.title_nb = "Innhold"
    term.save()
    assert term.code == "content-3"


@pytest.mark.django_db
def test_a_whole_text_is_no_name():
    term = Term.objects.get(code="consortium")
    term.synonyms_nb = "et navn\n" + "ord " * 50
    with pytest.raises(ValidationError, match="Skriv ett på hver linje"):
        term.full_clean()


@pytest.mark.django_db
def test_those_who_search_are_told_what_means_the_same():
    in_bokmal = set(pairs("nb"))
    assert {("jobbskygging", "hospitering"), ("organisasjons-ID", "PIC")} <= in_bokmal
    assert {("HK-dir", "SIU"), ("HK-dir", "Diku"), ("EU Login", "ECAS")} <= in_bokmal
    together = next(names for names in alike() if "hospitering" in names)
    assert {"jobbskygging", "jobbskugging", "job shadowing"} <= set(together)
    Term.objects.filter(code="hk-dir").update(is_published=False)
    assert not [pair for pair in pairs("nb") if "SIU" in pair]


@pytest.mark.django_db
def test_what_is_a_figure_has_a_source():
    """A definition with a number or a year that nobody can check."""
    for term in Term.objects.all():
        texts = " ".join(term.translated("definition", code) for code in LANGUAGES)
        assert term.source or not re.search(r"\d", re.sub(r"KA\d+", "", texts)), term.code


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_words_have_a_name_in_common(language):
    """A text that uses it would explain whichever comes first."""
    names = [name.casefold() for term in Term.objects.all() for name in term.all_names(language)]
    assert sorted(name for name in set(names) if names.count(name) > 1) == []


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_definitions_are_short_and_plain(language):
    """They are read in the middle of a sentence."""
    for term in Term.objects.all():
        text = term.translated("definition", language)
        sentences = re.split(r"(?<=[.!?])\s+(?=[A-ZÆØÅ])", text)
        assert len(text) <= 200 and len(sentences) <= 3, term.code
        assert max(len(sentence.split()) for sentence in sentences) <= 24, term.code
        assert text.endswith("."), term.code


@given(st.lists(st.text(max_size=30), max_size=5), st.text(max_size=80))
def test_what_was_meant_is_one_of_the_names(names, asked):
    assert set(meant(names, asked)) <= set(names)
