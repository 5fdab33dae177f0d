from pages.models.address import Address
from pages.models.announced import Announced
from pages.models.collage import Collage, CollageImage, load_rows
from pages.models.dated import Dated
from pages.models.feedback import Feedback
from pages.models.generation import Generation
from pages.models.history import Draft, PreviewLink, Revision
from pages.models.image import Image
from pages.models.link import Link
from pages.models.linked import Linked
from pages.models.ordered import Ordered
from pages.models.page import Page, Section
from pages.models.presence import Presence
from pages.models.publishable import Publishable
from pages.models.search import SearchChange, SearchEntry, SearchForm, SearchState, SearchStem
from pages.models.seo import SeoMetadata
from pages.models.translated import Translated
from pages.models.translation_file import TranslationFile

__all__ = [
    "Address",
    "Announced",
    "Collage",
    "CollageImage",
    "Dated",
    "Draft",
    "Feedback",
    "Generation",
    "Image",
    "Link",
    "Linked",
    "Ordered",
    "Page",
    "Presence",
    "PreviewLink",
    "Publishable",
    "Revision",
    "SearchChange",
    "SearchEntry",
    "SearchForm",
    "SearchState",
    "SearchStem",
    "Section",
    "SeoMetadata",
    "Translated",
    "TranslationFile",
    "load_rows",
]
