"""Quotes at the desk."""

from django.urls import path

from remonta.desk.quotes import editor, views

urlpatterns = [
    path("orders/<uuid:uid>/quote/", views.order_quote, name="order-quote"),
    path("orders/<uuid:uid>/quote/edit/", editor.edit, name="order-quote-edit"),
    path("orders/<uuid:uid>/quote/find/", editor.find, name="order-quote-find"),
    path("orders/<uuid:uid>/quote/line/", editor.line, name="order-quote-line"),
    path("quotes/<uuid:uid>/send/", views.send, name="quote-send"),
    path("quotes/<uuid:uid>/preauthorised/", views.preauthorised, name="quote-preauthorised"),
    path("quotes/<uuid:uid>/answer/", views.answer, name="quote-answer"),
]
