"""The routes of buying. Each has its row in web/access."""

from django.urls import path

from remonta.desk.buying import deliveries, purchases, rates, suppliers, wanted

urlpatterns = [
    path("buying/", wanted.wanted, name="to-order"),
    path("buying/ask/", wanted.ask, name="purchase-ask"),
    path("buying/asked/<uuid:uid>/cancel/", wanted.cancel, name="purchase-ask-cancel"),
    path("buying/orders/", purchases.purchases, name="purchases"),
    path("buying/orders/<uuid:uid>/", purchases.purchase, name="purchase"),
    path("buying/orders/<uuid:uid>/lines/", purchases.add_line, name="purchase-line-new"),
    path("buying/lines/<uuid:uid>/", purchases.change_line, name="purchase-line"),
    path("buying/orders/<uuid:uid>/send/", purchases.send, name="purchase-send"),
    path("buying/orders/<uuid:uid>/confirm/", purchases.confirm, name="purchase-confirm"),
    path("buying/orders/<uuid:uid>/tell/", purchases.tell, name="purchase-tell"),
    path("buying/orders/<uuid:uid>/close/", purchases.close, name="purchase-close"),
    path("buying/orders/<uuid:uid>/cancel/", purchases.cancel, name="purchase-cancel"),
    path("buying/orders/<uuid:uid>/print/", purchases.paper, name="purchase-print"),
    path("buying/orders/<uuid:uid>/receive/", deliveries.receive, name="purchase-receive"),
    path("buying/orders/<uuid:uid>/receive/line/", deliveries.line, name="purchase-receive-line"),
    path("buying/deliveries/<uuid:uid>/costs/", deliveries.costs, name="receipt-costs"),
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
