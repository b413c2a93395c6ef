"""Imports."""

from django.urls import path

from remonta.desk.imports import rows, views

urlpatterns = [
    path("imports/", views.imports, name="imports"),
    path("imports/new/", views.new_import, name="import-new"),
    path("imports/<uuid:uid>/", views.import_view, name="import"),
    path("imports/<uuid:uid>/state/", views.state, name="import-state"),
    path("imports/<uuid:uid>/mapping/", views.mapping, name="import-mapping"),
    path("imports/<uuid:uid>/mapping.json", views.mapping_file, name="import-mapping-file"),
    path("imports/<uuid:uid>/move/", views.move, name="import-move"),
    path("imports/<uuid:uid>/rows/", rows.rows, name="import-rows"),
]
