"""The whole URL table. Bokmål stands at the root, the other languages below their prefix."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path, re_path

from erasmus_site import views
from erasmus_site.door.address import refuse_to_shadow
from erasmus_site.llms import llms
from pages.discovery.feeds import feed
from pages.discovery.indexnow import key_file
from pages.discovery.sitemaps import sitemap, sitemap_part
from pages.feedback.views import feedback
from pages.models import Page
from pages.previews import preview_frame, shared_preview
from pages.search.views import search
from pages.segments import localised
from pages.views import picture_file, reference
from programmes.models import Action, Measure
from programmes.tools.comparison.views import comparison
from programmes.tools.distances.views import distances
from programmes.tools.eligibility.views import eligibility
from programmes.tools.estimator.packet import packet
from programmes.tools.estimator.views import estimate_table, estimator
from programmes.tools.finder.views import finder
from programmes.tools.glossary.views import glossary
from programmes.tools.rates.views import rates
from programmes.tools.then_and_now.views import then_and_now

# What the sitemap and the feeds list, by the names of its parts.
LISTED = {
    "sections": {
        "pages": Page.objects.all(),
        "actions": Action.objects.all(),
        "measures": Measure.objects.all(),
    }
}

SCHOOLS_AND_KINDERGARTENS = localised(
    nb="for-skole-og-barnehage/",
    nn="for-skule-og-barnehage/",
    en="schools-and-kindergartens/",
)

SEARCH = localised(nb="sok/", nn="sok/", en="search/")
NEWS = localised(nb="nytt.xml", en="news.xml")
FEEDBACK = localised(nb="tilbakemelding/", nn="tilbakemelding/", en="feedback/")

# The teachers' tools: programmes/tools/.
TOOLS: list[URLPattern | URLResolver] = [
    path(localised(nb="finn-tiltak/", en="find-a-measure/"), finder, name="finder"),
    path(
        localised(nb="sammenlign/", nn="samanlikn/", en="compare/"), comparison, name="comparison"
    ),
    path(localised(nb="ordliste/", en="glossary/"), glossary, name="glossary"),
    path(
        localised(nb="frister/", nn="fristar/", en="deadlines/"),
        include("programmes.tools.deadlines.urls"),
    ),
    path(
        localised(nb="planlegger/", nn="planleggjar/", en="planner/"),
        include("programmes.tools.planner.urls"),
    ),
    path(
        localised(nb="hva-gir-det/", nn="kva-gir-det/", en="what-does-it-give/"),
        estimator,
        name="estimator",
    ),
    path(
        localised(
            nb="hva-gir-det/anslag.csv",
            nn="kva-gir-det/anslag.csv",
            en="what-does-it-give/estimate.csv",
        ),
        estimate_table,
        name="estimate_table",
    ),
    path(
        localised(
            nb="hva-gir-det/ark-til-lederen/",
            nn="kva-gir-det/ark-til-leiaren/",
            en="what-does-it-give/page-for-the-head/",
        ),
        packet,
        name="packet",
    ),
    path(localised(nb="satser/", nn="satsar/", en="rates/"), rates, name="rates"),
    path(
        localised(nb="satser/<int:year>/", nn="satsar/<int:year>/", en="rates/<int:year>/"),
        rates,
        name="rate_year",
    ),
    path(localised(nb="avstander/", nn="avstandar/", en="distances/"), distances, name="distances"),
    path(
        localised(nb="for-og-na/", nn="for-og-no/", en="then-and-now/"),
        then_and_now,
        name="then_and_now",
    ),
    path(
        localised(nb="kan-vi-soke/", nn="kan-vi-sokje/", en="can-we-apply/"),
        eligibility,
        name="eligibility",
    ),
]

urlpatterns = [
    path(f"{settings.ADMIN_PATH}konto/", include("erasmus_site.door.urls")),
    path(settings.ADMIN_PATH, admin.site.urls),
    path(".well-known/security.txt", views.security_txt, name="security_txt"),
    path("stil/", views.style_guide, name="style_guide"),
    path("forhandsvisning/<str:token>/", shared_preview, name="shared_preview"),
    path("forhandsvisning/<str:token>/<str:language>/", preview_frame, name="preview_frame"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", sitemap, LISTED, name="sitemap"),
    path("sitemap-<slug:section>-<int:number>.xml", sitemap_part, LISTED, name="sitemap_part"),
    re_path(r"^(?P<key>[A-Za-z0-9-]{8,128})\.txt$", key_file, name="indexnow_key"),
    re_path(
        r"^lenke/(?P<model>[a-z_]+\.[a-z_]+)/(?P<pk>[0-9]{1,18})/$", reference, name="reference"
    ),
    re_path(
        r"^media/(?P<folder>renditions)/(?P<name>[0-9a-f]{16}-[a-z]+-\d+\.(?:avif|webp))$",
        picture_file,
        name="rendition",
    ),
    re_path(
        r"^media/(?P<folder>share)/(?P<name>[0-9a-f]{16}\.jpg)$", picture_file, name="share_card"
    ),
    *i18n_patterns(
        path("", views.home, name="home"),
        path(SEARCH, search, name="search"),
        path(NEWS, feed, LISTED, name="feed"),
        path("llms.txt", llms, name="llms"),
        path("site.webmanifest", views.manifest, name="manifest"),
        path(SCHOOLS_AND_KINDERGARTENS, include("programmes.urls")),
        path(FEEDBACK, feedback, name="feedback"),
        path("", include((TOOLS, "tools"))),
        path("", include("pages.urls")),
        prefix_default_language=False,
    ),
]

# All but the editors' own two.
refuse_to_shadow(settings.ADMIN_PATH, urlpatterns[2:])

handler404 = "pages.lost.not_found"
handler500 = "pages.failing.failed"
handler429 = "erasmus_site.door.views.too_many_tries"
