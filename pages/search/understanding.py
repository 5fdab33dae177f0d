"""What is meant by a question, given the words that there are on a shelf."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from django.db.models import Q

from pages.models import SearchForm, SearchStem
from pages.search import queries, spelling, stems
from pages.search.queries import Alternative, Group, Question, Synonyms
from pages.search.ranking import Asked, rarity

# How near a word comes that begins as the one asked for, that is it written in two, or two that it is made of.
_BEGINNING, _IN_ONE, _IN_TWO = 0.6, 0.95, 0.7
_MOST_ENDINGS, _MOST_FORMS = 8, 600
_LEAST_HALF = 3
# How much a word tells that was taken for another: a name of a town is written nowhere either.
_CORRECTED = 0.5


@dataclass
class Meant:
    """`asked` is what to look for, `texts` in how many each thing may stand. `corrected` are pairs of a word
    as it was written and as it was understood, `unknown` are words that stand nowhere. `entries` is how many
    there are on the shelf."""

    asked: list[Asked] = field(default_factory=list)
    texts: list[int] = field(default_factory=list)
    corrected: list[tuple[str, str]] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    entries: int = 0


def meant_by(question: Question, shelf: str, synonyms: Synonyms) -> Meant:
    groups = _with_pairs(queries.groups_of(question.words, shelf, synonyms), shelf)
    counts = _counts(shelf, groups)
    meant = Meant()
    if any(not _texts(group, counts) for group in groups):
        groups = [
            group if _texts(group, counts) else other
            for group, other in zip(
                groups, _others(groups, counts, shelf, synonyms, meant), strict=True
            )
        ]
        counts |= _counts(shelf, groups)
    meant.entries = counts[""]
    for group in groups:
        if texts := _texts(group, counts):
            known = [a for a in group.alternatives if _texts_of(a, counts)]
            meant.texts.append(sum(_texts_of(a, counts) for a in known))
            told = rarity(texts, counts[""]) * group.certainty
            meant.asked.append(Asked(replace(group, alternatives=tuple(known)), told))
        elif group.written not in meant.unknown:
            meant.unknown.append(group.written)
    return meant


def _with_pairs(groups: Sequence[Group], shelf: str) -> list[Group]:
    """Let two words in a row also be found as one: «jobb skygging», «KA 122»."""
    made = [list(group.alternatives) for group in groups]
    for place, (one, other) in enumerate(pairwise(groups)):
        if " " not in one.written and " " not in other.written:
            stem = stems.stem((one.written + other.written)[: stems.LONGEST], shelf)
            for at in (place, place + 1):
                made[at].append(Alternative((stem,), _IN_ONE))
    return [replace(g, alternatives=tuple(a)) for g, a in zip(groups, made, strict=True)]


def _counts(shelf: str, groups: Iterable[Group]) -> dict[str, int]:
    """Return in how many texts each stem stands; under the empty one how many texts there are."""
    wanted = {one for group in groups for a in group.alternatives for one in _singles(a)}
    rows = SearchStem.objects.filter(shelf=shelf, stem__in=[*sorted(wanted), ""], entries__gt=0)
    return {"": 0, **dict(rows.values_list("stem", "entries"))}


def _texts(group: Group, counts: dict[str, int]) -> int:
    """Return in how many texts the thing may stand: by its words alone where there are any such."""
    alone = [a for a in group.alternatives if len(_singles(a)) == 1]
    found = max((_texts_of(alternative, counts) for alternative in alone), default=0)
    return found or max(_texts_of(alternative, counts) for alternative in group.alternatives)


def _texts_of(alternative: Alternative, counts: dict[str, int]) -> int:
    """Return in how many texts it stands at most: pairs of words are not counted."""
    return min(counts.get(stem, 0) for stem in _singles(alternative))


def _singles(alternative: Alternative) -> list[str]:
    return [one for stem in alternative.stems for one in stems.singles(stem)]


# --- Words that stand nowhere --------------------------------------------------------------------


def _others(
    groups: Sequence[Group], counts: dict[str, int], shelf: str, synonyms: Synonyms, meant: Meant
) -> list[Group]:
    """Return for each group that is found nowhere what may be meant by it: a longer word, one that is
    spelt nearly so, or the two that it is made of."""
    unknown = [g.written for g in groups if not _texts(g, counts) and " " not in g.written]
    forms = _forms_like(unknown, shelf)
    halves = _known_halves(unknown, shelf)
    result = []
    for group in groups:
        other = group
        if group.written in unknown:
            other = _other(group, forms, halves, shelf, synonyms, meant)
        result.append(other)
    return result


def _other(
    group: Group,
    forms: Sequence[tuple[str, int]],
    halves: set[str],
    shelf: str,
    synonyms: Synonyms,
    meant: Meant,
) -> Group:
    asked = group.written
    longer = [
        pair for pair in forms if pair[0].startswith(asked) and len(asked) >= spelling.SHORTEST
    ]
    if longer:
        longer.sort(key=lambda pair: (-pair[1], pair[0]))
        found = dict.fromkeys(stems.stem(form, shelf) for form, _texts in longer)
        kept = [Alternative((stem,), _BEGINNING) for stem in list(found)[:_MOST_ENDINGS]]
        return replace(group, alternatives=tuple(kept))
    if len(asked) >= spelling.SHORTEST and asked.isalpha():
        named = ((form, 0) for form in synonyms.forms)
        if near := spelling.nearest(asked, [*forms, *named]):
            meant.corrected.append((asked, near))
            return replace(queries.groups_of([near], shelf, synonyms)[0], certainty=_CORRECTED)
    pairs = [pair for pair in _halves(asked, shelf) if halves.issuperset(pair)]
    return replace(
        group, alternatives=tuple(Alternative(p, _IN_TWO) for p in pairs) or group.alternatives
    )


def _forms_like(unknown: Sequence[str], shelf: str) -> list[tuple[str, int]]:
    """Return the words that any of these may have been meant to be, and in how many texts they stand."""
    long = [form for form in unknown if len(form) >= spelling.SHORTEST]
    if not long:
        return []
    keys = sorted({key for form in long for key in spelling.keys(form)})
    beginnings = sorted({form[: spelling.SHORTEST] for form in long})
    rows = SearchForm.objects.filter(Q(skeleton__in=keys) | Q(beginning__in=beginnings))
    found = rows.filter(shelf=shelf, entries__gt=0).order_by("-entries", "form")
    return list(found.values_list("form", "entries")[:_MOST_FORMS])


def _halves(form: str, shelf: str) -> list[tuple[str, str]]:
    """Return the stems of every two words that `form` may be made of, an s between them left out."""
    found = []
    for place in range(_LEAST_HALF, len(form) - _LEAST_HALF + 1):
        first, second = form[:place], form[place:]
        for other in {second, second.removeprefix("s")}:
            if len(other) >= _LEAST_HALF:
                found.append((stems.stem(first, shelf), stems.stem(other, shelf)))
    return sorted(set(found))


def _known_halves(unknown: Sequence[str], shelf: str) -> set[str]:
    wanted = {stem for form in unknown for pair in _halves(form, shelf) for stem in pair}
    if not wanted:
        return set()
    rows = SearchStem.objects.filter(shelf=shelf, stem__in=sorted(wanted), entries__gt=0)
    return set(rows.values_list("stem", flat=True))
