"""Nothing typed is lost, and nobody writes beside another unknowingly."""

import logging
import secrets
from http import HTTPStatus
from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.core.exceptions import FieldDoesNotExist, PermissionDenied
from django.db import DatabaseError, models
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.text import capfirst, get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pages.admin.mistakes import mistakes
from pages.diffing import readable
from pages.failing import is_disk_full
from pages.keys import key_in
from pages.models import Presence, Revision

logger = logging.getLogger(__name__)

SAVED = "saved_sheets"
# A session holds the names of sheets, not whatever a forged form calls one.
_LONGEST_NAME = 40


class KeepingMixin(admin.ModelAdmin):
    """Gives each form a random name, its sheet, and tells the browser which sheets have been saved.

    The browser (`desk/keep.js`) keeps what is typed until it hears that. Stands before DeskAdmin.
    """

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_presence"
        view = self.admin_site.admin_view(self.presence_view)
        return [path("<path:object_id>/presence/", view, name=name), *super().get_urls()]

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if request.method == "POST" and object_id and not self._exists(request, object_id):
            return self._gone(request, unquote(object_id))
        try:
            response = super().changeform_view(request, object_id, form_url, extra_context)
        except (OSError, DatabaseError) as error:
            if request.method != "POST" or not is_disk_full(error):
                raise
            logger.error("Not saved, since the disk is full: %s", request.path)
            return self.without_room(request, object_id, form_url, extra_context)
        sitting = request.sitting
        if sitting.saved is not None:
            _note_saved(request)
        elif sitting.record is not None and response.status_code == 200:
            Presence.note(sitting.record, request.user)
        return response

    def without_room(self, request, *arguments) -> HttpResponse:
        """Show what was typed again, with the reason why it is not saved."""
        request.POST = request.POST.copy()
        request.POST["_restore"] = "1"
        request.is_disk_full = True
        response = super().changeform_view(request, *arguments)
        response.status_code = HTTPStatus.INSUFFICIENT_STORAGE
        return response

    def render_change_form(self, request, context, *args, **kwargs):
        formsets = [inline.formset for inline in context["inline_admin_formsets"]]
        form = context["adminform"]
        context["mistakes"] = mistakes(form.form, flatten_fieldsets(form.fieldsets), formsets)
        context["sheet"] = request.POST.get("sheet") or secrets.token_urlsafe(12)
        context["files_to_choose"] = _files(request, form.form)
        sitting = getattr(request, "sitting", None)
        if sitting and sitting.record is not None:
            others = _others(request, sitting.record)
            context["presence"] = _sentence(others.names())
            context["presence_url"] = self._presence_url(sitting.record.pk)
        return super().render_change_form(request, context, *args, **kwargs)

    # --- Who else is here --------------------------------------------------------------------

    def presence_view(self, request, object_id):
        """Hear that somebody is still here, or is leaving; tell who else is."""
        if request.method != "POST" or not self.has_view_or_change_permission(request):
            raise PermissionDenied
        key = key_in(unquote(object_id))
        if key is None:
            raise Http404
        row = self.model(pk=key)
        own = Presence.objects.of(row).filter(user=request.user)
        if "leaving" in request.POST:
            own.delete()
            return HttpResponse(status=204)
        if not own.update(seen_at=timezone.now()):
            self._arrive(request, key)
        return JsonResponse({"text": _sentence(_others(request, row).names())})

    def _arrive(self, request, key) -> None:
        record = self.get_object(request, str(key))
        if record is None:
            raise Http404
        if not self.has_view_or_change_permission(request, record):
            raise PermissionDenied
        Presence.note(record, request.user)

    def _presence_url(self, key) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_presence", args=[key])

    # --- What somebody else has deleted ------------------------------------------------------

    def _exists(self, request, object_id) -> bool:
        return self.get_object(request, unquote(object_id)) is not None

    def _gone(self, request, key) -> HttpResponse:
        """The record was deleted while somebody wrote: show what was written, and the way back."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "title": _("This has been deleted"),
            "opts": self.opts,
            "texts": _texts(self.model, request),
            "deletion": self._deletion(key),
            "may_recover": request.user.has_perm("pages.write"),
        }
        return TemplateResponse(request, "admin/desk/gone.html", context, status=410)

    def _deletion(self, key) -> Revision | None:
        row = self.model(pk=key_in(key))
        return Revision.objects.of(row).filter(kind=Revision.Kind.DELETED).first()


def _note_saved(request: HttpRequest) -> None:
    """Have the next page tell the browser that what the form held is saved."""
    if sheet := request.POST.get("sheet", "")[:_LONGEST_NAME]:
        request.session[SAVED] = [*request.session.get(SAVED, [])[-20:], sheet]


def _others(request: HttpRequest, record: models.Model):
    return Presence.objects.of(record).exclude(user=request.user)


def _sentence(names: list[str]) -> str:
    if not names:
        return ""
    text = ngettext(
        "%(who)s has this page open too.", "%(who)s have this page open too.", len(names)
    )
    return text % {"who": get_text_list(names, _("and"))}


def _files(request: HttpRequest, form) -> list[str]:
    """Labels of the files that were chosen: no browser sends a form's files a second time."""
    names = {*request.FILES, *request.POST.getlist("_files")}
    return [str(form[name].label) for name in form.fields if name in names]


def _texts(model: type[models.Model], request: HttpRequest) -> list[tuple[str, str]]:
    """Return what was written in words, as an editor calls it and can read it."""
    pairs = [(_name(model, name), str(text)) for name, text in request.POST.items() if text]
    return [(name, readable(text) if "</" in text else text) for name, text in pairs if name]


def _name(model: type[models.Model], name: str) -> str:
    """Return an editor's name for a field of words, in the form or a row in it; else nothing."""
    relation, _dash, rest = name.partition("-")
    try:
        if rest:
            row, _dash, field = rest.partition("-")
            owner = getattr(model, relation).rel.related_model
            label = _name(owner, field)
            return label and f"{capfirst(str(owner._meta.verbose_name))} {int(row) + 1}: {label}"
        own: Any = model._meta.get_field(name)
    except (AttributeError, FieldDoesNotExist, ValueError):
        return ""
    return capfirst(str(own.verbose_name)) if isinstance(own, _WORDS) else ""


_WORDS = (models.CharField, models.TextField)
