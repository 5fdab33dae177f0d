"""Translators' files back into records, as drafts of what is live.

An import is tried out on the working copy, the live record with its draft, and rolled back; what it
has changed there becomes the draft. So the preview of an import is the import itself.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from pages import passages, publishing, snapshots, xliff
from pages.diffing import marked
from pages.models import Revision, Translated
from pages.passages import Content
from pages.translating import Text, bring_in_draft, digest_of, key_of, translations

Units = list[xliff.Unit]


@dataclass(frozen=True)
class Proposal:
    """A translation that can be imported. `marked` shows what it changes."""

    label: str
    language: str
    value: str
    marked: str

    @property
    def language_name(self) -> str:
        return dict(settings.LANGUAGES).get(self.language, self.language)


@dataclass(frozen=True)
class Refusal:
    """A translation that cannot, and why. `marked` shows a source that has changed."""

    label: str
    language: str
    reason: str
    marked: str = ""

    @property
    def language_name(self) -> str:
        return dict(settings.LANGUAGES).get(self.language, self.language)


@dataclass
class Outcome:
    """What a file does to one record, or would do. `record` is None where there is none."""

    name: str
    record: Translated | None = None
    accepted: list[Proposal] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    is_direct: bool = False

    def refuse_all(self, reason: str) -> "Outcome":
        self.refused += [Refusal(p.label, p.language, reason) for p in self.accepted]
        self.accepted = []
        return self


class RefusedError(Exception):
    """A translation cannot be imported, for the reason given."""

    def __init__(self, reason: str, marked: str = "") -> None:
        super().__init__(reason)
        self.reason, self.marked = reason, marked


@dataclass(frozen=True)
class Importer:
    """`may_change` and `keeps_drafts` answer for a record: whether `user` may, and whether a draft is kept."""

    user: Any
    may_change: Callable[[Any], bool]
    keeps_drafts: Callable[[Any], bool]

    def preview(self, files: list[xliff.File]) -> list[Outcome]:
        with publishing.rolled_back():
            return self.bring_in(files)

    @transaction.atomic
    def bring_in(self, files: list[xliff.File]) -> list[Outcome]:
        """Import all that can be imported, or nothing if anything goes wrong on the way."""
        by_record: dict[str, list[xliff.File]] = {}
        for file in files:
            by_record.setdefault(file.original, []).append(file)
        return [self._bring_in(key, files) for key, files in by_record.items()]

    def _bring_in(self, key: str, files: list[xliff.File]) -> Outcome:
        record = _record(key)
        if record is None:
            refused = Refusal("", "", _("It has been deleted, or is not of this site."))
            return Outcome(_last_name(key) or key, refused=[refused])
        if not self.may_change(record):
            refused = Refusal("", "", _("You may not change it."))
            return Outcome(str(record), refused=[refused])
        live = snapshots.take(record)
        outcome = Outcome(str(record), record, is_direct=not self.keeps_drafts(record))
        with publishing.rolled_back():
            if not outcome.is_direct:
                bring_in_draft(record)
            _try(record, files, outcome)
            changed = snapshots.take(record)
        if outcome.accepted:
            self._keep(outcome, live, changed)
        return outcome

    def _keep(self, outcome: Outcome, live, changed) -> None:
        record: Any = outcome.record
        record = outcome.record = type(record)._default_manager.get(pk=record.pk)
        if outcome.is_direct:
            publishing.note_live(record, live)
            snapshots.apply(record, live, changed)
            publishing.finish(record, self.user, _("Import of translations"))
            return
        draft = publishing.draft_of(record)
        if draft or publishing.reaches_visitors(record):
            if draft and draft.publish_at:
                outcome.warnings.append(
                    _("Its draft was planned. The plan is cancelled: look, then plan it again.")
                )
            reason = draft.reason if draft else ""
            publishing.keep_draft(record, live, changed, self.user, reason=reason)
        else:
            snapshots.apply(record, live, changed)


def _try(record: Translated, files: list[xliff.File], outcome: Outcome) -> None:
    """Put into the working copy what can be had from `files`."""
    rows = [record, *record.parts()]
    changed: list[tuple[Text, str]] = []
    for file in files:
        language = language_of(file)
        if language not in translations():
            reason = _("The site is not translated from and to these languages.")
            outcome.refused.append(Refusal("", language, reason))
            continue
        for key, units in _by_text(file).items():
            text = _text(rows, key) or _published(rows, key, units[0].digest)
            if text:
                units = [replace(unit, id=unit.id.replace(key, text.id, 1)) for unit in units]
            label = text.label if text else units[0].note or key
            try:
                proposal = _weighed(text, language, units)
            except RefusedError as refused:
                outcome.refused.append(Refusal(label, language, refused.reason, refused.marked))
                continue
            if proposal and text:
                outcome.accepted.append(proposal)
                changed.append((text, language))
                setattr(text.row, f"{text.name}_{language}", proposal.value)
    problems = _save(rows, changed)
    if problems:
        outcome.refuse_all(" ".join(problems))


def _save(rows: list[Translated], changed: list[tuple[Text, str]]) -> list[str]:
    """Save the rows that were changed, or say why they could not stand like that."""
    touched = [row for row in rows if any(text.row is row for text, _language in changed)]
    languages = {language for _text, language in changed}
    problems = [problem for row in touched for problem in _problems(row, languages)]
    if problems:
        return problems
    for text, language in changed:
        text.row.confirm(text.name, language)
    for row in touched:
        row.save()
    return []


def _problems(row: Translated, languages: set[str]) -> list[str]:
    """Return what is wrong with `row` in `languages`; what others have left undone is no hindrance."""
    found: list[str] = []
    for check in (row.clean, row.validate_unique):
        try:
            check()
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                found += messages if name.rpartition("_")[2] in languages else []
    return found


def _weighed(text: Text | None, language: str, units: Units) -> Proposal | None:
    """Return what `units` propose for `text`, None where nobody has worked on it. Raises RefusedError."""
    units = _worked_on(units)
    targets = [unit.target for unit in units]
    if not any(passages.text_of(target).strip() for target in targets):
        return None
    if text is None:
        raise RefusedError(_("This text has been deleted since the export, or was never here."))
    _refuse_stale(text, units)
    targets = _complete(text, units)
    value = text.woven(language, targets)
    old = text.value(language)
    if value == xliff.speakable(old):
        is_judged = not xliff.UNTOUCHED & {unit.state for unit in units}
        if not (is_judged and text.is_stale(language)):
            return None
    elif _came_back_as_it_went(text, language, value, units):
        return None
    _refuse_unlike(text, value, targets)
    try:
        text.column(language).clean(value, text.row)
    except ValidationError as error:
        raise RefusedError(" ".join(error.messages)) from error
    return Proposal(text.label, language, value, marked(old, value, is_prose=text.is_prose))


def _refuse_stale(text: Text, units: Units) -> None:
    now = {text.unit_id(n): p.content for n, p in enumerate(text.prose().passages, 1)}
    same = all(unit.id in now and _plain(now[unit.id]) == _plain(unit.source) for unit in units)
    if same and all(unit.digest in ("", text.digest()) for unit in units):
        return
    exported = "\n".join(passages.text_of(unit.source) for unit in units)
    present = "\n".join(text.prose().texts)
    raise RefusedError(_("The source has changed since the export."), marked(exported, present))


def _worked_on(units: Units) -> Units:
    """Return `units` without the sources that a tool has put into targets that nobody has filled.

    Where the tool tells no states a single such target may be meant so: some words are alike.
    """
    untouched = xliff.UNTOUCHED - {xliff.NEEDS_REVIEW}
    copies = [u.state in untouched and _plain(u.target) == _plain(u.source) for u in units]
    if not all(copies) and all(unit.state in xliff.UNTOUCHED for unit in units):
        return units
    return [
        replace(unit, target=()) if is_copy else unit
        for unit, is_copy in zip(units, copies, strict=True)
    ]


def _came_back_as_it_went(text: Text, language: str, value: str, units: Units) -> bool:
    """Whether only the translation here has changed. Raises RefusedError when both have."""
    exported = {unit.target_digest for unit in units} - {""}
    if exported <= {text.digest(language)}:
        return False
    if exported == {digest_of(value)}:
        return True
    raise RefusedError(
        _("The translation has been changed here since the export."),
        marked(text.value(language), value, is_prose=text.is_prose),
    )


def _refuse_unlike(text: Text, value: str, targets: list[Content]) -> None:
    """Refuse what would say something else on the page than in the file, such as a link within a link."""
    if not text.is_prose:
        return
    found = [passage.content for passage in text.split(value).passages]
    if [*map(_gist, found)] != [*map(_gist, targets)]:
        raise _differing("".join(map(passages.text_of, targets)))


def _gist(content: Content) -> tuple[str, int]:
    return passages.text_of(content), len(passages.worded(content))


def _differing(text: str) -> RefusedError:
    return RefusedError(_("Links, bold or italics differ from the source: «%s»") % text[:80])


def _complete(text: Text, units: Units) -> list[Content]:
    """Return a target for each passage, with the marks that its source has."""
    targets = {unit.id: unit.target for unit in units}
    result = []
    for number, passage in enumerate(text.prose().passages, 1):
        target = targets.get(text.unit_id(number), ())
        if not passages.text_of(target).strip():
            raise RefusedError(_("Only a part of the text is translated."))
        is_marked_alike = passages.marks_of(target) == passages.marks_of(passage.content)
        if not is_marked_alike or passages.worded(passage.content) - passages.worded(target):
            raise _differing(passages.text_of(target))
        result.append(target)
    return result


def _plain(content: Content) -> list[Any]:
    return [xliff.speakable(p) if isinstance(p, str) else (p.number, p.is_end) for p in content]


def _by_text(file: xliff.File) -> dict[str, Units]:
    """Return the units by the text that they are passages of."""
    found: dict[str, Units] = {}
    for unit in file.units:
        found.setdefault(":".join(unit.id.split(":")[:3]), []).append(unit)
    return found


def _text(rows: list[Translated], key: str) -> Text | None:
    row_key, _colon, name = key.rpartition(":")
    row = next((row for row in rows if key_of(row) == row_key), None)
    if row is None or name not in row.tracked_fields():
        return None
    return Text(row, name, row is not rows[0])


def _published(rows: list[Translated], key: str, digest: str) -> Text | None:
    """Return the text that had `key` in a draft: a new part gets another key when it is published."""
    label, _colon, rest = key.partition(":")
    name = rest.rpartition(":")[2]
    texts = (
        Text(row, name, True)
        for row in rows[1:]
        if rest.startswith("-") and key_of(row).startswith(f"{label}:")
    )
    return next((t for t in texts if name in t.row.tracked_fields() and t.digest() == digest), None)


def language_of(file: xliff.File) -> str:
    """Return the site's code of the language that `file` translates to; "nn-NO" is nynorsk too."""
    if file.source_language.lower().partition("-")[0] != settings.LANGUAGE_CODE:
        return f"{file.source_language} → {file.target_language}"
    code = file.target_language.lower()
    return code if code in translations() else code.partition("-")[0]


def _record(key: str) -> Translated | None:
    label, _colon, pk = key.partition(":")
    try:
        model: Any = apps.get_model(label)
    except (LookupError, ValueError):
        return None
    if not issubclass(model, Translated) or not pk.isdecimal() or len(pk) > 18:
        return None
    return model._default_manager.select_for_update().filter(pk=pk).order_by("pk").first()


def _last_name(key: str) -> str:
    """Return what a record was called that is no longer there."""
    label, _colon, pk = key.partition(":")
    app, _dot, model = label.partition(".")
    if not pk.isdecimal() or len(pk) > 18:
        return ""
    kind = {"content_type__app_label": app, "content_type__model": model}
    newest = Revision.objects.filter(**kind, object_id=pk).first()
    return newest.name if newest else ""
