"""What every form of the editors has in common."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from js_asset import Media
from modeltranslation.admin import TranslationAdmin
from modeltranslation.utils import get_translation_fields

from pages.admin.desk import DeskAdmin
from pages.admin.feedback import AnsweredMixin
from pages.admin.freshness import FreshnessMixin
from pages.admin.keeping import KeepingMixin
from pages.admin.links import LinkedToMixin
from pages.admin.permissions import RoleMixin
from pages.admin.search_results import SearchResultsMixin
from pages.admin.side_by_side import SideBySideAdmin
from pages.admin.status import StatusMixin
from pages.admin.translators import ExportAdmin
from pages.admin.versions import VersionsAdmin
from pages.languages import languages_of, url_in


class PolicyMixin:
    """Lets the prose editor load under the strict policy, which asks a nonce of its import map."""

    def render_change_form(self, request, context, *args, **kwargs):
        context["media"] = Media.from_media(context["media"], nonce=request.csp_nonce)
        return super().render_change_form(request, context, *args, **kwargs)


class RecordAdmin(PolicyMixin, RoleMixin, KeepingMixin, VersionsAdmin, DeskAdmin):
    """Small records without words in several languages: every change is seen as it is saved."""

    keeps_drafts = False


class EditorAdmin(
    PolicyMixin,
    SideBySideAdmin,
    RoleMixin,
    KeepingMixin,
    ExportAdmin,
    VersionsAdmin,
    DeskAdmin,
    TranslationAdmin,
):
    """All languages of a record on one page."""

    def get_search_fields(self, request):
        """In every language: an editor remembers the words, not which language they were in."""
        translated = self.trans_opts.all_fields
        return [
            column
            for name in super().get_search_fields(request)
            for column in (get_translation_fields(name) if name in translated else [name])
        ]


class PublishableAdmin(
    SearchResultsMixin,
    AnsweredMixin,
    FreshnessMixin,
    StatusMixin,
    LinkedToMixin,
    EditorAdmin,
):
    """Records with a page of their own on the site."""

    has_preview = True
    PUBLICATION: tuple[Any, Any] = (
        _("Publication"),
        {"fields": ("show_from", "withdraw_at", "reason")},
    )
    SEARCH_RESULTS: tuple[Any, Any] = (
        _("In search results"),
        {"classes": ("search-results",), "fields": ("seo_title", "seo_description")},
    )

    def view_on_site(self, obj):
        """The page in the first language it has; none while it has no title."""
        languages = languages_of(obj)
        return url_in(obj, languages[0]) if languages else None
