"""Which translations are missing, and which were made from a text that has changed since."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from modeltranslation.translator import translator

from pages.models.dated import Dated

# The states of a record or a field in a language, the gravest first.
ABSENT, MISSING, STALE, CURRENT = "absent", "missing", "stale", "current"
STATES = (ABSENT, MISSING, STALE, CURRENT)


class Translated(Dated):
    """Abstract. Remembers, for translations whose source has changed, what they were made from.

    The source is the text in settings.LANGUAGE_CODE. A translation that is changed, or confirmed to
    be right still, counts as made from the source as it then is.

    `PARTS` are related names of the rows that a record owns. `ALL_LANGUAGES` says whether each record
    needs words in all of settings.REQUIRED_LANGUAGES. `UNTRACKED` fields are no translations of each
    other, `OPTIONAL` ones are not missed where they are empty. `WORTH` tells how soon visitors meet the
    records, as a place in a row: the lower, the sooner an editor is asked to translate them.
    """

    PARTS: tuple[str, ...] = ()
    ALL_LANGUAGES = False
    WORTH = 5
    UNSEEN: tuple[str, ...] = ("outdated",)
    UNTRACKED: tuple[str, ...] = ("slug", "path")
    OPTIONAL: tuple[str, ...] = ("seo_title", "seo_description")

    # {language: {field: source text}}; nothing is kept of translations that are current.
    outdated = models.JSONField(default=dict, editable=False)

    class Meta:
        abstract = True

    _confirmed: frozenset[tuple[str, str]] = frozenset()

    @transaction.atomic
    def save(self, *args, takes_stock: bool = True, update_fields=None, **kwargs):
        """Save. With `takes_stock` False `outdated` is stored as it stands, as for a version restored."""
        if takes_stock and self.pk and not self._state.adding:
            self._take_stock(update_fields)
            update_fields = {*update_fields, "outdated"} if update_fields is not None else None
        self._confirmed = frozenset()
        super().save(*args, update_fields=update_fields, **kwargs)

    def confirm(self, field: str, language: str) -> None:
        """Say that a translation is right as it stands; takes hold of the database at the next save."""
        self._confirmed |= {(field, language)}
        self._forget(field, language)

    # --- What there is in a language -----------------------------------------------------------

    @classmethod
    def tracked_fields(cls) -> list[str]:
        fields = translator.get_options_for_model(cls).all_fields
        return [name for name in fields if name not in cls.UNTRACKED]

    @classmethod
    def expected_fields(cls) -> list[str]:
        """Return the fields whose translation is missed where the source has text."""
        return [name for name in cls.tracked_fields() if name not in cls.OPTIONAL]

    def translated(self, field: str, language: str | None) -> str:
        """Return the value of `field` in `language`, empty where there is none."""
        return getattr(self, f"{field}_{language}", None) or ""

    def has_title_in(self, language: str) -> bool:
        return bool(self.translated("title", language))

    @property
    def worth(self) -> int:
        """Return its place among all that should be translated: lower is sooner."""
        return self.WORTH

    @property
    def needs_all_languages(self) -> bool:
        """Whether words are needed in each of settings.REQUIRED_LANGUAGES, or in any one language."""
        return self.ALL_LANGUAGES

    @classmethod
    def needing_all_languages(cls) -> Q:
        """The condition of the same name for rows in the database."""
        return ~Q(pk__in=[]) if cls.ALL_LANGUAGES else Q(pk__in=[])

    def is_wanted_in(self, language: str) -> bool:
        """Whether it is there in `language`, or ought to be."""
        is_required = language in settings.REQUIRED_LANGUAGES and self.needs_all_languages
        return is_required or self.has_title_in(language)

    def state_of(self, field: str, language: str) -> str:
        """Return missing, stale, current, or nothing where no text is and none is missed."""
        if field in self.UNTRACKED:
            return ""
        if self.translated(field, language):
            return STALE if field in self.outdated.get(language, {}) else CURRENT
        source = self.translated(field, settings.LANGUAGE_CODE)
        is_missed = source and field not in self.OPTIONAL and self.is_wanted_in(language)
        return MISSING if is_missed else ""

    def language_state(self, language: str) -> str:
        """Return the state of this row alone: absent, missing, stale or current."""
        if not self.is_wanted_in(language):
            return ABSENT
        found = {self.state_of(name, language) for name in self.tracked_fields()}
        return next(state for state in STATES if state in found or state == CURRENT)

    def whole_state(self, language: str) -> str:
        """Return the gravest state of this row and its parts."""
        own = self.language_state(language)
        if own == ABSENT:
            return own
        return min([own, *(p.language_state(language) for p in self.parts())], key=STATES.index)

    def parts(self) -> Iterator["Translated"]:
        """Yield the rows that this one owns, as far as they have words."""
        for relation in self.parts_with_words() if self.pk else []:
            yield from getattr(self, relation).all()

    @classmethod
    def parts_with_words(cls) -> list[str]:
        """Return those of `PARTS` that are translated too."""
        return [relation for _model, relation, _owner in cls._translated_parts()]

    def fields_in_state(self, state: str, language: str) -> int:
        """Return how many fields, of this row and of its parts, are in `state`."""
        return sum(
            row.state_of(name, language) == state
            for row in (self, *self.parts())
            for name in row.tracked_fields()
        )

    # --- The same as conditions for the database -------------------------------------------------

    @classmethod
    def present_in(cls, language: str) -> Q:
        """Rows that are there in `language`, or ought to be."""
        is_required = language in settings.REQUIRED_LANGUAGES
        title = Q(**{f"title_{language}__gt": ""})
        return title | cls.needing_all_languages() if is_required else title

    @classmethod
    def stale_in(cls, language: str) -> Q:
        """Rows with a stale translation, in themselves or in a part."""
        own = Q(outdated__has_key=language)
        return cls.present_in(language) & cls._or_in_parts(own, lambda part: own)

    @classmethod
    def missing_in(cls, language: str) -> Q:
        """Rows with a missing translation, in themselves or in a part."""
        own = cls._lacking(language)
        return cls.present_in(language) & cls._or_in_parts(own, lambda p: p._lacking(language))

    @classmethod
    def in_state(cls, state: str, language: str) -> Q:
        """Rows whose gravest state is `state`."""
        if state == ABSENT:
            return ~cls.present_in(language)
        missing, stale = cls.missing_in(language), cls.stale_in(language)
        if state == MISSING:
            return missing
        rest = cls.present_in(language) & ~missing
        return rest & stale if state == STALE else rest & ~stale

    @classmethod
    def _lacking(cls, language: str) -> Q:
        lacking = Q(pk__in=[])
        for name in cls.expected_fields():
            empty = Q(**{f"{name}_{language}": ""}) | Q(**{f"{name}_{language}": None})
            lacking |= Q(**{f"{name}_{settings.LANGUAGE_CODE}__gt": ""}) & empty
        return lacking

    @classmethod
    def _or_in_parts(cls, own: Q, condition) -> Q:
        for model, _relation, owner in cls._translated_parts():
            rows = model._default_manager.filter(condition(model), **{owner: OuterRef("pk")})
            own |= Q(Exists(rows))
        return own

    @classmethod
    def _translated_parts(cls) -> Iterator[tuple[type["Translated"], str, str]]:
        for relation in cls.PARTS:
            found: Any = next(
                field
                for field in cls._meta.related_objects
                if field.get_accessor_name() == relation
            )
            if issubclass(found.related_model, Translated):
                yield found.related_model, relation, found.field.name

    # --- Taking stock --------------------------------------------------------------------------

    def _take_stock(self, update_fields) -> None:
        """Bring `outdated` in line with what this save changes of the row as it is in the database.

        The row and not this object tells what was before: another may have changed it since it was read.
        """
        columns = [f"{f}_{code}" for f in self.tracked_fields() for code in _languages()]
        rows: Any = type(self)._base_manager.select_for_update().filter(pk=self.pk)
        # By its key: PostgreSQL locks no row whose order asks for another that may be missing.
        row = rows.order_by("pk").values("outdated", *columns).first()
        if row is None:
            return
        self.outdated = row["outdated"]
        before = {name: row[name] or "" for name in columns}
        now = {**before, **self._written(columns, update_fields)}
        for field in self.tracked_fields():
            for language in _translations():
                self._weigh(field, language, before, now)
        for field, language in self._confirmed:
            self._forget(field, language)

    def _written(self, columns: list[str], update_fields) -> dict[str, str]:
        """Return those of `columns` that this save writes, as they will be in the database."""
        left_out = self.get_deferred_fields()
        return {
            name: _column(self, name).get_prep_value(getattr(self, name)) or ""
            for name in columns
            if name not in left_out
            and (update_fields is None or {name, name.rpartition("_")[0]} & set(update_fields))
        }

    def _weigh(self, field: str, language: str, before: dict, now: dict) -> None:
        source, column = f"{field}_{settings.LANGUAGE_CODE}", f"{field}_{language}"
        made_from = self.outdated.get(language, {}).get(field, before[source])
        is_new = not now[column] or now[column] != before[column]
        if is_new or now[source] == made_from:
            self._forget(field, language)
        else:
            self.outdated.setdefault(language, {})[field] = made_from

    def _forget(self, field: str, language: str) -> None:
        remembered = self.outdated.get(language, {})
        remembered.pop(field, None)
        if not remembered:
            self.outdated.pop(language, None)


def _column(row: models.Model, name: str) -> Any:
    return row._meta.get_field(name)


def _languages() -> list[str]:
    return [code for code, _name in settings.LANGUAGES]


def _translations() -> list[str]:
    return [code for code in _languages() if code != settings.LANGUAGE_CODE]
