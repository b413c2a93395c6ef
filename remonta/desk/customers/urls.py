"""Customers: the list, the card, and what is changed there."""

from django.urls import path

from remonta.desk.customers import details, erasing, views

urlpatterns = [
    path("customers/", views.customers, name="customers"),
    path("customers/new/", views.new_customer, name="customer-new"),
    path("customers/<uuid:uid>/", views.customer, name="customer"),
    path("customers/<uuid:uid>/edit/", views.edit_customer, name="customer-edit"),
    path("customers/<uuid:uid>/merge/", views.merge, name="customer-merge"),
    path("customers/<uuid:uid>/phones/", details.phone, name="customer-phone"),
    path("customers/<uuid:uid>/phones/<int:phone_id>/drop/", details.drop_phone, name="customer-phone-drop"),
    path("customers/<uuid:uid>/addresses/", details.new_address, name="customer-address-new"),
    path("customers/<uuid:uid>/addresses/<uuid:address>/", details.address, name="customer-address"),
    path("customers/<uuid:uid>/relations/", details.relate, name="customer-relate"),
    path("customers/<uuid:uid>/relations/drop/", details.part, name="customer-part"),
    path("customers/<uuid:uid>/erase/", erasing.erase, name="customer-erase"),
    path("customers/<uuid:uid>/flags/", details.flag, name="customer-flag"),
]
