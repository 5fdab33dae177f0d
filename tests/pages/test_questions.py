"""A question in a text has an address of its own, which holds while the others are moved about."""

import pytest

from pages.questions import anchor_of, anchored, anchors, is_question

HTML = "<h3>Må vi kunne engelsk?</h3><p>Litt.</p><h3>Slik gjør dere</h3><p>Slik.</p>"


def test_what_asks_gets_an_id_and_nothing_else_is_touched():
    made = anchored(HTML, "section-7")
    assert made == HTML.replace("<h3>Må", '<h3 id="section-7-ma-vi-kunne-engelsk">Må')
    assert list(anchors(HTML, "section-7")) == ["section-7-ma-vi-kunne-engelsk"]


def test_a_question_keeps_its_address_when_another_comes_before_it():
    assert set(anchors(HTML)) <= set(anchors(f"<h3>Og dette?</h3><p>Ja.</p>{HTML}"))


def test_no_id_stands_twice_on_a_page():
    """The same question in two sections, and twice in one: a link leads to the first."""
    whole = anchored(HTML + HTML, "section-1") + anchored(HTML, "section-2")
    assert whole.count(' id="') == 2
    assert whole.count('id="section-1-ma-vi-kunne-engelsk"') == 1


@pytest.mark.parametrize(
    ("heading", "anchor"),
    [
        ("Får vi <strong>mer</strong> &amp; bedre?", "question-far-vi-mer-bedre"),
        ('"><script>alert(1)</script>?', "question-scriptalert1script"),
        ("???", ""),
        ("ord " * 40 + "?", f"question-{'ord-' * 14}ord"),
    ],
)
def test_an_anchor_is_made_of_letters_digits_and_dashes(heading, anchor):
    found = anchored(f"<h3>{heading}</h3>")
    if anchor == "question-scriptalert1script":
        assert anchor_of(heading) == anchor
    else:
        assert found == (f'<h3 id="{anchor}">{heading}</h3>' if anchor else f"<h3>{heading}</h3>")


def test_what_tells_is_no_question():
    assert is_question("Hvem søker? ") and not is_question("Hvem søker? Eieren.")
