"""Papers: printing, opening, and how they look."""

from django.urls import path

from remonta.desk.papers import templates, views

urlpatterns = [
    path("orders/<uuid:uid>/papers/", views.papers, name="order-papers"),
    path("orders/<uuid:uid>/print/", views.print_order, name="order-print"),
    path("quotes/<uuid:uid>/print/", views.print_of_quote, name="quote-print"),
    path("payments/<uuid:uid>/print/", views.print_of_payment, name="payment-print"),
    path("invoices/<uuid:uid>/print/", views.print_of_invoice, name="invoice-print"),
    path("goods/<uuid:uid>/print/", views.print_of_goods, name="goods-print"),
    path("picking/<uuid:uid>/print/", views.print_of_picking, name="store-picking-print"),
    path("transfers/<uuid:uid>/print/", views.print_of_transfer, name="transfer-print"),
    path("places/labels/", views.print_labels_of_places, name="place-labels"),
    path("papers/<uuid:uid>.pdf", views.paper, name="paper"),
    path("forms/", templates.forms_page, name="form-templates"),
    path("forms/<slug:code>/", templates.form_page, name="form-template"),
    path("forms/<slug:code>/preview/", templates.preview, name="form-preview"),
]
