"""The routes of buying. Each has its row in web/access."""

from django.urls import path

from remonta.desk.buying import rates, suppliers

urlpatterns = [
    path("buying/suppliers/", suppliers.suppliers, name="suppliers"),
    path("buying/suppliers/new/", suppliers.new_supplier, name="supplier-new"),
    path("buying/suppliers/<uuid:uid>/", suppliers.supplier, name="supplier"),
    path("buying/suppliers/<uuid:uid>/archive/", suppliers.archive, name="supplier-archive"),
    path("buying/suppliers/<uuid:uid>/parts/", suppliers.new_part, name="supplier-part-new"),
    path("buying/sold/<uuid:uid>/", suppliers.sold_part, name="supplier-part"),
    path("buying/rates/", rates.rates, name="rates"),
    path("buying/rates/new/", rates.new_rate, name="rate-new"),
    path("buying/rates/file/", rates.read_rates, name="rates-file"),
]
