"""The start document, word for word, and the words around it."""

import pytest

from programmes.models import Action
from tests.start_page import document_lines, visible_lines

pytestmark = pytest.mark.django_db


def test_the_start_page_is_the_document_word_for_word(client):
    html = client.get("/for-skole-og-barnehage/").content.decode()
    assert visible_lines(html) == document_lines()


def test_the_closing_sentence_follows_from_who_manages_the_action(client):
    """An editor who corrects the mode must not have to correct a sentence as well."""
    sentence = "Policy er et sentralisert tiltak som forvaltes av Europakommisjonen."
    assert sentence in client.get("/for-skole-og-barnehage/").content.decode()
    Action.objects.filter(code="policy").update(management_mode="decentralised")
    assert sentence not in client.get("/for-skole-og-barnehage/").content.decode()


@pytest.mark.parametrize("url", ["/for-skole-og-barnehage/", "/for-skole-og-barnehage/policy/"])
def test_a_note_tells_of_the_youth_dialogue(client, url):
    html = client.get(url).content.decode()
    assert "<aside" in html
    assert "Bufdir" in html.split("<aside")[1].split("</aside>")[0]


def test_each_bullet_leads_to_its_measure(client):
    html = client.get("/for-skole-og-barnehage/").content.decode()
    for action in Action.objects.all():
        for measure in action.measures.of_period("2014-2020"):
            assert f'<a href="{measure.get_absolute_url()}">{measure.list_text}</a>' in html
