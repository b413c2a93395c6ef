"""Units: the list, the card, and what is changed there."""

from django.urls import path

from remonta.desk.equipment import sales, views

urlpatterns = [
    path("units/", views.units, name="units"),
    path("sales/", sales.sales, name="sales"),
    path("sales/<uuid:uid>/", sales.sale, name="sale"),
    path("sales/<uuid:uid>/register/", sales.register, name="sale-register"),
    path("units/<uuid:uid>/parts/", sales.list_parts, name="unit-parts"),
    path("units/new/", views.new_unit, name="unit-new"),
    path("units/<uuid:uid>/", views.unit, name="unit"),
    path("units/<uuid:uid>/edit/", views.edit_unit, name="unit-edit"),
    path("units/<uuid:uid>/move/", views.move, name="unit-move"),
    path("units/<uuid:uid>/owner/", views.owner, name="unit-owner"),
    path("units/<uuid:uid>/links/", views.link, name="unit-link"),
    path("units/<uuid:uid>/merge/", views.merge, name="unit-merge"),
]
