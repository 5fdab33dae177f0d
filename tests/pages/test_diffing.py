"""Differences as editors read them: a word lost or made up here would mislead whoever restores or translates."""

from hypothesis import given
from hypothesis import strategies as st

from pages.diffing import Change, differs, marked, readable, words

# Few different words, so that the two texts have much in common.
TEXTS = st.lists(
    st.sampled_from(["skole", "barnehage", "søk", ".", ",", " ", "  ", "\n", "é"])
).map("".join)


def joined(changes, *kinds):
    return "".join(change.text for change in changes if change.kind in kinds)


@given(TEXTS | st.text(), TEXTS | st.text())
def test_nothing_is_lost_or_made_up(old, new):
    changes = words(old, new)
    assert joined(changes, "kept", "removed") == old
    assert joined(changes, "kept", "added") == new


@given(st.text())
def test_a_text_does_not_differ_from_itself(text):
    assert joined(words(text, text), "removed", "added") == ""


def test_one_changed_word_is_marked_and_no_more():
    assert words("Fristen er 5. mars.", "Fristen er 9. mars.") == [
        Change("kept", "Fristen er "),
        Change("removed", "5"),
        Change("added", "9"),
        Change("kept", ". mars."),
    ]


def test_a_reworded_stretch_is_read_as_one():
    """Word by word it would be a row of single words in turn, hard to read."""
    changes = words("Skolen må søke selv.", "Skolen kan gjøre det selv.")
    assert [change.text for change in changes] == ["Skolen ", "må søke", "kan gjøre det", " selv."]


def test_marks_are_heard_as_well_as_seen():
    assert marked("i går", "i dag") == (
        'i <del><span class="visually-hidden">fjernet: </span>går</del>'
        '<ins><span class="visually-hidden">lagt til: </span>dag</ins>'
    )


@given(st.text(alphabet="<>&\"'abc /"), st.text(alphabet="<>&\"'abc /"))
def test_text_never_becomes_markup(old, new):
    html = marked(old, new)
    for tag in ("del", "ins", 'span class="visually-hidden"', "span", "br"):
        html = html.replace(f"<{tag}>", "").replace(f"</{tag}>", "")
    assert "<" not in html


def test_prose_is_compared_as_it_reads():
    old = '<p>Søk <strong>nå</strong>.</p><ul><li><p>én</p></li><li>to</li></ul><p><a href="/a/">Her</a></p>'
    assert readable(old) == "Søk nå.\n• én\n• to\nHer (/a/)"
    assert (
        readable("<ol><li><p>én</p></li><li><p>to</p><p>mer</p></li></ol>") == "1. én\n2. to\nmer"
    )


def test_a_link_with_a_new_target_is_seen():
    html = marked('<p><a href="/a/">Her</a></p>', '<p><a href="/b/">Her</a></p>', is_prose=True)
    assert "a</del>" in html and "b</ins>" in html


def test_bold_alone_is_no_change_of_words():
    old, new = "<p>Søk nå.</p>", "<p>Søk <strong>nå</strong>.</p>"
    assert not differs(old, new, is_prose=True)
    assert differs(old, new)
    assert marked(old, new, is_prose=True) == "Søk nå."


def test_a_long_text_with_many_changes_is_compared_whole():
    old = " ".join(f"ord{number % 50} og" for number in range(1000))
    new = old.replace("ord7 ", "ordet ")
    changes = words(old, new)
    assert joined(changes, "kept", "added") == new
    assert sum(change.kind == "added" for change in changes) == 20


@given(st.text(alphabet="<>/ploiua&; \nx=\"'"))
def test_any_stored_text_can_be_read(html):
    assert "\n\n" not in readable(html)
