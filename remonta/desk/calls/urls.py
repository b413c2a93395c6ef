"""The call centre's one screen, and requests."""

from django.urls import path

from remonta.desk.calls import requests, views

urlpatterns = [
    path("calls/", views.calls, name="calls"),
    path("calls/ringing/", views.ringing, name="calls-ringing"),
    path("calls/find/", views.found, name="calls-find"),
    path("calls/beside/", views.beside, name="calls-beside"),
    path("calls/state/", views.state, name="calls-state"),
    path("calls/<uuid:uid>/returned/", views.returned, name="call-returned"),
    path("requests/", requests.requests, name="requests"),
    path("requests/<uuid:uid>/", requests.request_page, name="request"),
    path("requests/<uuid:uid>/move/", requests.move, name="request-move"),
    path("requests/<uuid:uid>/promise/", requests.promise, name="request-promise"),
    path("requests/<uuid:uid>/note/", requests.note, name="request-note"),
]
