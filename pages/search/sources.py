"""What is searched: apps say it of their models.

A source turns a record into texts, in the active language. `watched` tells which rows it reads for that,
so that a change of any of them is noticed.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from pages.excerpts import blocks_of_plain, blocks_of_prose, joined
from pages.models import Image, SeoMetadata
from pages.questions import anchor_of, is_question
from pages.search.queries import Meaning, Synonyms, synonyms_of
from pages.search.snippets import Passage

PICTURE, QUESTION = "picture", "question"
# A picture shows what a text tells.
_PICTURE_WORTH = 45
_HEADING = re.compile(r"<h3>(.*?)</h3>", re.DOTALL)


@dataclass(frozen=True)
class Text:
    """What is found: a record, or a part of it with a title of its own, in one language.

    `short` is what it is called where the title has no room, `names` what else it is called, `about` what editors tell result lists of it: both are searched and not
    shown. `note` stands beside the kind. Of
    several with the same `twin` one is shown. `worth` is in per cent.
    """

    kind: str
    title: str
    passages: Sequence[Passage] = ()
    short: str = ""
    names: str = ""
    about: str = ""
    note: str = ""
    anchor: str = ""
    twin: str = ""
    facets: Sequence[str] = ()
    worth: int = 100


class Kind(NamedTuple):
    """What an answer is, and what several of it are called."""

    one: str | Promise
    many: str | Promise


PICTURES = Kind(_("Picture"), _("Pictures"))
QUESTIONS = Kind(_("Question"), _("Questions"))


class Watched(NamedTuple):
    """Rows that texts are made from: of `model`, where `column` holds what `leads` look records up by."""

    model: str
    column: str = "id"
    leads: tuple[str, ...] = ("pk",)

    @property
    def table(self) -> str:
        return model_of(self.model)._meta.db_table

    @property
    def label(self) -> str:
        return f"{self.table}.{self.column}"


def is_or_will_be_published(record: Any) -> bool:
    """Whether a visitor sees it, or will without its being changed. Whether now is asked at each search."""
    is_over = record.withdraw_at is not None and record.withdraw_at <= timezone.now()
    return record.publish_at is not None and not is_over


@dataclass(frozen=True)
class Source:
    """Records of one model. `kinds` names what its texts are, as visitors choose among them.

    The model's queryset answers to `published`, `in_language` and `for_address`, its records to
    `exists_in`. `is_for_visitors` tells which of them are read at all.
    """

    model: str
    kinds: Mapping[str, Kind]
    texts: Callable[[Any], Iterable[Text]]
    records: Callable[[], models.QuerySet]
    watched: tuple[Watched, ...] = field(default_factory=tuple)
    is_for_visitors: Callable[[Any], bool] = is_or_will_be_published

    @property
    def rows(self) -> Any:
        """The model's own queryset, which knows what is published and where it stands."""
        return model_of(self.model)._default_manager.all()


@dataclass(frozen=True)
class Facet:
    """Something that answers are narrowed by: `name` is its parameter, `options` its values and their words."""

    name: str
    label: str | Promise
    options: Callable[[], Iterable[tuple[str, str]]]

    def code(self, value: str) -> str:
        return f"{self.name}:{value}"


@dataclass(frozen=True)
class Searched:
    """What an app says of the search; settings.SEARCHED names one of each app."""

    sources: tuple[Source, ...] = ()
    facets: tuple[Facet, ...] = ()
    synonyms: tuple[Callable[[], Iterable[Meaning]], ...] = ()


def model_of(label: str) -> type[models.Model]:
    """Return the model, also one of a many-to-many relation, by its label."""
    return apps.get_model(label)


@lru_cache(maxsize=1)
def _searched() -> tuple[Searched, ...]:
    return tuple(import_string(path) for path in settings.SEARCHED)


def sources() -> list[Source]:
    return [source for of_app in _searched() for source in of_app.sources]


def facets() -> list[Facet]:
    return [facet for of_app in _searched() for facet in of_app.facets]


def kinds() -> dict[str, Kind]:
    """Return every kind of answer there can be."""
    return {code: name for source in sources() for code, name in source.kinds.items()}


_known: dict[str, tuple[str, Synonyms]] = {}


def synonyms(language: str, generation: str) -> Synonyms:
    """Return what means the same, asked for once in each generation of the content."""
    known = _known.get(language)
    if known is None or known[0] != generation:
        meanings = [m for of_app in _searched() for make in of_app.synonyms for m in make()]
        known = _known[language] = (generation, synonyms_of(meanings, language))
    return known[1]


def plain_passage(text: str, heading: str = "") -> Passage:
    """Return a field without markup as a passage."""
    return Passage(joined(blocks_of_plain(text or "")), heading)


def prose_passages(html: str, heading: str = "", anchor: str = "") -> list[Passage]:
    """Return body text as passages, one below each of its headings."""
    return [p for p in _parts(html, heading, anchor) if p.text or p.heading]


def question_texts(html: str, note: str, heading: str = "", anchor: str = "") -> Iterator[Text]:
    """Yield each heading that asks something, with its answer, as what is found by itself.

    `note` says where it stands. The section's own heading is reached by the section's anchor.
    """
    for place, passage in enumerate(_parts(html, heading, anchor)):
        if passage.text and is_question(passage.heading):
            own = anchor_of(passage.heading, anchor) if place else anchor
            answer = [Passage(passage.text)]
            yield Text(QUESTION, passage.heading, answer, note=note, anchor=own)


def _parts(html: str, heading: str, anchor: str) -> list[Passage]:
    """Return what stands before the first heading in `html`, then what stands below each."""
    first, *rest = _HEADING.split(html or "")
    titles = [heading, *(joined(blocks_of_prose(title)) for title in rest[::2])]
    return [
        Passage(joined(blocks_of_prose(part)), title, anchor)
        for title, part in zip(titles, [first, *rest[1::2]], strict=True)
    ]


def about(record: SeoMetadata) -> str:
    """Return what editors have written for result lists."""
    return f"{record.seo_title or ''} {record.seo_description or ''}"


def picture_text(image: Image, anchor: str = "", kind: str = PICTURE) -> list[Text]:
    """Return the caption of a picture, where it has one: what is seen in it is its text."""
    if not image.caption:
        return []
    twin = f"{image._meta.label_lower}:{image.pk}"
    seen = [Passage(image.alt)]
    return [Text(kind, image.caption, seen, anchor=anchor, twin=twin, worth=_PICTURE_WORTH)]
