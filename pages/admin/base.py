"""What every form of the editors has in common."""

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from js_asset import Media
from modeltranslation.admin import TranslationAdmin

from pages.languages import languages_of, url_in


class PolicyMixin:
    """Lets the prose editor load under the strict policy, which asks a nonce of its import map."""

    def render_change_form(self, request, context, *args, **kwargs):
        context["media"] = Media.from_media(context["media"], nonce=request.csp_nonce)
        return super().render_change_form(request, context, *args, **kwargs)


class EditorAdmin(PolicyMixin, TranslationAdmin):
    """All languages of a record on one page."""

    save_on_top = True


class PublishableAdmin(EditorAdmin):
    """Records with a page of their own on the site."""

    PUBLICATION: tuple[Any, Any] = (_("Publication"), {"fields": ("publish_at", "withdraw_at")})
    SEARCH_RESULTS: tuple[Any, Any] = (
        _("In search results"),
        {"classes": ("collapse",), "fields": ("seo_title", "seo_description")},
    )

    @admin.display(boolean=True, description=_("on the site now"))
    def is_published(self, obj):
        return obj.is_published

    @admin.display(description=_("languages"))
    def languages(self, obj):
        return ", ".join(languages_of(obj))

    def view_on_site(self, obj):
        """The page in the first language it has; none while it has no title."""
        languages = languages_of(obj)
        return url_in(obj, languages[0]) if languages else None
