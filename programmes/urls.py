"""Everything below the overview, which stands at this table's root."""

from django.urls import path

from programmes import views

app_name = "programmes"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("<slug:slug>/", views.action_detail, name="action_detail"),
    path("<slug:action_slug>/<slug:slug>/", views.measure_detail, name="measure_detail"),
]
