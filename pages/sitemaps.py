"""The sitemap of whatever is publishable; the URL table gathers one per kind."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet

from pages.languages import languages_of
from pages.models import Page


class PublishableSitemap(Sitemap):
    """Lists each published row once per language it has, with its alternates."""

    i18n = True
    alternates = True
    x_default = True

    def __init__(self, queryset: QuerySet):
        self.queryset = queryset

    def items(self):
        return self.queryset.published().order_by("pk")

    def get_languages_for_item(self, item):
        return languages_of(item)

    def lastmod(self, item):
        return item.updated_at

    # The configured origin, not the host that a request happened to name.
    def get_domain(self, site=None):
        return urlsplit(settings.SITE_URL).netloc

    def get_protocol(self, protocol=None):
        return urlsplit(settings.SITE_URL).scheme


page_sitemap = PublishableSitemap(Page.objects.all())
