"""A rate set as a file in the admin: export, upload, a preview of what it changes, and import."""

import hashlib

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pages import publishing, snapshots
from programmes import rate_sheets
from programmes.tools.rates import sheet

_REASONS = {
    sheet.TOO_LARGE: gettext_lazy("The file is too large for a table of rates."),
    sheet.NO_TEXT: gettext_lazy("This is no text file. Save the spreadsheet as CSV."),
    sheet.EMPTY: gettext_lazy("There are no rows in the file."),
    sheet.NO_COLUMNS: gettext_lazy(
        "These columns are missing: %(what)s. Export the table, and write in that file."
    ),
}


class SheetForm(forms.Form):
    """Takes a file that can be read, or the text of one that was shown: `rows` in its cleaned data."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        help_text=gettext_lazy("A CSV file with the same columns as the export."),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )
    text = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)

    def clean(self):
        cleaned = super().clean()
        file = cleaned.get("file")
        content = file.read(sheet.MOST_SIGNS + 1) if file else cleaned.get("text", "").encode()
        if not content:
            self.add_error("file", _("Choose a file."))
            return cleaned
        try:
            cleaned["rows"] = sheet.read(content)
            cleaned["text"] = sheet.text_of(content)
        except sheet.UnreadableError as error:
            self.add_error("file", str(_REASONS[error.reason]) % {"what": error.what})
        return cleaned


class SheetAdmin(admin.ModelAdmin):
    """Adds the two addresses to rate sets. Importing is changing at once, and asks the same rights."""

    def get_urls(self):
        def door(view):
            return self.admin_site.admin_view(view)

        name = "programmes_rateset_{}".format
        return [
            path("<path:object_id>/satser.csv", door(self.export_view), name=name("export")),
            path("<path:object_id>/import/", door(self.import_view), name=name("import")),
            *super().get_urls(),
        ]

    def export_view(self, request, object_id):
        rate_set = self._rate_set(request, object_id)
        name = f"satser-{rate_set.year}-{rate_set.agency}.csv"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        headers["Cache-Control"] = "no-store"
        content = rate_sheets.export(rate_set)
        return HttpResponse(content, content_type="text/csv; charset=utf-8", headers=headers)

    def import_view(self, request, object_id):
        """Show what a file would do; the second button does it, if it would still do the same."""
        rate_set = self._rate_set(request, object_id)
        if not self.has_change_permission(request, rate_set):
            raise PermissionDenied
        is_sent = request.method == "POST"
        form = SheetForm(request.POST, request.FILES) if is_sent else SheetForm()
        found = None
        if form.is_valid():
            rows = form.cleaned_data["rows"]
            if "seen" in request.POST and self._bring_in(request, rate_set, rows):
                url = reverse("admin:programmes_rateset_change", args=[rate_set.pk])
                return HttpResponseRedirect(url)
            found = rate_sheets.preview(rate_set, rows)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Import rates"),
            "subtitle": str(rate_set),
            "opts": self.opts,
            "form": form,
            "rate_set": rate_set,
            "preview": found,
            "text": form.cleaned_data["text"] if found else "",
            "seen": _digest(found) if found else "",
        }
        return TemplateResponse(request, "admin/programmes/rate_sheet.html", context)

    @transaction.atomic
    def _bring_in(self, request, rate_set, rows) -> bool:
        """Import what was shown; nothing if it would now do something else."""
        if _digest(rate_sheets.preview(rate_set, rows)) != request.POST["seen"]:
            text = _("Something has changed since you looked. Nothing is imported: look again.")
            messages.warning(request, text)
            return False
        publishing.note_live(rate_set, snapshots.take(rate_set))
        done = rate_sheets.bring_in(rate_set, rows)
        if not done.does_something:
            return False
        rate_set = self.model._default_manager.get(pk=rate_set.pk)
        publishing.finish(rate_set, request.user, _("Imported from a file"))
        messages.success(
            request,
            _("Imported. Added: %(added)s. Changed: %(changed)s. Removed: %(removed)s.")
            % {
                "added": len(done.added),
                "changed": len(done.changed),
                "removed": len(done.removed),
            },
        )
        return True

    def _rate_set(self, request, object_id):
        rate_set = self.get_object(request, unquote(object_id))
        if rate_set is None:
            raise Http404
        if not self.has_view_or_change_permission(request, rate_set):
            raise PermissionDenied
        return rate_set


def _digest(found: rate_sheets.Preview) -> str:
    return hashlib.sha256(found.told.encode()).hexdigest()[:24]
