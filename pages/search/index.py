"""The index follows the content: what has changed is read anew before the next answer.

One at a time, whichever process or machine it is: the row of `SearchState` is locked meanwhile. A change
that commits while its record is being read stays noted, and is read with the next batch.
"""

import hashlib
import logging
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib import import_module
from pathlib import Path

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections, models, transaction
from django.db.models import F
from django.utils import translation

from pages.models import SearchChange, SearchEntry, SearchForm, SearchState, SearchStem
from pages.search import engines, spelling, stems
from pages.search.packed import pack
from pages.search.sources import Source, Text, Watched, sources
from pages.search.weights import weigh

logger = logging.getLogger(__name__)

# Records in a batch, which others who want to write must wait for.
BATCH = 40
# Seconds that somebody who searches may wait for the index, where very much was changed at once.
PATIENCE = 1.5
# Which written forms are read by those of another, in the order of the settings.
READ_ALIKE = {"nb": ("nn",), "nn": ("nb",)}
# Letters of a title that answers show, and of a word that may be misspelt.
_TITLE, _SHORTEST_FORM, _LONGEST_FORM = 300, 4, 30
_MOST_PARTS = 500
_IN_ALL = ""

Tell = Callable[[int, int], None]


def catch_up(seconds: float | None = None, tell: Tell = lambda done, left: None) -> int:
    """Read anew what has changed, the latest first, for so long at most; return how many records."""
    done, began = 0, time.monotonic()
    while _is_behind():
        done += _batch()
        tell(done, SearchChange.objects.count() if seconds is None else 0)
        if seconds is not None and time.monotonic() - began > seconds:
            break
    return done


def catch_up_if_possible() -> None:
    """Bring the index up to date before an answer. Where it cannot be written, what there is must do."""
    try:
        catch_up(PATIENCE)
    except DatabaseError as error:
        logger.warning("The search's index cannot be brought up to date: %s", error)


def rebuild(tell: Tell = lambda done, left: None) -> int:
    """Read every record anew, while the index goes on answering; return how many."""
    with transaction.atomic():
        _alone()
        if SearchState.objects.filter(pk=1).values_list("rules", flat=True).first() != rules():
            forget()
        note_all()
        SearchState.objects.filter(pk=1).update(rules=rules())
    return catch_up(tell=tell)


def is_of_these_rules() -> bool:
    """Whether the index was made by the rules of this release."""
    return SearchState.objects.filter(pk=1, rules=rules()).exists()


def forget(using: str = DEFAULT_DB_ALIAS) -> None:
    """Empty the index. What follows from it is nothing but that it is made anew: see `note_all`."""
    for model in (SearchEntry, SearchStem, SearchForm, SearchChange):
        _remove(model._default_manager.using(using).all())
    engines.forget_all(connections[using])


def note_all(using: str = DEFAULT_DB_ALIAS) -> None:
    """Note every record, and every one that is in the index and may be there no longer, as changed."""
    for source in sources():
        own = Watched(source.model).label
        rows = source.rows.using(using).order_by("pk").values_list("pk", flat=True)
        known = SearchEntry.objects.using(using).filter(model=source.model)
        gone = known.exclude(object_id__in=rows.values("pk")).values_list("object_id", flat=True)
        for keys in (rows.iterator(), gone.distinct().iterator()):
            SearchChange.objects.using(using).bulk_create(
                (SearchChange(watched=own, key=key) for key in keys), batch_size=1_000
            )


def rules() -> str:
    """Return a word for how texts become entries: made of the modules that do it, and of the settings."""
    digest = hashlib.blake2b(digest_size=16)
    folder = Path(__file__).parent
    own = ("index", "lexicon", "packed", "sources", "spelling", "stems", "weights")
    files = [folder / f"{name}.py" for name in own]
    # And what the apps say of their records.
    told = (import_module(path.rpartition(".")[0]).__file__ for path in settings.SEARCHED)
    for file in [*files, *map(Path, filter(None, told))]:
        digest.update(file.read_bytes())
    digest.update(repr([settings.LANGUAGES, [source.model for source in sources()]]).encode())
    return digest.hexdigest()


# --- A batch -------------------------------------------------------------------------------------


def _is_behind() -> bool:
    return SearchChange.objects.exists()


def _alone() -> None:
    """Wait until nobody else writes to the index. SQLite has let one alone begin to write anyway."""
    SearchState.objects.select_for_update().filter(pk=1).first()


@transaction.atomic
def _batch() -> int:
    """Read some of what has changed, and return how many records that were."""
    _alone()
    changes = list(SearchChange.objects.order_by("-pk")[: BATCH * 4])
    noted: set[tuple[str, int]] = {(change.watched, change.key) for change in changes}
    done = 0
    for number, source in enumerate(sources()):
        keys = _records_of(source, noted)
        if len(keys) > BATCH:
            # One row that many show: each is noted by itself.
            _note(source, keys[BATCH:])
            keys = keys[:BATCH]
        _read_anew(number, source, keys)
        done += len(keys)
    _remove(SearchChange.objects.filter(pk__in=[change.pk for change in changes]))
    return done


def _records_of(source: Source, noted: set[tuple[str, int]]) -> list[int]:
    """Return the keys of the records that are made of any of these rows, the gone ones among them."""
    found: set[int] = set()
    for watched in source.watched:
        keys = [key for label, key in noted if label == watched.label]
        if not keys:
            continue
        for lead in watched.leads:
            if lead == "pk":
                found.update(keys)
            else:
                rows = source.rows.order_by().filter(**{f"{lead}__in": keys})
                found.update(rows.values_list("pk", flat=True))
    return sorted(found)


def _note(source: Source, keys: Sequence[int]) -> None:
    own = Watched(source.model).label
    SearchChange.objects.bulk_create(
        [SearchChange(watched=own, key=key) for key in keys], batch_size=1_000
    )


def _read_anew(number: int, source: Source, keys: Sequence[int]) -> None:
    """Put the entries of these records in place of those that there are of them."""
    if not keys:
        return
    before = {e.pk: e for e in SearchEntry.objects.filter(model=source.model, object_id__in=keys)}
    records = source.records().filter(pk__in=keys)
    after = {
        e.pk: e
        for record in records
        if source.is_for_visitors(record)
        for e in _entries(number, source, record)
    }
    gone = [e for pk, e in before.items() if pk not in after or after[pk].digest != e.digest]
    new = [e for pk, e in after.items() if pk not in before or before[pk].digest != e.digest]
    _remove(SearchEntry.objects.filter(pk__in=[entry.pk for entry in gone]))
    SearchEntry.objects.bulk_create(new)
    engines.forget([entry.pk for entry in gone])
    engines.keep((entry.pk, _findable(entry)) for entry in new)
    _count(gone, new)


def _entries(number: int, source: Source, record) -> Iterator[SearchEntry]:
    codes = [code for code, _name in settings.LANGUAGES]
    texts = {code: list(_texts_in(code, source, record)) for code in codes}
    for place, shelf in enumerate(codes):
        language = next((c for c in (shelf, *READ_ALIKE.get(shelf, ())) if texts.get(c)), shelf)
        for part, text in enumerate(texts[language][:_MOST_PARTS]):
            entry = _entry(text, language)
            entry.pk = (((number << 36) + record.pk << 9) + part << 4) + place
            entry.model, entry.object_id, entry.shelf = source.model, record.pk, shelf
            entry.digest = _digest_of(entry)
            yield entry


def _texts_in(language: str, source: Source, record) -> Iterable[Text]:
    if not record.exists_in(language):
        return []
    with translation.override(language):
        return list(source.texts(record))


def _entry(text: Text, language: str) -> SearchEntry:
    lead = [p.text for p in text.passages if not (p.heading or p.anchor)]
    weighed = weigh(
        {
            "title": text.short or text.title,
            "names": f"{text.names} {text.title}" if text.short else text.names,
            "about": text.about,
            "lead": lead[0] if lead else "",
            "headings": " ".join(dict.fromkeys(p.heading for p in text.passages if p.heading)),
            "text": " ".join(
                [*lead[1:], *(p.text for p in text.passages if p.heading or p.anchor)]
            ),
        },
        language,
    )
    return SearchEntry(
        kind=text.kind,
        language=language,
        twin=text.twin,
        title=text.title[:_TITLE],
        note=text.note,
        anchor=text.anchor,
        passages=[list(passage) for passage in text.passages if passage.text],
        weights=pack(weighed.weights),
        title_stems=" ".join(weighed.title),
        forms=" ".join(sorted(weighed.forms)),
        facets=" ".join(text.facets),
        stems=" ".join(weighed.weights),
        worth=text.worth,
    )


def _digest_of(entry: SearchEntry) -> str:
    values = [getattr(entry, f.attname) for f in entry._meta.concrete_fields if f.name != "digest"]
    return hashlib.blake2b(repr(values).encode("utf-8", "replace"), digest_size=16).hexdigest()


# --- By what an entry is found, and in how many a word stands --------------------------------------


def word(shelf: str, stem: str) -> str:
    return f"{shelf}.{stem}"


def title_word(shelf: str, stem: str) -> str:
    return f"{shelf}!{stem}"


def kind_word(shelf: str, kind: str) -> str:
    return f"{shelf}@{kind}"


def facet_word(shelf: str, code: str) -> str:
    return f"{shelf}@{code}"


def _findable(entry: SearchEntry) -> list[str]:
    shelf = entry.shelf
    found = [word(shelf, stem) for stem in entry.stems.split()]
    found += [title_word(shelf, stem) for stem in entry.title_stems.split()]
    found += [
        kind_word(shelf, entry.kind),
        *(facet_word(shelf, code) for code in entry.facets.split()),
    ]
    return found


def _count(gone: Iterable[SearchEntry], new: Iterable[SearchEntry]) -> None:
    """Bring up to date in how many entries of a shelf each stem and each form stands."""
    in_stems: Counter[tuple[str, str]] = Counter()
    in_forms: Counter[tuple[str, str]] = Counter()
    for entries, step in ((gone, -1), (new, 1)):
        for entry in entries:
            for stem in (_IN_ALL, *entry.stems.split()):
                in_stems[entry.shelf, stem] += step if len(stems.singles(stem)) == 1 else 0
            for form in entry.forms.split():
                in_forms[entry.shelf, form] += step if _is_spelt(form) else 0
    _add(SearchStem, "stem", in_stems, lambda stem: {})
    _add(SearchForm, "form", in_forms, _facts_of_form)


def _is_spelt(form: str) -> bool:
    return _SHORTEST_FORM <= len(form) <= _LONGEST_FORM and form.isalpha()


def _facts_of_form(form: str) -> dict[str, str]:
    return {"skeleton": spelling.skeleton(form), "beginning": form[:_SHORTEST_FORM]}


def _add(model: type[models.Model], name: str, steps: Counter, facts: Callable) -> None:
    """Add to the rows of `model` what each of them has got more, and remove those of which none is left."""
    by_step: dict[tuple[str, int], list[str]] = {}
    for (shelf, value), step in steps.items():
        if step:
            by_step.setdefault((shelf, step), []).append(value)
    rows = model._default_manager
    for (shelf, step), values in by_step.items():
        if step > 0:
            rows.bulk_create(
                [model(**{"shelf": shelf, name: v, "entries": 0, **facts(v)}) for v in values],
                ignore_conflicts=True,
            )
        of_shelf = rows.filter(shelf=shelf)
        of_shelf.filter(**{f"{name}__in": values}).update(entries=F("entries") + step)
        if step < 0:
            _remove(of_shelf.filter(**{f"{name}__in": values}, entries__lte=0))


def _remove(rows: models.QuerySet) -> None:
    """Delete rows that nothing hangs on, without reading them first to tell whoever listens."""
    rows._raw_delete(rows.db)  # type: ignore[attr-defined]
