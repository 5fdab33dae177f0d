"""The form as an editor's desk: what is saved becomes a draft, is previewed or is published."""

from contextlib import nullcontext
from datetime import timedelta

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import AdminSplitDateTime
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pages import publishing, snapshots
from pages.admin.deleting import DeletingMixin
from pages.admin.differences import differences
from pages.admin.lists import SoundListAdmin
from pages.admin.permissions import may_write
from pages.admin.sitting import Sitting
from pages.admin.vanished import bring_back_parts
from pages.due import LOOK_AHEAD
from pages.models import PreviewLink, Publishable
from pages.models.publishable import CALENDAR


class MomentField(forms.SplitDateTimeField):
    """A moment in Oslo's time. Refuses, in words, an hour that the clocks skip or repeat."""

    widget = AdminSplitDateTime
    default_validators = [*CALENDAR]

    def compress(self, data_list):
        try:
            return super().compress(data_list)
        except ValidationError as error:
            if "ambiguous_timezone" not in {e.code for e in error.error_list}:
                raise
            raise ValidationError(
                _(
                    "The clocks change that night, and this hour comes twice or not at all. Choose another hour."
                )
            ) from error


class DeskForm(forms.ModelForm):
    """A form that can be refused for a reason that lies outside it, with all that was typed kept."""

    sitting: Sitting | None = None

    show_from = MomentField(
        label=gettext_lazy("Show from"),
        required=False,
        help_text=gettext_lazy(
            "When visitors see this. Empty: at once when you press «Publish». Norwegian time."
        ),
    )
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        required=False,
        max_length=200,
        help_text=gettext_lazy(
            "A word to colleagues, shown in the history. Visitors never see it."
        ),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.sitting is not None:
            self.sitting.form = self
            self.fields["show_from"].initial = self.sitting.planned_for
            self.fields["show_from"].disabled = not self.sitting.may_publish
            if self.sitting.draft:
                self.fields["reason"].initial = self.sitting.draft.reason
        for name in _at_once(self._meta.model) & self.fields.keys():
            # What was shown goes along, so that what another has changed meanwhile is not changed back.
            self.fields[name].show_hidden_initial = True

    def clean(self):
        super().clean()
        if self.sitting and self.sitting.refusal:
            raise ValidationError(self.sitting.refusal, code="refused")
        direct = set(getattr(self._meta.model, "DIRECT", ())) & set(self.changed_data)
        if direct and self.sitting and self.sitting.is_live and self.sitting.wish != "_publish":
            message = _("This cannot wait as a draft. Press «Publish», or leave it as it was.")
            raise ValidationError(dict.fromkeys(direct, message))


class DeskAdmin(DeletingMixin, SoundListAdmin):
    """Base of every form whose content visitors see.

    `keeps_drafts` False: small records whose every change is published as it is saved.
    """

    form = DeskForm
    change_form_template = "admin/desk/change_form.html"
    keeps_drafts = True
    has_preview = False

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        with transaction.atomic() if request.method == "POST" else nullcontext():
            record = self._record_in_turn(request, object_id)
            sitting = request.sitting = Sitting.of(request, record, self.keeps_drafts)
            self._refuse_what_is_not_allowed(request, sitting)
            context = {"desk": sitting, **(extra_context or {})}
            return self._sit(request, sitting, object_id, form_url, context)

    def _record_in_turn(self, request, object_id) -> models.Model | None:
        """Two saves at once take turns, so that the second finds what the first has done."""
        record = self.get_object(request, unquote(object_id)) if object_id else None
        if record is None or request.method != "POST":
            return record
        self._take_turn(record)
        return self.get_object(request, unquote(object_id))

    def _take_turn(self, record) -> None:
        rows = self.model._default_manager.select_for_update().filter(pk=record.pk)
        # By its key: PostgreSQL locks no row whose order asks for another that may be missing.
        rows.order_by("pk").first()

    def _sit(self, request, sitting, object_id, form_url, context) -> HttpResponse:
        changes_rows = request.method == "POST" or sitting.draft
        with transaction.atomic() if changes_rows else nullcontext():
            point = transaction.savepoint() if changes_rows else None
            sitting.bring_in_draft()
            if request.method == "POST" and sitting.record is not None:
                sitting.brought_back = bring_back_parts(sitting.record, request.POST)

            def answer() -> HttpResponse:
                response = super(DeskAdmin, self).changeform_view(
                    request, object_id, form_url, context
                )
                if hasattr(response, "render"):
                    response.render()
                return response

            if sitting.is_outdated:
                self._compare(sitting, answer)
            if sitting.restores:
                sitting.refusal = sitting.refusal or _NOT_SAVED_YET
            response = answer()
            if sitting.saved is not None and not sitting.restores:
                return self._conclude(request, sitting, point, response)
            if point:
                transaction.savepoint_rollback(point)
        return response

    def _refuse_what_is_not_allowed(self, request, sitting) -> None:
        if request.method == "POST" and "_publish" in request.POST and not sitting.may_publish:
            raise PermissionDenied

    @staticmethod
    def _compare(sitting, answer) -> None:
        """Find out where the typed texts differ from what another editor has saved meanwhile."""
        with publishing.rolled_back():
            answer()
            if sitting.saved is None:
                return  # What is wrong in the form itself is told first.
            sitting.conflict = snapshots.changes(sitting.previous, snapshots.take(sitting.saved))
        sitting.saved = None
        if sitting.conflict:
            who, when = sitting.last_by()
            sitting.refusal = _refusal(who, when)

    def may_withdraw(self, record) -> bool:
        return False

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        return type(form.__name__, (form,), {"sitting": getattr(request, "sitting", None)})

    def get_fields(self, request, obj=None):
        """Without drafts there is no moment to choose."""
        fields = super().get_fields(request, obj)
        return [name for name in fields if self.keeps_drafts or name != "show_from"]

    def get_readonly_fields(self, request, obj=None):
        """What changes at once is for those who may publish."""
        fields = super().get_readonly_fields(request, obj)
        if obj is None or request.user.has_perm("pages.publish"):
            return fields
        return [*fields, *getattr(self.model, "DIRECT", ())]

    def save_model(self, request, obj, form, change):
        untouched = _at_once(self.model) & form.fields.keys() - set(form.changed_data)
        if change and untouched:
            now = self.model._default_manager.only(*untouched).get(pk=obj.pk)
            for name in untouched:
                setattr(obj, name, getattr(now, name))
        super().save_model(request, obj, form, change)

    def response_add(self, request, obj, post_url_continue=None):
        request.sitting.saved = obj
        return (
            super().response_add(request, obj, post_url_continue)
            if _is_popup(request)
            else _NOT_YET
        )

    def response_change(self, request, obj):
        request.sitting.saved = obj
        return super().response_change(request, obj) if _is_popup(request) else _NOT_YET

    def delete_model(self, request, obj):
        publishing.delete(obj, request.user)

    def delete_queryset(self, request, queryset):
        for record in queryset:
            publishing.delete(record, request.user)

    # --- What becomes of what was saved ------------------------------------------------------

    def _conclude(self, request, sitting, point, response) -> HttpResponse:
        if not may_write(request.user):
            for part in sitting.brought_back:
                part.delete()
        record = self.model._default_manager.get(pk=sitting.saved.pk)
        data = sitting.form.cleaned_data
        moment, reason = data.get("show_from"), data.get("reason", "")
        # A nearer moment is now: not every process would hear of it in time.
        soon = timezone.now() + timedelta(seconds=LOOK_AHEAD)
        later = moment if moment and moment > soon else None
        if not self.keeps_drafts:
            text = self._publish(request, sitting, record, None, reason)
        elif sitting.wish == "_publish" and not (later and sitting.is_visible):
            text = self._publish(request, sitting, record, later, reason)
        elif sitting.record is not None and sitting.is_live:
            text = self._keep(request, sitting, record, point, later, reason)
        elif isinstance(record, Publishable):
            text = _("Saved. Only editors see it until it is published.")
        else:
            text = self._publish(request, sitting, record, None, reason)
        if _is_popup(request):
            return response
        messages.success(request, text)
        for problem in sitting.problems:
            messages.warning(request, problem)
        return HttpResponseRedirect(self._next(request, sitting, record))

    def _publish(self, request, sitting, record, later, reason) -> str:
        if sitting.live is not None and sitting.is_live:
            publishing.note_live(record, sitting.live)
        if isinstance(record, Publishable) and (not record.publish_at or sitting.awaits):
            record.publish_at = later or timezone.now()
            rows = self.model._default_manager.filter(pk=record.pk)
            rows.update(publish_at=record.publish_at)
        publishing.finish(record, request.user, reason)
        if later:
            return _planned(later)
        return self._with_link(record)

    def _keep(self, request, sitting, record, point, later, reason) -> str:
        snapshot = snapshots.take(record)
        transaction.savepoint_rollback(point)
        plan = later if sitting.wish == "_publish" else None
        draft = publishing.keep_draft(
            sitting.record, sitting.live, snapshot, request.user, plan, reason
        )
        if draft is None:
            return _("Nothing was changed, so there is no draft.")
        if plan:
            return _planned(plan)
        text = _("Kept as a draft. Visitors still see the page as before.")
        had_plan = sitting.draft is not None and sitting.draft.publish_at is not None
        return f"{text} {_PLAN_CANCELLED}" if had_plan else text

    def _with_link(self, record) -> str:
        if not isinstance(record, Publishable):
            return _("Saved. It shows wherever it is used.")
        if not record.is_published:
            return _("Saved, but visitors don't see it: see the moment of withdrawal.")
        url = self.get_view_on_site_url(record)
        text = _("Published. Visitors see it now.")
        return format_html('{} <a href="{}">{}</a>', text, url, _("See the page")) if url else text

    def _next(self, request, sitting, record) -> str:
        info = self.opts.app_label, self.opts.model_name
        if sitting.wish == "_preview":
            return PreviewLink.for_editor(record, request.user).get_absolute_url()
        if "_addanother" in request.POST:
            return reverse("admin:{}_{}_add".format(*info))
        if "_save" in request.POST:
            return reverse("admin:{}_{}_changelist".format(*info))
        return reverse("admin:{}_{}_change".format(*info), args=[record.pk])

    def render_change_form(self, request, context, *args, **kwargs):
        sitting = getattr(request, "sitting", None)
        context |= {"keeps_drafts": self.keeps_drafts, "has_preview": self.has_preview}
        if sitting and sitting.record is not None:
            context["draft_differences"] = (
                differences(self.model, snapshots.changes(sitting.live, sitting.previous))
                if sitting.draft
                else []
            )
            context["conflict"] = differences(self.model, sitting.conflict)
            context["may_withdraw"] = self.may_withdraw(sitting.record)
        return super().render_change_form(request, context, *args, **kwargs)


def _at_once(model) -> set[str]:
    """Names of the fields that are seen as soon as they are changed, but for files, which are sent anew."""
    names = {"position", *getattr(model, "DIRECT", ())}
    return {
        field.name
        for field in model._meta.concrete_fields
        if field.name in names and not isinstance(field, models.FileField)
    }


_NOT_YET = HttpResponse()
_PLAN_CANCELLED = gettext_lazy(
    "It is another change now, so its plan is cancelled: whoever publishes decides the moment anew."
)
_NOT_SAVED_YET = gettext_lazy(
    "What you had typed stands in the form again. It is not saved yet: look it over and press the button as usual."
)


def _is_popup(request) -> bool:
    return "_popup" in request.POST


def _moment(moment) -> str:
    local = timezone.localtime(moment, get_current_timezone())
    return date_format(local, "DATETIME_FORMAT")


def _planned(moment) -> str:
    return _("Planned. Visitors see it from %(moment)s.") % {"moment": _moment(moment)}


def _refusal(who, when) -> str:
    if who is None:
        return _(
            "Not saved: somebody else has changed this since you opened it. Your texts are below, untouched."
        )
    return _(
        "Not saved: %(who)s changed this %(when)s, after you opened it. Your texts are below, untouched."
    ) % {"who": who.get_full_name() or who.get_username(), "when": _moment(when)}
