"""What can be done with a record besides saving it: preview, plans, withdrawal, history, recovery."""

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from pages import publishing, snapshots
from pages.admin.differences import differences
from pages.admin.links import warn_of_links
from pages.models import PreviewLink, Publishable, Revision

VERSIONS_PER_PAGE = 20


class VersionsAdmin(admin.ModelAdmin):
    """Adds the pages and buttons for a record's versions. Every button is a POST of its own."""

    object_history_template = "admin/desk/history.html"
    has_preview = False
    keeps_drafts = True

    def get_urls(self):
        def named(name):
            return f"{self.opts.app_label}_{self.opts.model_name}_{name}"

        def door(view):
            return self.admin_site.admin_view(view)

        return [
            path("deleted/", door(self.deleted_view), name=named("deleted")),
            path("version/<int:key>/restore/", door(self.restore_view), name=named("restore")),
            path("version/<int:key>/label/", door(self.label_view), name=named("label")),
            path("<path:object_id>/preview/", door(self.preview_view), name=named("preview")),
            path("<path:object_id>/unshare/", door(self.unshare_view), name=named("unshare")),
            path("<path:object_id>/discard/", door(self.discard_view), name=named("discard")),
            path("<path:object_id>/unplan/", door(self.unplan_view), name=named("unplan")),
            path("<path:object_id>/withdraw/", door(self.withdraw_view), name=named("withdraw")),
            *super().get_urls(),
        ]

    def changelist_view(self, request, extra_context=None):
        door = {"deleted_url": self._url("deleted")} if self._may_restore(request) else {}
        return super().changelist_view(request, {**door, **(extra_context or {})})

    # --- Buttons on the form -----------------------------------------------------------------

    def preview_view(self, request, object_id):
        """Open the preview of the draft, or of the record as it is, under an address to share."""
        record = self._record(request, object_id)
        if not self.has_preview:
            raise Http404
        return HttpResponseRedirect(PreviewLink.for_editor(record, request.user).get_absolute_url())

    def unshare_view(self, request, object_id):
        """Make every address that the record was shared under stop working."""
        record = self._for_writing(request, object_id)
        PreviewLink.objects.of(record).delete()
        messages.success(request, _("The shared address no longer works."))
        return self._back(record)

    def discard_view(self, request, object_id):
        """Put the draft away; the history keeps what it said."""
        record = self._for_writing(request, object_id)
        draft = publishing.draft_of(record)
        if draft:
            publishing.discard(draft, request.user)
            messages.success(request, _("The draft is put away. The history keeps it."))
        return self._back(record)

    def unplan_view(self, request, object_id):
        """Cancel the moment; the change itself stays a draft."""
        record = self._for_publishing(request, object_id)
        publishing.unplan(record)
        messages.success(request, _("The plan is cancelled. The draft is still here."))
        return self._back(record)

    def withdraw_view(self, request, object_id):
        record = self._for_publishing(request, object_id)
        if not self.may_withdraw(record):
            raise Http404
        publishing.withdraw(record, request.user)
        warn_of_links(request, record)
        messages.success(request, _("Withdrawn. Visitors no longer see it; nothing is deleted."))
        return self._back(record)

    def may_withdraw(self, record) -> bool:
        return isinstance(record, Publishable) and record.is_published

    # --- History -----------------------------------------------------------------------------

    def history_view(self, request, object_id, extra_context=None):
        """Who changed what, when and why, with each version against the one before it."""
        record = self.get_object(request, unquote(object_id))
        if record is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_or_change_permission(request, record):
            raise PermissionDenied
        page = Paginator(Revision.objects.of(record).select_related("made_by"), VERSIONS_PER_PAGE)
        revisions = page.get_page(request.GET.get("p"))
        context = {
            **self.admin_site.each_context(request),
            "title": _("History: %s") % record,
            "opts": self.opts,
            "object": record,
            "versions": [(revision, self._steps(revision)) for revision in revisions],
            "page": revisions,
            "may_restore": self._may_restore(request),
        }
        return TemplateResponse(request, self.object_history_template, context)

    def _steps(self, revision):
        """Return the differences between a version and the one before it, none for the first."""
        older = Revision.objects.filter(
            content_type=revision.content_type, object_id=revision.object_id
        ).exclude(kind=Revision.Kind.DISCARDED)
        previous = older.filter(made_at__lt=revision.made_at).first()
        if previous is None:
            return []
        changes = snapshots.changes(previous.snapshot, revision.snapshot)
        return differences(self.model, changes)

    def restore_view(self, request, key):
        """Bring an old version back: as a draft of a live record, unpublished where it was deleted."""
        revision = self._revision(request, key)
        try:
            record, problems = publishing.restore(revision, request.user, self.keeps_drafts)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return HttpResponseRedirect(self._url("deleted"))
        for problem in problems:
            messages.warning(request, problem)
        messages.success(request, self._brought_back())
        return self._back(record)

    def _brought_back(self) -> str:
        if not self.keeps_drafts:
            return _("Saved. It shows wherever it is used.")
        return _("Brought back where only editors see it. Look, then publish.")

    def label_view(self, request, key):
        """Give a version a name, so that it is kept for ever; an empty one takes the name away."""
        revision = self._revision(request, key)
        # A form's field would refuse the sign that no database keeps.
        label = request.POST.get("label", "").replace("\0", "")
        Revision.objects.filter(pk=key).update(label=label[:80].strip())
        return HttpResponseRedirect(self._url("history", revision.object_id))

    def deleted_view(self, request):
        """What was deleted and can be recovered."""
        if not self._may_restore(request):
            raise PermissionDenied
        rows = self.model._default_manager.filter(pk=OuterRef("object_id"))
        newest = Revision.objects.filter(
            content_type__app_label=self.opts.app_label,
            content_type__model=self.opts.model_name,
            kind=Revision.Kind.DELETED,
        )
        context = {
            **self.admin_site.each_context(request),
            "title": _("Deleted: %s") % self.opts.verbose_name_plural,
            "opts": self.opts,
            "versions": newest.filter(~Exists(rows)).select_related("made_by")[:200],
        }
        return TemplateResponse(request, "admin/desk/deleted.html", context)

    # --- Doors -------------------------------------------------------------------------------

    def _record(self, request, object_id):
        record = self.get_object(request, unquote(object_id))
        if record is None:
            raise Http404
        if not self.has_view_or_change_permission(request, record):
            raise PermissionDenied
        return record

    def _for_writing(self, request, object_id):
        return self._if_posted(request, object_id, "pages.write")

    def _for_publishing(self, request, object_id):
        return self._if_posted(request, object_id, "pages.publish")

    def _if_posted(self, request, object_id, permission):
        record = self._record(request, object_id)
        if request.method != "POST" or not request.user.has_perm(permission):
            raise PermissionDenied
        if not self.has_change_permission(request, record):
            raise PermissionDenied
        return record

    def _revision(self, request, key) -> Revision:
        revision = Revision.objects.filter(
            pk=key,
            content_type__app_label=self.opts.app_label,
            content_type__model=self.opts.model_name,
        ).first()
        if revision is None:
            raise Http404
        if request.method != "POST" or not self._may_restore(request):
            raise PermissionDenied
        return revision

    def _may_restore(self, request) -> bool:
        return request.user.has_perm("pages.write") and self.has_change_permission(request)

    def _url(self, name, *args) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{name}", args=args)

    def _back(self, record) -> HttpResponseRedirect:
        return HttpResponseRedirect(self._url("change", record.pk))
