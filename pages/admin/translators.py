"""Translators' files in the admin: the list action that exports, and upload, preview and import."""

import hashlib
import io
import zipfile

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pages import packed, xliff
from pages.admin.lists import SoundListAdmin
from pages.importing import Importer, Outcome, language_of
from pages.models import Translated, TranslationFile
from pages.translating import export, translations


class ExportForm(forms.Form):
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Translate to"), widget=forms.CheckboxSelectMultiple
    )
    what = forms.ChoiceField(
        label=gettext_lazy("Which texts"),
        widget=forms.RadioSelect,
        choices=[
            ("lacking", gettext_lazy("Only those that are missing or outdated")),
            ("all", gettext_lazy("All texts")),
        ],
        initial="lacking",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        names = dict(settings.LANGUAGES)
        self.fields["languages"].choices = [(code, names[code]) for code in translations()]
        self.fields["languages"].initial = translations()


class ExportAdmin(admin.ModelAdmin):
    """Adds the list action. For records with words in several languages."""

    def get_actions(self, request):
        """Beside whatever actions the list has; not where it picks a record for another form."""
        actions = super().get_actions(request)
        is_list = IS_POPUP_VAR not in request.GET
        if is_list and self.has_change_permission(request):
            actions["export_translations"] = self.get_action("export_translations")
        return actions

    def changelist_view(self, request, extra_context=None):
        """The way in for what was exported from here stands where the way out is."""
        is_list = IS_POPUP_VAR not in request.GET
        door = reverse("admin:pages_translationfile_add")
        extra = {"import_url": door} if is_list and self.has_change_permission(request) else {}
        return super().changelist_view(request, {**extra, **(extra_context or {})})

    @admin.action(description=gettext_lazy("Export for translation (XLIFF)"))
    def export_translations(self, request, queryset):
        """Ask for languages and texts, then send a file for each language."""
        form = ExportForm(request.POST if "export" in request.POST else None)
        if form.is_valid():
            only_lacking = form.cleaned_data["what"] == "lacking"
            languages = form.cleaned_data["languages"]
            files = {code: export(queryset, code, only_lacking) for code in languages}
            if files := {code: data for code, data in files.items() if b"<trans-unit" in data}:
                return self._sent(files)
            form.add_error(None, _("There is nothing to translate in what you have chosen."))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Export for translation"),
            "opts": self.opts,
            "form": form,
            "count": queryset.count(),
            "selected": request.POST.getlist("_selected_action"),
            "select_across": request.POST.get("select_across", "0"),
        }
        return TemplateResponse(request, "admin/desk/export.html", context)

    def _sent(self, files: dict[str, bytes]) -> HttpResponse:
        stem = f"{self.opts.model_name}-{timezone.localdate():%Y-%m-%d}"
        if len(files) == 1:
            ((code, data),) = files.items()
            return _download(data, f"{stem}-{code}.xlf", "application/x-xliff+xml")
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for code, data in files.items():
                archive.writestr(f"{stem}-{code}.xlf", data)
        return _download(packed.getvalue(), f"{stem}.zip", "application/zip")


def _download(data: bytes, name: str, kind: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(data, content_type=kind, headers=headers)


class UploadForm(forms.Form):
    """Takes a file that can be read; the others are refused with the reason."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "An XLIFF file (.xlf) that was exported from here, or a zip archive of several."
        ),
        widget=forms.FileInput(attrs={"accept": ".zip,.xlf,.xliff,.xml"}),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        try:
            if file.size > xliff.MAX_SIZE:
                raise xliff.too_large()
            self.content = file.read()
            found = packed.read(self.content)
        except xliff.UnreadableError as error:
            raise forms.ValidationError(str(error)) from error
        if not any(part.units for part in found):
            raise forms.ValidationError(_("There are no texts in the file."))
        return file


@admin.register(TranslationFile)
class TranslationFileAdmin(SoundListAdmin):
    """The list of files, where uploading one is adding it, and changing it is importing it."""

    list_display = ("name", "made_at", "made_by", "imported_at")
    actions = None

    # --- Doors: whoever may change anything that is translated ---------------------------------

    def has_module_permission(self, request):
        return self._may_translate(request)

    def has_view_permission(self, request, obj=None):
        return self._may_translate(request) and (obj is None or obj.made_by == request.user)

    has_change_permission = has_view_permission

    def has_add_permission(self, request):
        return self._may_translate(request)

    def has_delete_permission(self, request, obj=None):
        return False

    def _may_translate(self, request) -> bool:
        return any(
            door.has_change_permission(request)
            for model, door in self.admin_site._registry.items()
            if issubclass(model, Translated)
        )

    def get_queryset(self, request):
        """Each sees their own: a file may hold texts that others may not read."""
        return super().get_queryset(request).filter(made_by=request.user).defer("content")

    # --- Upload --------------------------------------------------------------------------------

    def add_view(self, request, form_url="", extra_context=None):
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = UploadForm(request.POST or None, request.FILES or None)
        if form.is_valid():
            TranslationFile.sweep()
            kept = TranslationFile.objects.create(
                name=form.cleaned_data["file"].name[:200],
                content=form.content,
                made_by=request.user,
            )
            return HttpResponseRedirect(self._url(kept))
        return self._page(request, "import", _("Import translations"), {"form": form})

    # --- Preview and import --------------------------------------------------------------------

    def change_view(self, request, object_id, form_url="", extra_context=None):
        kept = self.get_object(request, object_id)
        if kept is None:
            raise Http404
        if not self.has_change_permission(request, kept):
            raise PermissionDenied
        if kept.imported_at:
            return self._page(request, "import_report", _("Imported"), {"file": kept})
        files = packed.read(bytes(kept.content))
        importer = self._importer(request)
        if request.method == "POST" and self._bring_in(request, kept, importer, files):
            return HttpResponseRedirect(self._url(kept))
        outcomes = importer.preview(files)
        names = dict(settings.LANGUAGES)
        context = {
            "file": kept,
            "languages": [names.get(code, code) for code in sorted(set(map(language_of, files)))],
            "outcomes": [(outcome, self._record_url(outcome)) for outcome in outcomes],
            "accepted": sum(len(outcome.accepted) for outcome in outcomes),
            "refused": sum(len(outcome.refused) for outcome in outcomes),
            "records": sum(bool(outcome.accepted) for outcome in outcomes),
            "seen": _digest(outcomes),
        }
        return self._page(request, "import_preview", _("What the file changes"), context)

    @transaction.atomic
    def _bring_in(self, request, kept, importer, files) -> bool:
        """Import what was previewed; nothing if that has changed meanwhile."""
        outcomes = importer.preview(files)
        if _digest(outcomes) != request.POST.get("seen"):
            text = _("Something has changed since you looked. Nothing is imported: look again.")
            messages.warning(request, text)
            return False
        outcomes = importer.bring_in(files)
        kept.content, kept.imported_at, kept.report = b"", timezone.now(), self._report(outcomes)
        kept.save()
        return True

    def _importer(self, request) -> Importer:
        def may_change(record) -> bool:
            door = self.admin_site._registry.get(type(record))
            return door is not None and door.has_change_permission(request, record)

        def keeps_drafts(record) -> bool:
            return getattr(self.admin_site._registry[type(record)], "keeps_drafts", False)

        return Importer(request.user, may_change, keeps_drafts)

    def _report(self, outcomes: list[Outcome]) -> dict:
        done = [outcome for outcome in outcomes if outcome.accepted]
        return {
            "texts": sum(len(outcome.accepted) for outcome in done),
            "records": [
                {
                    "name": outcome.name,
                    "url": self._record_url(outcome),
                    "texts": len(outcome.accepted),
                    "is_direct": outcome.is_direct,
                    "warnings": outcome.warnings,
                }
                for outcome in done
            ],
            "refused": [
                [outcome.name, refusal.label, refusal.language_name, refusal.reason]
                for outcome in outcomes
                for refusal in outcome.refused
            ],
        }

    def _record_url(self, outcome: Outcome) -> str:
        if outcome.record is None:
            return ""
        opts = outcome.record._meta
        name = f"admin:{opts.app_label}_{opts.model_name}_change"
        return reverse(name, args=[outcome.record.pk])

    def _url(self, kept) -> str:
        return reverse("admin:pages_translationfile_change", args=[kept.pk])

    def _page(self, request, template, title, context) -> TemplateResponse:
        common = {**self.admin_site.each_context(request), "title": title, "opts": self.opts}
        return TemplateResponse(request, f"admin/desk/{template}.html", {**common, **context})


def _digest(outcomes: list[Outcome]) -> str:
    """Return what tells one preview from another."""
    shown = [(o.name, o.accepted, o.refused) for o in outcomes]
    return hashlib.sha256(repr(shown).encode()).hexdigest()[:24]
