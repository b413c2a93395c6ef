"""The demo's loaners: a few in every centre, some with customers, one of them for too long."""

from datetime import timedelta
from typing import Any

from remonta.billing.commands import Tender
from remonta.billing.queries import desks_for
from remonta.cli.demo.lives import Demo
from remonta.counter.commands import lend_loaner
from remonta.equipment.commands import register_unit
from remonta.kernel.refusals import Refused
from remonta.orders.queries import open_orders
from remonta.stock.commands import LoanerSaid, add_loaner
from remonta.stock.queries import free_loaners, places_for

EACH = 4
DEPOSIT = 15_000


def fill_pools(demo: Demo) -> None:
    """Some loaners for each centre, on its shelf."""
    for place in demo.places:
        keeper = place.one("storekeeper")
        shelf = places_for(keeper).filter(centre_id=place.row.pk, kind__in=["shelf", "desk"]).order_by("pk").first()
        if shelf is None:
            continue
        for at in range(EACH):
            product = demo.products[at % len(demo.products)]
            serial = f"LN{place.row.code}{at + 1:03d}"
            counter = place.one("receptionist")
            unit = register_unit(
                counter, product_id=product.pk, serial=serial, centre_id=place.row.pk, accept_odd_serial=True
            )
            said = LoanerSaid(
                name=f"{place.row.code} {at + 1}", value=60_000, deposit=DEPOSIT, accessories=("charger",)
            )
            add_loaner(
                keeper,
                place.row.uid,
                unit_uid=unit.uid,
                said=said,
                place_uid=shelf.uid,
                operation=demo.operation(),
            )


def lend_some(demo: Demo) -> None:
    """Two loaners of each centre are out: one for another week, one should be back already. What a rule refuses is
    left."""
    for place in demo.places:
        counter = place.one("receptionist")
        orders = open_orders(counter).filter(
            centre_id=place.row.pk, customer__isnull=False, created_at__lt=demo.clock()
        )
        orders = orders.order_by("-pk")
        for order, loaner, days in zip(orders[:2], free_loaners(counter, place.row.pk)[:2], (7, 1), strict=False):
            desk = desks_for(counter).filter(centre_id=place.row.pk).first()
            tender = Tender(method="cash", amount=DEPOSIT, desk_uid=desk.uid) if desk else None
            asked: dict[str, Any] = {
                "loaner_uid": loaner.uid,
                "due_on": demo.clock().date() + timedelta(days=days),
                "deposit": tender,
            }
            try:
                lend_loaner(counter, order.uid, **asked, operation=demo.operation())
            except Refused:
                continue
