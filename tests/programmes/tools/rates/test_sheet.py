"""A table as an editor's spreadsheet saves it."""

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from programmes.tools.rates import sheet

CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\x00\r\n'"), max_size=30)


@given(st.lists(st.fixed_dictionaries(dict.fromkeys(sheet.COLUMNS, CELLS)), max_size=5))
@example([dict.fromkeys(sheet.COLUMNS, cell) for cell in ("\t", " =1", "-")])
def test_what_is_written_is_read_back(rows):
    """An export that is imported at once must change nothing."""
    rows = [{**row, sheet.TABLE: f"t{row[sheet.TABLE]}"} for row in rows]
    if not rows:
        with pytest.raises(sheet.UnreadableError, match=sheet.EMPTY):
            sheet.read(sheet.write(rows))
        return
    found = [row.cells for row in sheet.read(sheet.write(rows))]
    # What is around a cell is not part of it.
    assert [{name: cell.strip() for name, cell in row.items()} for row in rows] == found


@given(st.binary(max_size=300))
def test_whatever_file_it_is_nothing_breaks(content):
    try:
        assert sheet.read(content)
    except sheet.UnreadableError as error:
        assert error.reason in (sheet.TOO_LARGE, sheet.NO_TEXT, sheet.NO_COLUMNS, sheet.EMPTY)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_every_spreadsheets_way_of_saving_is_read(encoding, delimiter):
    lines = ["tabell;hva;euro;grønn", "reise;10–99 km;28;56", ";;;", "språk;;150;"]
    content = "\r\n".join(lines).replace(";", delimiter).encode(encoding)
    rows = sheet.read(content)
    assert [row.number for row in rows] == [2, 4]
    assert rows[0][sheet.GREEN] == "56" and rows[1][sheet.TABLE] == "språk"


def test_a_file_without_the_columns_says_which():
    with pytest.raises(sheet.UnreadableError) as caught:
        sheet.read(b"tabell;belop\nreise;1")
    assert caught.value.what == "hva, euro"


def test_a_file_that_is_far_too_large_is_not_read():
    for content in (b"x" * 300_000, b"tabell;hva;euro\n" + b"a;b;1\n" * 1_500):
        with pytest.raises(sheet.UnreadableError, match=sheet.TOO_LARGE):
            sheet.read(content)


@pytest.mark.parametrize(
    ("text", "euro"),
    [("1 188", "1188"), ("1\u00a0188,50", "1188.50"), ("28.5", "28.5"), ("€ 80", "80"), ("", None)],
)
def test_amounts_are_read_as_people_write_them(text, euro):
    assert sheet.amount(text) == (None if euro is None else Decimal(euro))


@pytest.mark.parametrize("text", ["-1", "1,2,3", "many", "1e9", "²", "99999999", "1.234,5"])
def test_what_is_no_amount_is_refused(text):
    """A thousand that became one would cost a school its journey."""
    with pytest.raises(ValueError, match=r"."):
        sheet.amount(text)


def test_ends_of_distances_and_ticks():
    assert sheet.band("100–499 km") == (100, 499)
    assert sheet.band("8 000-") == (8000, None)
    assert [sheet.is_yes(word) for word in ("x", "JA", "", "nei")] == [True, True, False, False]
    for wrong in ("", "100", "a-b"):
        with pytest.raises(ValueError):
            sheet.band(wrong)
    with pytest.raises(ValueError, match="kanskje"):
        sheet.is_yes("kanskje")


def test_a_spreadsheet_runs_no_formula_of_ours():
    content = sheet.write([{sheet.TABLE: "=cmd|x", sheet.KEY: "-1+2"}])
    assert b";'-1+2;" in content and b"'=cmd|x" in content
