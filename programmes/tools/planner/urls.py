"""Everything below the planner, which stands at this table's root."""

from django.urls import path

from programmes.tools.planner import views

urlpatterns = [
    path("", views.planner, name="planner"),
    path("plan.ics", views.plan_file, name="plan_file"),
]
