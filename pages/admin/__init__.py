from pages.admin.collages import CollageAdmin
from pages.admin.images import ImageAdmin
from pages.admin.pages import PageAdmin

__all__ = ["CollageAdmin", "ImageAdmin", "PageAdmin"]
