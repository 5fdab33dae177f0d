"""What a text states is read out of it the same way in every language."""

import pytest

from programmes.figures import Figure, figures_in, mentions


def read(text: str, language: str = "nb") -> set[tuple]:
    return {(figure.unit, *figure.value) for figure in figures_in(text, language)}


@pytest.mark.parametrize(
    ("language", "text", "stated"),
    [
        ("nb", "Kursavgift: 80 euro per dag.", {("euro", 80)}),
        ("nb", "30\u00a0000 eller 60\u00a0000\u00a0euro", {("euro", 30_000), ("euro", 60_000)}),
        ("en", "12,500 euro a month", {("euro", 12_500)}),
        ("en", "up to 1.5 million euro", {("euro", 1_500_000)}),
        ("nn", "opptil 1,5 millionar euro", {("euro", 1_500_000)}),
        ("nb", "56 euro, mot 28 ellers", {("euro", 56), ("euro", 28)}),
        ("en", "56 euro, against 28 otherwise", {("euro", 56), ("euro", 28)}),
        ("nb", "48–85, 41–74 eller 36–64 euro", {("euro", n) for n in (48, 85, 41, 74, 36, 64)}),
        ("nb", "Fra dag 15 er satsen 70 prosent.", {("%", 70)}),
        ("en", "70 per cent, or 20%", {("%", 70), ("%", 20)}),
        ("nn", "minst 70 av 100 poeng", {("points", 70), ("points", 100)}),
        ("nb", "for 500–1\u00a0999\u00a0km på 2–10 dager", set()),
        ("nb", "Fristen var 19.\u00a0februar.", {("date", 19, 2, 0)}),
        ("en", "between 19 and 23 February 2026", {("date", 19, 2, 2026), ("date", 23, 2, 2026)}),
        ("nb", "i november 2026", {("date", 0, 11, 2026)}),
        (
            "nb",
            "20. februar i 2024 og 19. februar i 2026",
            {("date", 20, 2, 0), ("date", 19, 2, 0)},
        ),
        ("nb", "I 2024 og 2026 var fristen i mars.", set()),
        ("nb", "Storbritannia skal bli med i 2027.", {("date", 0, 0, 2027)}),
        ("nb", "Perioden 2021–2027 er snart slutt.", set()),
        # What stands before an amount is none, where it is part of a word or a date.
        ("nb", "KA210, 60\u00a0000 euro", {("euro", 60_000)}),
        ("nb", "19. februar 2026, 30\u00a0000 euro", {("date", 19, 2, 2026), ("euro", 30_000)}),
        ("en", "In 2026, 30 may travel.", set()),
        ("nb", "5. augu\u017ft", set()),
        ("se", "80 euro, 5. mars", {("euro", 80)}),
    ],
)
def test_figures_are_read_as_they_are_written(language, text, stated):
    """A figure that is not read is never asked for a source."""
    assert read(text, language) == stated


def test_what_is_worked_out_states_the_rate_it_is_made_from():
    """Sums would need sources of their own, which nobody publishes."""
    assert read("Det gir 4 × 309 = 1\u00a0236\u00a0euro til reise.") == {("euro", 309)}
    assert read("Det gir 2 × 5 × 80 = 800 euro.") == {("euro", 80)}


def test_a_sum_that_is_wrong_is_stated_as_it_stands():
    assert read("Det gir 4 × 309 = 1\u00a0300\u00a0euro til reise.") == {("euro", 1_300)}


def test_a_date_is_named_by_one_that_says_more_and_by_no_other():
    known = figures_in("Frist 19. februar 2026.")
    for text in ("19. februar", "19. februar 2026", "februar 2026"):
        assert all(figure.is_named_by(known) for figure in figures_in(text)), text
    for text in ("20. februar", "19. mars", "19. februar 2025", "mars 2026"):
        assert not any(figure.is_named_by(known) for figure in figures_in(text)), text


def test_an_amount_is_not_named_by_a_share_of_the_same_size():
    assert not Figure("euro", (70.0,), "").is_named_by(figures_in("70 prosent"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "Velg 30\u00a0000 eller 60\u202f000\u00a0euro.",
            ["30\u00a0000 eller 60\u202f000\u00a0euro"],
        ),
        ("Dag  15 gir 70\nprosent, 4 × 309 = 1 236 euro.", ["70\nprosent", "4 × 309 = 1 236 euro"]),
        ("2027: 5 prosent, frist 1. mars.", ["2027", "5 prosent", "1. mars"]),
        ("Ingen tall her.", []),
    ],
)
def test_places_are_those_of_the_text_as_it_is_written(text, said):
    """A mark would stand beside its figure, or cut a number in two."""
    assert [text[start:stop] for start, stop, _figures in mentions(text)] == said
