"""Actions and measures in the sitemap."""

from pages.sitemaps import PublishableSitemap
from programmes.models import Action, Measure

action_sitemap = PublishableSitemap(Action.objects.all())
measure_sitemap = PublishableSitemap(Measure.objects.select_related("action"))
