"""Answers a question: what is meant, what may answer it, in which order, and what of it is shown.

The work is bounded however large the site is: so many entries are looked at, those with the rarest words of
the question first. What visitors may see at this moment is asked of the content itself, never of the index.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.conf import settings

from pages.cache import generation
from pages.languages import url_in
from pages.models import SearchEntry
from pages.search import index, queries, ranking, stems
from pages.search.engines import All, Condition, keys_with
from pages.search.engines import Any as AnyOf
from pages.search.packed import unpack
from pages.search.queries import Phrase, Question
from pages.search.ranking import Candidate
from pages.search.snippets import Passage, Piece, Snippet, Words, marked, snippet
from pages.search.sources import kinds, model_of, synonyms
from pages.search.understanding import Meant, meant_by

# Entries that are looked at for each of the ways to choose them; a shelf with so few is looked at whole.
MOST, FEW = 200, 400
# Answers that one can leaf through.
MOST_ANSWERS = 150
# Of those that may have a phrase, how many are read.
_READ_WHOLE = 60
# So few records of a model are read whole at once; of more, only whether they may be seen.
_FEW = 12


# A record in a language, and where its page is.
Place = tuple[str, int, str]
Urls = dict[Place, str]


class Hit(NamedTuple):
    """An entry that answers, in its place among the others."""

    key: int
    record: tuple[str, int]
    kind: str
    language: str
    facets: str
    twin: str

    @property
    def place(self) -> Place:
        return (*self.record, self.language)


@dataclass(frozen=True)
class Result:
    """An answer as it is shown; `url` leads to the page and `part_url` to the place of the snippet in it."""

    kind: str
    title: tuple[Piece, ...]
    note: str
    language: str
    url: str
    part_url: str
    snippet: Snippet
    is_other: bool

    @property
    def kind_name(self) -> str:
        return str(kinds()[self.kind].one)

    @property
    def language_name(self) -> str:
        return dict(settings.LANGUAGES)[self.language]

    @property
    def plain_title(self) -> str:
        return "".join(piece.text for piece in self.title)

    @property
    def plain_snippet(self) -> str:
        return "".join(piece.text for piece in self.snippet.pieces)


@dataclass
class Answers:
    """What was found for a question. `own` is in the visitor's language, `other` in the other written form.

    `kinds` and `facets` count what there is before it was narrowed by them; `is_cut` says that there may be
    more than was looked at.
    """

    question: Question
    meant: Meant = field(default_factory=Meant)
    own: list[Hit] = field(default_factory=list)
    other: list[Hit] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)
    facets: Counter[str] = field(default_factory=Counter)
    is_cut: bool = False
    urls: Urls = field(default_factory=dict)

    @property
    def total(self) -> int:
        return len(self.own) + len(self.other)


def find(text: str, shelf: str, kind: str = "", facets: Sequence[str] = ()) -> Answers:
    """Return what answers `text` on a shelf, of one `kind` and with all of `facets` where they are given."""
    question = queries.read(text)
    answers = Answers(question)
    index.catch_up_if_possible()
    if not question.words:
        return answers
    answers.meant = meant_by(question, shelf, synonyms(shelf, generation.current()))
    if not answers.meant.asked:
        return answers
    narrowed = [index.kind_word(shelf, kind)] if kind else []
    narrowed += [index.facet_word(shelf, code) for code in facets]
    keys, answers.is_cut = _keys(answers.meant, shelf, narrowed)
    phrases = [queries.phrase(text, shelf) for text in question.phrases]
    ranked = _ranked(answers.meant, keys, phrases)
    answers.is_cut = answers.is_cut or len(ranked) > MOST_ANSWERS
    hits, answers.urls = _seen(ranked[:MOST_ANSWERS])
    answers.kinds = Counter(h.kind for h in hits if _has(h, "", facets))
    answers.facets = Counter(code for h in hits if _has(h, kind, ()) for code in h.facets.split())
    chosen = [hit for hit in hits if _has(hit, kind, facets)]
    answers.own = [hit for hit in chosen if hit.language == shelf]
    answers.other = [hit for hit in chosen if hit.language != shelf]
    return answers


def _has(hit: Hit, kind: str, facets: Iterable[str]) -> bool:
    return (not kind or hit.kind == kind) and set(facets) <= set(hit.facets.split())


# --- What may answer -----------------------------------------------------------------------------


def _keys(meant: Meant, shelf: str, narrowed: Sequence[str]) -> tuple[list[int], bool]:
    """Return the keys of the entries to look at, and whether there may be others."""
    found, is_cut = _chosen(meant, shelf, [])
    if is_cut and narrowed:
        found |= _chosen(meant, shelf, narrowed)[0]
    return sorted(found), is_cut


def _chosen(meant: Meant, shelf: str, narrowed: Sequence[str]) -> tuple[set[int], bool]:
    """Those with any of the words on a small site. On others those with any of the rarest; and where some
    words are too common for that, those with every word, and those with any in the title."""
    if meant.entries <= FEW:
        whole = AnyOf([_condition(asked, shelf) for asked in meant.asked])
        return set(keys_with(All([whole, *narrowed]), FEW)), False
    by_rarity = sorted(zip(meant.texts, meant.asked, strict=True), key=lambda pair: pair[0])
    rare: list[Condition] = []
    expected = 0
    for texts, asked in by_rarity:
        if expected + texts > MOST and rare:
            break
        rare.append(_condition(asked, shelf))
        expected += texts
    ways: list[Condition] = [AnyOf(rare)]
    is_cut = expected > MOST or len(rare) < len(by_rarity)
    if is_cut:
        all_asked = [asked for _texts, asked in by_rarity]
        ways.append(All([_condition(asked, shelf) for asked in all_asked]))
        ways.append(AnyOf([_title_condition(asked, shelf) for asked in all_asked]))
    found: set[int] = set()
    for way in ways:
        found.update(keys_with(All([way, *narrowed]) if narrowed else way, MOST))
    return found, is_cut


def _condition(asked: ranking.Asked, shelf: str) -> Condition:
    return AnyOf([All([index.word(shelf, s) for s in a.stems]) for a in asked.group.alternatives])


def _title_condition(asked: ranking.Asked, shelf: str) -> Condition:
    return AnyOf(
        [
            All([index.title_word(shelf, one) for s in a.stems for one in stems.singles(s)])
            for a in asked.group.alternatives
        ]
    )


# --- In which order ------------------------------------------------------------------------------


def _ranked(meant: Meant, keys: Sequence[int], phrases: Sequence[Phrase]) -> list[Hit]:
    in_phrases = {stem for phrase in phrases for stem in phrase.stems}
    wanted = {*ranking.stems_of(meant.asked), *in_phrases}
    hits, candidates = {}, []
    for packed, title, worth, *hit in SearchEntry.objects.filter(pk__in=keys).values_list(
        *("weights", "title_stems", "worth"),
        *("pk", "model", "object_id", "kind", "language", "facets", "twin"),
    ):
        key, model, object_id, kind, language, facets, twin = hit
        weights = unpack(bytes(packed), wanted)
        if in_phrases <= weights.keys():
            hits[key] = Hit(key, (model, object_id), kind, language, facets, twin)
            candidates.append(Candidate(key, weights, title, worth))
    ranked = [candidate.key for candidate in ranking.ranked(meant.asked, candidates)]
    return [hits[key] for key in _with_phrases(ranked, phrases)]


def _with_phrases(ranked: Sequence[int], phrases: Sequence[Phrase]) -> Sequence[int]:
    """Return those, of the first, in which each phrase stands word for word."""
    if not phrases:
        return ranked
    looked_at = list(ranked[:_READ_WHOLE])
    found = set()
    rows = SearchEntry.objects.filter(pk__in=looked_at)
    for key, title, passages in rows.values_list("pk", "title", "passages"):
        parts = [title, *(text for passage in passages for text in passage[:2])]
        whole = f" {' | '.join(queries.plain(part) for part in parts)} "
        if all(f" {phrase.text} " in whole for phrase in phrases):
            found.add(key)
    return [key for key in looked_at if key in found]


def _seen(hits: Sequence[Hit]) -> tuple[list[Hit], Urls]:
    """Return those that visitors may see at this moment, the first of each twin; and addresses, where
    telling them costs no more."""
    seen, urls = _visible(hits)
    shown, twins = [], set()
    for hit in hits:
        twin = (hit.language, hit.twin)
        if hit.place in seen and not (hit.twin and twin in twins):
            twins.add(twin)
            shown.append(hit)
    return shown, urls


def _by_model(hits: Iterable[Hit]) -> dict[tuple[str, str], set[int]]:
    found: dict[tuple[str, str], set[int]] = {}
    for hit in hits:
        model, key = hit.record
        found.setdefault((model, hit.language), set()).add(key)
    return found


def _visible(hits: Iterable[Hit]) -> tuple[set[Place], Urls]:
    seen: set[Place] = set()
    urls: Urls = {}
    for (model, language), keys in _by_model(hits).items():
        if len(keys) <= _FEW:
            urls |= _urls_of(model, language, keys)
        else:
            rows = _published(model, language, keys).values_list("pk", flat=True)
            seen |= {(model, key, language) for key in rows}
    return seen | urls.keys(), urls


def _urls_of(model: str, language: str, keys: Iterable[int]) -> Urls:
    records = _published(model, language, keys).for_address()
    return {(model, record.pk, language): url_in(record, language) for record in records}


def _published(model: str, language: str, keys: Iterable[int]):
    rows: Any = model_of(model)._default_manager
    return rows.published().in_language(language).filter(pk__in=sorted(keys)).order_by()


# --- What of it is shown -------------------------------------------------------------------------


def results(answers: Answers, hits: Sequence[Hit]) -> list[Result]:
    """Return these of the answers as they are shown."""
    rows = SearchEntry.objects.defer("weights", "title_stems", "stems", "forms")
    entries = rows.in_bulk([hit.key for hit in hits])
    unknown = [hit for hit in hits if hit.place not in answers.urls]
    for (model, language), keys in _by_model(unknown).items():
        answers.urls |= _urls_of(model, language, keys)
    worth = _worth_of_words(answers.meant)
    words = {hit.language: _words(worth, hit.language) for hit in hits}
    return [
        _result(entries[hit.key], answers.urls[hit.place], words[hit.language])
        for hit in hits
        if hit.key in entries and hit.place in answers.urls
    ]


def _words(worth: Mapping[str, float], language: str) -> Words:
    """Return what tells of a word, as it is written in a text, what it is worth in a snippet."""

    def worth_of(written: str) -> float:
        stem, parts = stems.stem_and_parts(written, language)
        if stem in worth:
            return worth[stem]
        return max((worth[part] for part in parts if part in worth), default=0.0) if parts else 0.0

    return Words(worth_of)


def _result(entry: SearchEntry, url: str, words: Words) -> Result:
    cut = snippet([Passage(*passage) for passage in entry.passages], words)
    return Result(
        kind=entry.kind,
        title=marked(entry.title, words),
        note=entry.note,
        language=entry.language,
        url=f"{url}#{entry.anchor}" if entry.anchor else url,
        part_url=f"{url}#{cut.anchor}" if cut.anchor else "",
        snippet=cut,
        is_other=entry.language != entry.shelf,
    )


def _worth_of_words(meant: Meant) -> dict[str, float]:
    """Return what each stem that was looked for is worth in a snippet."""
    alone: dict[str, float] = {}
    beside: dict[str, float] = {}
    for asked in meant.asked:
        for alternative in asked.group.alternatives:
            for stem in alternative.stems:
                value = asked.rarity * alternative.factor
                singles = stems.singles(stem)
                worth = alone if len(singles) == 1 else beside
                worth |= {one: max(worth.get(one, 0.0), value) for one in singles}
    return {stem: -value for stem, value in beside.items()} | alone
