"""Everything below the board, which stands at this table's root."""

from django.urls import path

from pages.segments import localised
from programmes.tools.deadlines import views

urlpatterns = [
    path("", views.deadlines, name="deadlines"),
    path(localised(nb="alle.ics", en="all.ics"), views.deadlines_file, name="deadlines_file"),
    path(localised(nb="nytt.xml", en="news.xml"), views.deadlines_feed, name="deadlines_feed"),
    path("<int:pk>.ics", views.deadline_file, name="deadline_file"),
    path("<slug:audience>.ics", views.deadlines_file, name="deadlines_file"),
]
