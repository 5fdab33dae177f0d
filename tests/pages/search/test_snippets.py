"""What an answer shows is where it answers, and nothing that its author did not write."""

from hypothesis import given, settings
from hypothesis import strategies as st

from pages.search.snippets import LENGTH, Passage, Words, marked, snippet


def worth(*words: str) -> Words:
    return Words(lambda written: 1.0 if written.casefold() in words else 0.0)


def text_of(pieces) -> str:
    return "".join(piece.text for piece in pieces)


def hits_of(pieces) -> list[str]:
    return [piece.text for piece in pieces if piece.is_hit]


def test_the_hit_is_marked_as_it_is_written():
    pieces = marked("Kurs og kursavgift for HK-dir", worth("kurs", "dir"))
    assert hits_of(pieces) == ["Kurs", "dir"]
    assert text_of(pieces) == "Kurs og kursavgift for HK-dir"


def test_the_passage_that_answers_is_shown_with_its_heading():
    passages = [
        Passage("Skolen søker, og læreren reiser."),
        Passage(
            "Noe helt annet. " * 40 + "Kursavgiften er 80 euro per dag. Det er alt.",
            "Hvor mye?",
            "grant",
        ),
    ]
    found = snippet(passages, worth("kursavgiften", "euro"))
    assert (found.heading, found.anchor) == ("Hvor mye?", "grant")
    assert hits_of(found.pieces) == ["Kursavgiften", "euro"]
    assert text_of(found.pieces).startswith("…")
    assert "80 euro per dag." in text_of(found.pieces)


def test_without_a_hit_the_beginning_is_shown():
    found = snippet([Passage("Først dette. Så mer."), Passage("Annet.")], worth("ingenting"))
    assert text_of(found.pieces) == "Først dette. Så mer."
    assert snippet([], worth("x")).pieces == ()


def test_what_counts_only_beside_another_is_not_marked_alone():
    """A plan is not yet an Erasmus plan."""

    def found(written: str) -> float:
        return -1.0 if written in ("Erasmus", "plan") else 0.0

    assert hits_of(marked("En plan for alle. Se Erasmus plan her.", Words(found))) == [
        "Erasmus",
        "plan",
    ]


WORDS = st.lists(st.text(min_size=1, max_size=20), max_size=120).map(" ".join)


@settings(deadline=None)
@given(st.lists(st.builds(Passage, WORDS, WORDS), max_size=5), st.sampled_from("abcdefghe "))
def test_a_snippet_is_a_short_piece_of_one_text(passages, letter):
    found = snippet(passages, Words(lambda written: float(letter in written)))
    whole = text_of(found.pieces).removeprefix("…").removesuffix(" …").strip(" ,;:–")
    assert len(whole) <= LENGTH + 1
    assert not whole or any(whole in passage.text for passage in passages)


@settings(deadline=None)
@given(WORDS)
def test_marking_changes_no_sign(text):
    long = Words(lambda written: float(len(written) > 3))
    assert text_of(marked(text, long)) == text.rstrip(" ,;:–")
