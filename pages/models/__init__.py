from pages.models.collage import Collage, CollageImage, load_rows
from pages.models.image import Image
from pages.models.ordered import Ordered
from pages.models.page import Page, Section
from pages.models.publishable import Publishable
from pages.models.seo import SeoMetadata

__all__ = [
    "Collage",
    "CollageImage",
    "Image",
    "Ordered",
    "Page",
    "Publishable",
    "Section",
    "SeoMetadata",
    "load_rows",
]
