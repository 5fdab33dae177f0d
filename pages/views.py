"""Pages of prose, and the files of pictures."""

import mimetypes

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from pages.answers import answer, in_same_form
from pages.languages import languages_of, url_in
from pages.models import Address, Page, load_rows
from pages.navigation import crumbs_of_page

mimetypes.add_type("image/avif", ".avif")
mimetypes.add_type("image/webp", ".webp")


@require_safe
def page_detail(request, path):
    pages = Page.objects.visible_to(request.user).in_language().with_content().with_changed_at()
    page = get_object_or_404(pages.with_sources(), path=path)
    load_rows(page.collages)
    return answer(request, "pages/page_detail", {"subject": page, "crumbs": crumbs_of_page(page)})


@require_safe
def reference(request, model, pk):
    """A link as texts hold it: leads to where the record stands, in the first language it has."""
    owners = {model: [int(pk)]}
    for address in Address.objects.of_rows(owners).current().order_by("pk"):
        if record := address.record_for(request.user):
            return redirect(in_same_form(request, url_in(record, languages_of(record)[0])))
    raise Http404


def collage_preview(request, collage):
    """A collage alone, at the widths it has on the site. At no address of its own: editors only."""
    return render(request, "pages/collage_preview.html", {"collage": collage})


@require_safe
def picture_file(request, folder, name):
    """A picture's file. Its name is made from its content, so that it may be kept for ever."""
    try:
        file = default_storage.open(f"{folder}/{name}")
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(file, filename=name)
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
