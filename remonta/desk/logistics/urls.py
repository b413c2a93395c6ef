"""The road: checking what is sent in, arrivals, batches, exits. Each route has its row in web/access."""

from django.urls import path

from remonta.desk.logistics import batch_steps, batches, checking, customs, leaving, order_panel, parcels

urlpatterns = [
    path("logistics/", parcels.overview, name="logistics"),
    path("logistics/check/", checking.check, name="send-ins"),
    path("logistics/check/models/", checking.models, name="send-in-models"),
    path("logistics/check/<uuid:uid>/", checking.check, name="send-in"),
    path("logistics/check/<uuid:uid>/accept/", checking.accept, name="send-in-accept"),
    path("logistics/check/<uuid:uid>/answer/", checking.answer, name="send-in-answer"),
    path("logistics/arrivals/", parcels.arrivals, name="arrivals"),
    path("logistics/arrivals/aside/", parcels.aside, name="parcel-aside"),
    path("logistics/arrivals/models/", parcels.models, name="parcel-models"),
    path("logistics/parcels/", parcels.parcels, name="parcels"),
    path("logistics/parcels/<uuid:uid>/", parcels.parcel, name="parcel"),
    path("logistics/parcels/<uuid:uid>/open/", parcels.open_it, name="parcel-open"),
    path("logistics/parcels/<uuid:uid>/match/", parcels.match, name="parcel-match"),
    path("logistics/parcels/<uuid:uid>/move/", leaving.move, name="parcel-move"),
    path("logistics/parcels/<uuid:uid>/print/", parcels.print_it, name="parcel-print"),
    path("logistics/exit/", leaving.leaving, name="exit"),
    path("logistics/exit/<uuid:uid>/", leaving.pack, name="exit-order"),
    path("logistics/batches/", batches.batches, name="batches"),
    path("logistics/batches/new/", batches.new, name="batch-new"),
    path("logistics/batches/<uuid:uid>/", batches.batch, name="batch"),
    path("logistics/batches/<uuid:uid>/scan/", batch_steps.scanned, name="batch-scan"),
    path("logistics/batches/<uuid:uid>/line/", batch_steps.line, name="batch-line"),
    path("logistics/batches/<uuid:uid>/move/", batch_steps.move, name="batch-move"),
    path("logistics/batches/<uuid:uid>/customs/", customs.customs, name="batch-customs"),
    path("logistics/batches/<uuid:uid>/evidence/", batch_steps.evidence, name="batch-evidence"),
    path("logistics/batches/<uuid:uid>/print/", batch_steps.print_it, name="batch-print"),
    path("requests/<uuid:uid>/send-in/", checking.announce, name="request-send-in"),
    path("orders/<uuid:uid>/road/", order_panel.road, name="order-road"),
    path("orders/<uuid:uid>/send-on/", order_panel.send_on, name="order-send-on"),
    path("onwards/<uuid:uid>/drop/", order_panel.drop, name="onward-drop"),
]
