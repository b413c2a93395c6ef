"""The couriers' routes. Each has its row in web/access."""

from django.urls import path

from remonta.desk.couriers import accounts, rounds, shipments

urlpatterns = [
    path("shipments/", shipments.shipments, name="shipments"),
    path("shipments/new/", shipments.new, name="shipment-new"),
    path("shipments/<uuid:uid>/", shipments.shipment, name="shipment"),
    path("shipments/<uuid:uid>/label/", shipments.label, name="shipment-label"),
    path("shipments/<uuid:uid>/print/", shipments.print_label, name="shipment-print"),
    path("shipments/<uuid:uid>/cancel/", shipments.cancel, name="shipment-cancel"),
    path("shipments/<uuid:uid>/ask/", shipments.ask, name="shipment-ask"),
    path("shipments/<uuid:uid>/settle/", shipments.settle, name="shipment-settle"),
    path("couriers/", accounts.accounts, name="couriers"),
    path("couriers/new/", accounts.new, name="courier-new"),
    path("couriers/<uuid:uid>/", accounts.account, name="courier"),
    path("couriers/<uuid:uid>/hook/", accounts.turn, name="courier-hook"),
    path("couriers/<uuid:uid>/archive/", accounts.archive, name="courier-archive"),
    path("rounds/", rounds.rounds, name="rounds"),
    path("rounds/new/", rounds.new, name="round-new"),
    path("rounds/mine/", rounds.mine, name="my-rounds"),
    path("rounds/<uuid:uid>/", rounds.one, name="round"),
    path("rounds/<uuid:uid>/stops/", rounds.add, name="round-stops"),
    path("rounds/<uuid:uid>/order/", rounds.order, name="round-order"),
    path("rounds/<uuid:uid>/drop/", rounds.drop, name="round-drop"),
    path("rounds/<uuid:uid>/stops/<uuid:stop>/", rounds.stop, name="round-stop"),
]
