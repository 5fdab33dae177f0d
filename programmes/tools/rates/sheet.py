"""A table of rates as a spreadsheet saves it: rows of text with the columns below. Pure.

The names are Norwegian: editors see them in their spreadsheet.
"""

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

TABLE, KEY, LOWEST, EURO, GREEN = "tabell", "hva", "fra", "euro", "grønn"
CEILING, UNCERTAIN, SOURCE = "tak", "usikker", "kilde"
NOTES = {"nb": "merknad bokmål", "nn": "merknad nynorsk", "en": "merknad engelsk"}
COLUMNS = (TABLE, KEY, LOWEST, EURO, GREEN, CEILING, UNCERTAIN, *NOTES.values(), SOURCE)
NEEDED = (TABLE, KEY, EURO)
# The tables besides those of rates: distances, and the groups of countries.
TRAVEL, COUNTRY = "reise", "land"
# Far more than a year has.
MOST_ROWS, MOST_SIGNS = 1_000, 200_000

YES = ("x", "ja", "yes", "1", "sann", "true")
# What makes a spreadsheet read a cell as a formula.
_FORMULA = tuple("=+-@")
NO = ("", "nei", "nei.", "no", "0", "usann", "false", "-")


class UnreadableError(ValueError):
    """The file is no table of rates. `reason` is one of the constants below."""

    def __init__(self, reason: str, what: str = ""):
        super().__init__(reason)
        self.reason = reason
        self.what = what


TOO_LARGE, NO_TEXT, NO_COLUMNS, EMPTY = "too large", "no text", "no columns", "empty"


@dataclass(frozen=True)
class SheetRow:
    """A row and its number in the file, where the headings are the first."""

    number: int
    cells: dict[str, str] = field(default_factory=dict)

    def __getitem__(self, name: str) -> str:
        return self.cells.get(name, "")


def read(content: bytes) -> list[SheetRow]:
    """Return the rows of a file; empty ones are passed by. Raises UnreadableError."""
    text = text_of(content)
    first = text.partition("\n")[0]
    delimiter = max(";,\t", key=first.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise UnreadableError(NO_TEXT) from error
    names = [name.strip().casefold() for name in rows[0]] if rows else []
    if lacking := [name for name in NEEDED if name not in names]:
        raise UnreadableError(NO_COLUMNS, ", ".join(lacking))
    found = [
        SheetRow(number, _cells(names, row))
        for number, row in enumerate(rows[1:], 2)
        if any(cell.strip() for cell in row)
    ]
    if not found:
        raise UnreadableError(EMPTY)
    if len(found) > MOST_ROWS:
        raise UnreadableError(TOO_LARGE)
    return found


def text_of(content: bytes) -> str:
    """Return a file's text, whichever of two encodings a spreadsheet wrote it in. Raises UnreadableError."""
    if len(content) > MOST_SIGNS:
        raise UnreadableError(TOO_LARGE)
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            break
        return text
    raise UnreadableError(NO_TEXT)


def _cells(names: list[str], row: list[str]) -> dict[str, str]:
    cells = zip(names, map(_bare, row), strict=False)
    return {name: cell for name, cell in cells if name in COLUMNS}


def _bare(cell: str) -> str:
    """Return a cell without what is around it, and without the mark that `write` puts before a formula's."""
    text = cell.strip()
    return text[1:].strip() if text[:1] == "'" and text[1:2] in _FORMULA else text


def write(rows: Iterable[dict[str, str]]) -> bytes:
    """Return a file with rows, for a Norwegian spreadsheet."""
    file = io.StringIO(newline="")
    table = csv.writer(file, delimiter=";", lineterminator="\r\n")
    table.writerow(COLUMNS)
    for row in rows:
        table.writerow([_harmless(row.get(name, "")) for name in COLUMNS])
    # Without the mark, a spreadsheet reads the letters wrongly.
    return file.getvalue().encode("utf-8-sig")


def _harmless(text: str) -> str:
    """A cell that begins as a formula would be run by the spreadsheet."""
    bare = text.strip()
    return f"'{bare}" if bare[:1] in _FORMULA else bare


def amount(text: str) -> Decimal | None:
    """Return an amount as people write it, «1 188,50» or «1188.5»; None where there is none.

    Raises ValueError.
    """
    bare = re.sub(r"[\s\u00a0\u202f€]|(?i:euro)", "", text).replace(",", ".")
    if not bare:
        return None
    if not re.fullmatch(r"\d{1,7}(\.\d{1,2})?", bare):
        raise ValueError(text)
    try:
        return Decimal(bare)
    except InvalidOperation as error:
        raise ValueError(text) from error


def is_yes(text: str) -> bool:
    """Read a tick. Raises ValueError."""
    word = text.casefold()
    if word in YES:
        return True
    if word in NO:
        return False
    raise ValueError(text)


def band(text: str) -> tuple[int, int | None]:
    """Return the ends of a distance, «100–499» or «8000–». Raises ValueError."""
    bare = re.sub(r"[\s\u00a0\u202f.]|km", "", text)
    found = re.fullmatch(r"(\d{1,6})[-–—](\d{1,6})?", bare)
    if found is None:
        raise ValueError(text)
    start, end = found.groups()
    return int(start), int(end) if end else None


def plain(amount_: Decimal | None) -> str:
    """Return an amount as the file has it: whole, or with its decimals after a comma."""
    if amount_ is None:
        return ""
    is_whole = amount_ == amount_.to_integral_value()
    return str(int(amount_)) if is_whole else str(amount_).replace(".", ",")
