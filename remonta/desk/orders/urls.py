"""Orders: the list, the page, and what is done there."""

from django.urls import path

from remonta.desk.orders import sides, views

urlpatterns = [
    path("orders/", views.orders, name="orders"),
    path("orders/<uuid:uid>/", views.order, name="order"),
    path("orders/<uuid:uid>/log/", views.log, name="order-log"),
    path("orders/<uuid:uid>/move/", views.move, name="order-move"),
    path("orders/<uuid:uid>/note/", views.note, name="order-note"),
    path("orders/<uuid:uid>/fault/", views.fault, name="order-fault"),
    path("orders/<uuid:uid>/date/", views.ready_date, name="order-date"),
    path("orders/<uuid:uid>/status/", views.status, name="order-status"),
    path("orders/<uuid:uid>/priority/", views.priority, name="order-priority"),
    path("orders/<uuid:uid>/watch/", views.watch, name="order-watch"),
    path("orders/<uuid:uid>/unit/", sides.unit, name="order-unit"),
    path("orders/<uuid:uid>/checklist/<slug:moment>/", sides.checklist, name="order-checklist"),
    path("orders/<uuid:uid>/photos/", sides.photos, name="order-photos"),
    path("orders/<uuid:uid>/passcode/", sides.passcode, name="order-passcode"),
]
