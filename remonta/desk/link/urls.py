"""The customer's link, messages with the customer, the side phone, photos sent by the public form."""

from django.urls import path

from remonta.desk.link import views

urlpatterns = [
    path("orders/<uuid:uid>/link/", views.order_link, name="order-link"),
    path("orders/<uuid:uid>/link/make/", views.link_make, name="order-link-make"),
    path("orders/<uuid:uid>/link/send/", views.link_send, name="order-link-send"),
    path("orders/<uuid:uid>/link/revoke/", views.link_revoke, name="order-link-revoke"),
    path("orders/<uuid:uid>/camera/", views.camera, name="order-camera"),
    path("orders/<uuid:uid>/messages/", views.order_messages, name="order-messages"),
    path("requests/<uuid:uid>/photos/", views.request_photos, name="request-photos"),
    path("orders/<uuid:uid>/message/", views.message, name="order-message"),
]
