from pages.admin.collages import CollageAdmin
from pages.admin.feedback import FeedbackAdmin
from pages.admin.images import ImageAdmin
from pages.admin.links import LinkAdmin
from pages.admin.pages import PageAdmin
from pages.admin.people import PersonAdmin, RoleAdmin
from pages.admin.translators import TranslationFileAdmin

__all__ = [
    "CollageAdmin",
    "FeedbackAdmin",
    "ImageAdmin",
    "LinkAdmin",
    "PageAdmin",
    "PersonAdmin",
    "RoleAdmin",
    "TranslationFileAdmin",
]
