"""Actions and measures as they are searched, whom they are for, and what means the same."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from pages.search.queries import Meaning
from pages.search.snippets import Passage
from pages.search.sources import (
    PICTURE,
    PICTURES,
    Facet,
    Kind,
    Searched,
    Source,
    Text,
    Watched,
    about,
    picture_text,
    plain_passage,
    prose_passages,
)
from programmes.models import Action, Audience, FormerName, Measure, Term
from programmes.tools.glossary.synonyms import alike

SYNONYMS = Path(__file__).parent / "seed" / "synonyms" / "words.toml"
# In per cent: who asks wants what can be had today, and history only when nothing else answers as well.
_WORTH_OF_HISTORY = 50
# An action lists its measures, one of which most often is the answer.
_WORTH_OF_ACTIONS = 80
_FEW_PURPOSES = 2
# Another name of a thing says the same, if less than the word that was asked for; what has taken its place
# is seldom quite the same.
_NEARNESS_OF_NAMES, _NEARNESS_OF_TODAY = 0.9, 0.6
_BETWEEN_NAMES = re.compile(r"[,;()]|\b(?:eller|or|og|and)\b")
# A word of the glossary is explained in a sentence; who types it most often wants the page about it.
_WORTH_OF_TERMS = _WORTH_OF_NAMES = 50


def _actions():
    return Action.objects.with_content().prefetch_related("collage__collageimage_set__image")


def _texts_of_action(action: Action) -> Iterator[Text]:
    passages = [
        plain_passage(action.summary),
        *prose_passages(action.introduction),
        *prose_passages(action.body),
        plain_passage(action.management_note),
    ]
    yield Text(
        "action",
        action.heading or action.title,
        passages,
        short=action.title,
        about=about(action),
        worth=_WORTH_OF_ACTIONS,
    )
    pictures = [row.image for row in action.collage.rows] if action.collage else []
    for image in [action.image, *pictures]:
        if image:
            yield from picture_text(image)


def _measures():
    return Measure.objects.select_related("action", "period").prefetch_related(
        "audiences", "purposes"
    )


def _texts_of_measure(measure: Measure) -> Iterator[Text]:
    passages = [plain_passage(measure.summary)]
    passages += [Passage(fact.value, fact.label) for fact in measure.facts]
    for part in measure.guidance:
        passages += prose_passages(part.value, part.label, part.anchor)
    is_past = measure.period.is_past
    purposes = [purpose.title for purpose in measure.purposes.all()]
    # A way to all of them is about none.
    purpose = " ".join(purposes) if len(purposes) <= _FEW_PURPOSES else ""
    yield Text(
        "measure",
        measure.title,
        passages,
        names=f"{measure.form_code} {measure.list_text} {purpose}",
        about=about(measure),
        note=str(measure.period) if is_past else "",
        facets=[_AUDIENCE.code(a.code) for a in measure.audiences.all() if a.code],
        worth=_WORTH_OF_HISTORY if is_past else 100,
    )


def _texts_of_term(term: Term) -> Iterator[Text]:
    language = get_language() or ""
    _title, *others = term.all_names(language)
    yield Text(
        "term",
        term.title,
        [plain_passage(term.definition)],
        names=" ".join(others),
        worth=_WORTH_OF_TERMS,
    )


def _texts_of_former_name(name: FormerName) -> Iterator[Text]:
    today = f"{gettext('Today')}: {name.today}" if name.today else ""
    told = plain_passage(f"{today}\n{name.note or ''}")
    yield Text("former_name", name.title, [told], note=name.years, worth=_WORTH_OF_NAMES)


def _is_seen(name: FormerName) -> bool:
    return True


def _is_published(term: Term) -> bool:
    return term.is_published


def _audiences() -> Iterable[tuple[str, str]]:
    return [(audience.code, audience.title) for audience in Audience.objects.all() if audience.code]


@lru_cache(maxsize=1)
def _written() -> tuple[Meaning, ...]:
    tables = tomllib.loads(SYNONYMS.read_text(encoding="utf-8"))["words"]
    return tuple(
        Meaning(table["say"], table.get("mean", table["say"]), table["nearness"])
        for table in tables
    )


def _synonyms() -> Iterable[Meaning]:
    """Yield what teachers say, and what the programme calls it or once called it."""
    yield from _written()
    for names in alike():
        yield Meaning(names, names, _NEARNESS_OF_NAMES)
    for code, _name in settings.LANGUAGES:
        for old, today in FormerName.objects.pairs(code):
            yield Meaning([old], [old, *_names_in(today)], _NEARNESS_OF_TODAY)


def _names_in(today: str) -> list[str]:
    """Return each of several names that have taken one's place: «KA122 eller KA120 og KA121»."""
    return [name.strip() for name in _BETWEEN_NAMES.split(today) if name.strip()]


_AUDIENCE = Facet("for", _("For whom"), _audiences)

_ACTIONS = Source(
    "programmes.Action",
    {"action": Kind(_("Main action"), _("Main actions")), PICTURE: PICTURES},
    _texts_of_action,
    _actions,
    (
        Watched("programmes.Action"),
        Watched("pages.CollageImage", "collage_id", ("collage",)),
        Watched("pages.Image", "id", ("image", "collage__images")),
    ),
)
_MEASURES = Source(
    "programmes.Measure",
    {"measure": Kind(_("Measure"), _("Measures"))},
    _texts_of_measure,
    _measures,
    (
        Watched("programmes.Measure"),
        Watched("programmes.Measure_audiences", "measure_id"),
        Watched("programmes.Measure_purposes", "measure_id"),
        Watched("programmes.Purpose", "id", ("purposes",)),
        Watched("programmes.Period", "id", ("period",)),
        Watched("programmes.Audience", "id", ("audiences",)),
    ),
)

_TERMS = Source(
    "programmes.Term",
    {"term": Kind(_("Word"), _("Words"))},
    _texts_of_term,
    Term.objects.all,
    (Watched("programmes.Term"),),
    _is_published,
)

_FORMER_NAMES = Source(
    "programmes.FormerName",
    {"former_name": Kind(_("Old name"), _("Old names"))},
    _texts_of_former_name,
    FormerName.objects.all,
    (Watched("programmes.FormerName"),),
    _is_seen,
)

SEARCHED = Searched(
    sources=(_ACTIONS, _MEASURES, _TERMS, _FORMER_NAMES), facets=(_AUDIENCE,), synonyms=(_synonyms,)
)
