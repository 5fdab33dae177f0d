"""The whole URL table. Bokmål stands at the root, the other languages below their prefix."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path, re_path

from erasmus_site import views
from pages.segments import localised
from pages.sitemaps import page_sitemap
from pages.views import rendition
from programmes.sitemaps import action_sitemap, measure_sitemap

SITEMAPS = {"pages": page_sitemap, "actions": action_sitemap, "measures": measure_sitemap}

SCHOOLS_AND_KINDERGARTENS = localised(
    nb="for-skole-og-barnehage/",
    nn="for-skule-og-barnehage/",
    en="schools-and-kindergartens/",
)

urlpatterns = [
    path("admin/", admin.site.urls),
    path("stil/", views.style_guide, name="style_guide"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    re_path(
        r"^media/renditions/(?P<name>[0-9a-f]{16}-[a-z]+-\d+\.(?:avif|webp))$",
        rendition,
        name="rendition",
    ),
    *i18n_patterns(
        path("", views.home, name="home"),
        path(SCHOOLS_AND_KINDERGARTENS, include("programmes.urls")),
        path("", include("pages.urls")),
        prefix_default_language=False,
    ),
]
