"""The list of links, and which records link to one that is about to go."""

from django.apps import apps
from django.conf import settings
from django.contrib import admin, messages
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pages.admin.lists import SoundListAdmin
from pages.link_check import Use, links_to, refresh
from pages.models import Link


def edit_url(model: str, pk: int) -> str:
    """Return the address of a record's form, empty where it has none."""
    try:
        return reverse(f"admin:{model.replace('.', '_')}_change", args=[pk])
    except NoReverseMatch:
        return ""


@admin.register(Link)
class LinkAdmin(SoundListAdmin):
    """Dead ones first. What is shown is what texts hold at this moment."""

    list_display = ("address_link", "answer", "stands_in", "is_alive", "checked_at")
    list_display_links = None
    list_filter = ("is_dead", "is_internal")
    search_fields = ("address",)

    def changelist_view(self, request, extra_context=None):
        refresh()
        return super().changelist_view(request, extra_context)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=_("address"), ordering="address")
    def address_link(self, link):
        return format_html('<a href="{}" rel="noreferrer">{}</a>', link.address, link.address)

    @admin.display(description=_("alive"), boolean=True, ordering="is_dead")
    def is_alive(self, link):
        return None if link.checked_at is None else not link.is_dead

    @admin.display(description=_("answer"))
    def answer(self, link):
        return link.told

    @admin.display(description=_("stands in"))
    def stands_in(self, link):
        return format_html_join(
            "", "<div>{}</div>", ((_place(Use(link.address, **use)),) for use in link.uses)
        )


def _place(use: Use) -> str:
    label, _dot, name = use.field.rpartition(".")
    field = apps.get_model(label)._meta.get_field(name).verbose_name  # type: ignore[union-attr]
    url = edit_url(use.model, use.pk)
    title = format_html('<a href="{}">{}</a>', url, use.title) if url else use.title
    language = dict(settings.LANGUAGES).get(use.language, "")
    return format_html("{}: {}{}", title, field, f", {language}" if language else "")


class LinkedToMixin:
    """Tells an editor who is about to delete a record which texts link to it."""

    def get_deleted_objects(self, objs, request):
        if request.method == "GET" or not request.POST.get("post"):
            for record in objs:
                warn_of_links(request, record)
        return super().get_deleted_objects(objs, request)  # type: ignore[misc]


def warn_of_links(request, record) -> None:
    """Show a warning with links to the forms of the records whose texts link to `record`."""
    if places := {(use.model, use.pk): use for use in links_to(record)}:
        forms = format_html_join(
            ", ", '<a href="{}">{}</a>', ((edit_url(*key), u.title) for key, u in places.items())
        )
        words = gettext("These link to “%(title)s” and will have a dead link: ")
        messages.warning(request, format_html("{}{}", words % {"title": record}, forms))
