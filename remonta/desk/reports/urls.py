"""Figures."""

from django.urls import path

from remonta.desk.reports import views

urlpatterns = [
    path("reports/", views.overview_page, name="reports"),
    path("reports/<slug:name>/", views.report_page, name="report"),
]
