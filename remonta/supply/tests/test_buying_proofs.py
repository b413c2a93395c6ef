"""What is always true of buying; each proof is shown to fail."""

from decimal import Decimal

import pytest

from remonta.kernel.ids import uuid7
from remonta.stock import proofs as stock_proofs
from remonta.stock.models import PartCost
from remonta.supply import proofs as supply_proofs
from remonta.supply.commands import (
    Delivered,
    add_landed_cost,
    add_purchase_line,
    add_supplier,
    add_supplier_part,
    receive_purchase,
    send_purchase,
)
from remonta.supply.models import LandedShare, PurchaseLine


@pytest.fixture
def delivered(cast):
    """Ten batteries and three displays, received, with freight shared over both."""
    supplier = add_supplier(cast.petra, name="Parts Ltd", currency="PLN")
    for part, price in ((cast.battery, "12.34"), (cast.display, "99.99")):
        add_supplier_part(cast.petra, supplier.uid, part_uid=part.uid, price=Decimal(price))
    for part, quantity in ((cast.battery, 10000), (cast.display, 3000)):
        said = {"supplier_uid": supplier.uid, "part_uid": part.uid, "quantity": quantity}
        order = add_purchase_line(cast.petra, cast.krakow.uid, **said, operation=uuid7())
    send_purchase(cast.petra, order.uid, operation=uuid7())
    lines = [Delivered(part.uid, cast.bin.uid, 3000) for part in (cast.battery, cast.display)]
    receipt = receive_purchase(cast.stella, order.uid, lines=lines, operation=uuid7())
    add_landed_cost(cast.petra, receipt.uid, kind="freight", amount=10001, currency="PLN", operation=uuid7())
    return receipt


def flaws():
    every = (
        supply_proofs.shares_come_to_the_cost,
        supply_proofs.received_came_by_deliveries,
        stock_proofs.averages_are_their_last_change,
    )
    return [flaw.sentence for proof in every for flaw in proof() if not isinstance(flaw, int)]


def test_all_is_true(delivered):
    assert flaws() == []
    assert sorted(LandedShare.objects.values_list("value", flat=True)) == [1099, 8902]


def test_a_lost_cent_is_found(delivered):
    share = LandedShare.objects.first()
    LandedShare.objects.filter(pk=share.pk).update(value=share.value + 1)
    assert flaws() == ["its shares do not come to the whole cost"]


def test_what_was_never_delivered_is_found(delivered):
    PurchaseLine.objects.filter(part__number="BAT-5").update(received=4000)
    assert flaws() == ["it has received something else than its deliveries brought"]


def test_an_average_nobody_made_is_found(delivered):
    PartCost.objects.filter(part__number="BAT-5").update(average=1)
    assert flaws() == ["the average cost is not what its last change says"]
