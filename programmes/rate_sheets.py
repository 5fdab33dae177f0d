"""A whole rate set to and from a sheet: what a file would add, change and remove, and doing it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from programmes.models import Country, CountryGroup, DistanceBand, Rate, RateSet, Source
from programmes.tools.rates import checks, sheet
from programmes.tools.rates.sheet import SheetRow
from programmes.tools.rates.wording import sentence

Row: TypeAlias = DistanceBand | CountryGroup | Rate
Category = Rate.Category
# What each table is called in the file.
TABLES = {
    Category.STAFF_DAY: "dag ansatt",
    Category.PUPIL_DAY: "dag elev",
    Category.ORGANISATION: "organisering",
    Category.COURSE_FEE: "kursavgift",
    Category.COURSE_FEE_MOST: "kursavgift høyst",
    Category.INCLUSION: "inkludering",
    Category.LANGUAGE: "språk",
    Category.LANGUAGE_LONG: "språk langt opphold",
    Category.PREPARATORY_VISIT: "forberedende besøk",
    Category.LUMP_SUM: "fast beløp",
}
_CATEGORIES = {name: category for category, name in TABLES.items()}


@dataclass(frozen=True)
class Fault:
    """What is wrong in a row of the file; number 0 is the file as a whole."""

    number: int
    text: str


@dataclass(frozen=True)
class Change:
    """A row that is in both, with the cells that differ: column, before, after."""

    name: str
    cells: tuple[tuple[str, str, str], ...]


@dataclass
class Preview:
    """What a file would do to a rate set. With faults it does nothing."""

    added: list[str] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    unchanged: int = 0
    faults: list[Fault] = field(default_factory=list)

    @property
    def does_something(self) -> bool:
        return not self.faults and bool(self.added or self.changed or self.removed)

    @property
    def told(self) -> str:
        """All of it as text: the same text is the same change."""
        return repr((self.added, self.changed, self.removed, self.faults))


def export(rate_set: RateSet) -> bytes:
    """Return a set as a file that can be read back unchanged."""
    return sheet.write(_cells(row) for row in _rows(rate_set))


def preview(rate_set: RateSet, lines: Sequence[SheetRow]) -> Preview:
    """Tell what a file would do. Nothing is saved."""
    return _compared(rate_set, lines)[0]


@transaction.atomic
def bring_in(rate_set: RateSet, lines: Sequence[SheetRow]) -> Preview:
    """Make a set what the file says. With a fault, nothing."""
    found, to_save, to_remove = _compared(rate_set, lines)
    if not found.does_something:
        return found
    for row in to_remove:
        row.delete()
    for row in to_save:
        row.save()
    return found


def _compared(rate_set: RateSet, lines: Sequence[SheetRow]) -> tuple[Preview, list[Row], list[Row]]:
    reader = _Reader(rate_set)
    read = {line.number: reader.row(line) for line in lines}
    new = {number: row for number, row in read.items() if row is not None}
    found = Preview(faults=reader.faults)
    by_key: dict[tuple, Row] = {}
    for number, row in new.items():
        if _key(row) in by_key:
            found.faults.append(Fault(number, _("This stands twice in the file.")))
        by_key.setdefault(_key(row), row)
    if not reader.misses_bands:
        found.faults += [Fault(0, text) for text in _band_faults(by_key.values())]
    old = {_key(row): row for row in _rows(rate_set)}
    to_save: list[Row] = []
    for key, row in by_key.items():
        if key not in old:
            found.added.append(_name(row))
            to_save.append(row)
            continue
        cells = _differences(old[key], row)
        if cells:
            found.changed.append(Change(_name(row), cells))
            to_save.append(_taken_over(old[key], row))
        else:
            found.unchanged += 1
    to_remove = [row for key, row in old.items() if key not in by_key]
    found.removed = [_name(row) for row in to_remove]
    found.faults.sort(key=lambda fault: fault.number)
    return found, to_save, to_remove


def _band_faults(rows: Iterable[Row]) -> Iterator[str]:
    bands = [row for row in rows if isinstance(row, DistanceBand)]
    typed = [checks.BandRow(b.start, b.end, b.standard, b.green) for b in bands]
    return map(sentence, checks.faults(typed))


def _rows(rate_set: RateSet) -> list[Row]:
    bands = rate_set.bands.select_related("source")
    rates = rate_set.rates.select_related("source")
    return [*bands, *rates, *rate_set.groups.select_related("country")]


def _key(row: Row) -> tuple:
    if isinstance(row, DistanceBand):
        return (sheet.TRAVEL, row.start, row.end)
    if isinstance(row, CountryGroup):
        return (sheet.COUNTRY, row.country_id)
    # A lump sum is itself, or another: one action has several.
    return (row.category, row.key, row.amount if row.category == Category.LUMP_SUM else None)


def _name(row: Row) -> str:
    cells = _cells(row)
    amounts = [cells.get(name, "") for name in (sheet.LOWEST, sheet.EURO, sheet.GREEN)]
    name = " ".join(filter(None, [cells[sheet.TABLE], cells[sheet.KEY]]))
    return f"{name}: {' / '.join(filter(None, amounts))}"


def _differences(old: Row, new: Row) -> tuple[tuple[str, str, str], ...]:
    before, after = _cells(old), _cells(new)
    return tuple(
        (name, before.get(name, ""), after.get(name, ""))
        for name in sheet.COLUMNS
        if before.get(name, "") != after.get(name, "")
    )


def _taken_over(old: Row, new: Row) -> Row:
    """Put what the file says into the stored row, which keeps its key."""
    kept = ("id", "rate_set", "updated_at", "outdated", "note")
    for each in old._meta.concrete_fields:
        if each.name not in kept:
            setattr(old, each.attname, getattr(new, each.attname))
    return old


def _cells(row: Row) -> dict[str, str]:
    """Return a row as the file has it."""
    if isinstance(row, CountryGroup):
        return {sheet.TABLE: sheet.COUNTRY, sheet.KEY: row.country.code, sheet.EURO: row.group}
    said = {
        sheet.UNCERTAIN: "x" if row.is_uncertain else "",
        sheet.SOURCE: _source_name(row.source),
        **{column: row.translated("note", code) for code, column in sheet.NOTES.items()},
    }
    if isinstance(row, DistanceBand):
        return {
            sheet.TABLE: sheet.TRAVEL,
            sheet.KEY: f"{row.start}–{'' if row.end is None else row.end} km",
            sheet.EURO: sheet.plain(row.standard),
            sheet.GREEN: sheet.plain(row.green),
            **said,
        }
    return {
        sheet.TABLE: TABLES[Category(row.category)],
        sheet.KEY: row.key,
        sheet.LOWEST: sheet.plain(row.lowest),
        sheet.EURO: sheet.plain(row.amount),
        sheet.CEILING: "x" if row.is_ceiling else "",
        **said,
    }


def _source_name(source: Source | None) -> str:
    """Return what the file calls a source: its code, or its number where an editor made it."""
    return "" if source is None else source.code or str(source.pk)


class _Reader:
    """Makes unsaved rows of the file's, and gathers what is wrong, in the editor's language."""

    def __init__(self, rate_set: RateSet):
        self.rate_set = rate_set
        self.faults: list[Fault] = []
        # Whether a band could not be read: where it should be, the others seem to leave a gap.
        self.misses_bands = False
        self.sources = {_source_name(source): source for source in Source.objects.all()}
        self.countries = {country.code: country for country in Country.objects.all()}

    def row(self, line: SheetRow) -> Row | None:
        try:
            row = self._row(line)
            row.full_clean(exclude=["rate_set"], validate_unique=False, validate_constraints=False)
        except ValidationError as error:
            self.faults += [Fault(line.number, text) for text in _sentences(error)]
            self.misses_bands = self.misses_bands or _table(line) == sheet.TRAVEL
            return None
        return row

    def _row(self, line: SheetRow) -> Row:
        table = _table(line)
        if table == sheet.TRAVEL:
            return self._band(line)
        if table == sheet.COUNTRY:
            return self._group(line)
        if table in _CATEGORIES:
            return self._rate(line, _CATEGORIES[table])
        names = ", ".join([sheet.TRAVEL, *_CATEGORIES, sheet.COUNTRY])
        raise ValidationError(
            _("«%(table)s» is no table. Use one of: %(names)s.") % {"table": table, "names": names}
        )

    def _band(self, line: SheetRow) -> DistanceBand:
        try:
            start, end = sheet.band(line[sheet.KEY])
        except ValueError as error:
            text = _("«%(text)s» is no distance. Write it as 100–499, the last as 8000–.")
            raise ValidationError(text % {"text": line[sheet.KEY]}) from error
        standard, green = self._amount(line, sheet.EURO), self._amount(line, sheet.GREEN)
        self._needs(standard)
        return DistanceBand(
            rate_set=self.rate_set,
            start=start,
            end=end,
            standard=standard,
            green=green,
            **self._said(line),
        )

    def _group(self, line: SheetRow) -> CountryGroup:
        country = self.countries.get(line[sheet.KEY].upper())
        if country is None:
            text = _("No country here has the code «%(code)s».")
            raise ValidationError(text % {"code": line[sheet.KEY]})
        return CountryGroup(rate_set=self.rate_set, country=country, group=line[sheet.EURO])

    def _rate(self, line: SheetRow, category: Category) -> Rate:
        amount = self._amount(line, sheet.EURO)
        self._needs(amount)
        return Rate(
            rate_set=self.rate_set,
            category=category,
            key=line[sheet.KEY],
            amount=amount,
            lowest=self._amount(line, sheet.LOWEST),
            is_ceiling=self._tick(line, sheet.CEILING),
            **self._said(line),
        )

    def _said(self, line: SheetRow) -> dict[str, Any]:
        name = line[sheet.SOURCE]
        if name and name not in self.sources:
            text = _("No source here is called «%(name)s». Leave it empty for that of the set.")
            raise ValidationError(text % {"name": name})
        notes = {f"note_{code}": line[column] for code, column in sheet.NOTES.items()}
        is_uncertain = self._tick(line, sheet.UNCERTAIN)
        return {"source": self.sources.get(name), "is_uncertain": is_uncertain, **notes}

    def _amount(self, line: SheetRow, column: str):
        try:
            return sheet.amount(line[column])
        except ValueError as error:
            text = _("«%(text)s» in the column «%(column)s» is no amount.")
            raise ValidationError(text % {"text": line[column], "column": column}) from error

    def _needs(self, amount) -> None:
        if amount is None:
            raise ValidationError(_("The amount is missing."))

    def _tick(self, line: SheetRow, column: str) -> bool:
        try:
            return sheet.is_yes(line[column])
        except ValueError as error:
            text = _("«%(text)s» in the column «%(column)s»: write x, or leave it empty.")
            raise ValidationError(text % {"text": line[column], "column": column}) from error


def _table(line: SheetRow) -> str:
    return line[sheet.TABLE].casefold()


# The columns that the fields of rows are read from.
_COLUMNS = {
    "category": sheet.TABLE,
    **dict.fromkeys(("key", "start", "end", "country"), sheet.KEY),
    "lowest": sheet.LOWEST,
    **dict.fromkeys(("amount", "standard", "group"), sheet.EURO),
    "green": sheet.GREEN,
    "is_ceiling": sheet.CEILING,
    "is_uncertain": sheet.UNCERTAIN,
    **{f"note_{code}": column for code, column in sheet.NOTES.items()},
    "source": sheet.SOURCE,
}


def _sentences(error: ValidationError) -> Iterator[str]:
    """Yield what is wrong; of one that names a field, its column in the file first."""
    if not hasattr(error, "error_dict"):
        yield from error.messages
        return
    for name, messages in error.message_dict.items():
        for message in messages:
            yield message if name == "__all__" else f"{_COLUMNS.get(name, name)}: {message}"


@transaction.atomic
def copied_to_next_year(rate_set: RateSet) -> RateSet | None:
    """Return a draft of next year's set with the same rows; None where there is one already.

    Its source stays that of this year, so that everybody sees that the figures are not checked yet.
    """
    year = rate_set.year + 1
    if RateSet.objects.filter(year=year, agency=rate_set.agency).exists():
        return None
    made = RateSet.objects.create(year=year, agency=rate_set.agency, source=rate_set.source)
    for row in _rows(rate_set):
        row.pk, row.rate_set = None, made
        row._state.adding = True
        row.save(force_insert=True)
    return made
