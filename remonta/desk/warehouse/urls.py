"""The warehouse's routes. Each has its row in web/access."""

from django.urls import path

from remonta.desk.warehouse import issue, order_panels, places, receive, stock

urlpatterns = [
    path("warehouse/", stock.stock, name="stock"),
    path("warehouse/parts/<uuid:uid>/", stock.part, name="part-stock"),
    path("warehouse/parts/<uuid:uid>/move/", stock.move, name="part-move"),
    path("warehouse/places/", places.places, name="places"),
    path("warehouse/places/new/", places.new, name="place-new"),
    path("warehouse/places/bins/", places.bins, name="place-bins"),
    path("warehouse/places/<uuid:uid>/", places.place, name="place"),
    path("warehouse/places/<uuid:uid>/contents/", places.contents, name="place-contents"),
    path("warehouse/places/<uuid:uid>/rename/", places.rename, name="place-rename"),
    path("warehouse/places/<uuid:uid>/archive/", places.archive, name="place-archive"),
    path("warehouse/receipts/", receive.receipts, name="receipts"),
    path("warehouse/receipts/<uuid:uid>/", receive.receipt, name="receipt"),
    path("warehouse/receive/", receive.receive, name="receive"),
    path("warehouse/receive/line/", receive.line, name="receive-line"),
    path("warehouse/issue/", issue.issue, name="issue"),
    path("warehouse/issue/<uuid:uid>/", issue.order, name="issue-order"),
    path("warehouse/issue/<uuid:uid>/parts/", issue.parts, name="issue-parts"),
    path("warehouse/issue/<uuid:uid>/scan/", issue.scanned, name="issue-scan"),
    path("warehouse/requisitions/<uuid:uid>/issue/", issue.hand_out, name="requisition-issue"),
    path("warehouse/requisitions/<uuid:uid>/return/", issue.take_back, name="requisition-return"),
    path("warehouse/requisitions/<uuid:uid>/cancel/", issue.cancel, name="requisition-cancel"),
    path("warehouse/requisitions/<uuid:uid>/expect/", issue.expect, name="requisition-expect"),
    path("warehouse/demand/", issue.demand, name="demand"),
    path("orders/<uuid:uid>/parts/", order_panels.parts, name="order-parts"),
    path("orders/<uuid:uid>/parts/find/", order_panels.find, name="order-part-find"),
    path("orders/<uuid:uid>/old-part/", order_panels.old_part, name="order-old-part"),
    path("orders/<uuid:uid>/place/", order_panels.place, name="order-place"),
]
