"""Pages of prose at any depth. Included last: whatever has a fixed address comes before."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from pages import views


class SlugPathConverter(StringConverter):
    """Slugs with slashes between them; anything else cannot be a page and is not looked up."""

    regex = r"[-a-z0-9_]+(?:/[-a-z0-9_]+)*"


register_converter(SlugPathConverter, "slugpath")

app_name = "pages"
urlpatterns = [path("<slugpath:path>/", views.page_detail, name="page_detail")]
