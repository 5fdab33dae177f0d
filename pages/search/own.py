"""Pages of prose, as they are searched, and the captions of the pictures on them."""

from collections.abc import Iterator

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from pages.models import CollageImage, Page
from pages.search.sources import (
    PICTURE,
    PICTURES,
    QUESTION,
    QUESTIONS,
    Kind,
    Searched,
    Source,
    Text,
    Watched,
    about,
    picture_text,
    plain_passage,
    prose_passages,
    question_texts,
)

SEARCH = "search"
# In per cent: a page that lists others is seldom itself the answer.
_WORTH_OF_LISTS = 75


def _records():
    return Page.objects.with_content().prefetch_related(
        "sections__collage__collageimage_set__image"
    )


def _texts(page: Page) -> Iterator[Text]:
    if page.route == SEARCH:
        # Who searches is there already.
        return
    passages = [plain_passage(page.lead), *prose_passages(page.body)]
    for section in page.sections.all():
        passages += prose_passages(section.body, section.heading, section.anchor)
    yield Text("page", page.title, passages, about=about(page), worth=_worth(page))
    yield from question_texts(page.body, page.title)
    for section in page.sections.all():
        yield from question_texts(section.body, page.title, section.heading, section.anchor)
    if page.image:
        yield from picture_text(page.image)
    for section in page.sections.all():
        rows: list[CollageImage] = list(section.collage.rows) if section.collage else []
        for row in rows:
            yield from picture_text(row.image, section.anchor)


def _worth(page: Page) -> int:
    return _WORTH_OF_LISTS if page.route in settings.ROUTES_LIST else 100


_PAGES = Source(
    "pages.Page",
    {"page": Kind(_("Page"), _("Pages")), QUESTION: QUESTIONS, PICTURE: PICTURES},
    _texts,
    _records,
    (
        Watched("pages.Page"),
        Watched("pages.Section", "page_id"),
        Watched("pages.CollageImage", "collage_id", ("sections__collage",)),
        Watched("pages.Image", "id", ("image", "sections__collage__images")),
    ),
)

SEARCHED = Searched(sources=(_PAGES,))
