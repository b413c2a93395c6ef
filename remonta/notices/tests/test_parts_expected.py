"""Customers whose repairs wait for a part are told the day on which it comes: each day once."""

from datetime import date
from decimal import Decimal

import pytest

from remonta.catalogue.models import Part
from remonta.orders.models import Hold
from remonta.spine.models import Message
from remonta.supply.commands import (
    Chosen,
    Confirmed,
    add_supplier,
    add_supplier_part,
    ask_part,
    confirm_purchase,
    order_wanted,
    send_purchase,
    tell_new_date,
)
from tests.cast import intake, operation


@pytest.fixture
def purchase(cast):
    """A battery for a repair, ordered in Germany."""
    supplier = add_supplier(cast.ada, name="Ersatzteile GmbH", currency="EUR")
    battery = Part.objects.create(number="BAT-9", name="Battery", sort_name="battery")
    add_supplier_part(cast.ada, supplier.uid, part_uid=battery.uid, price=Decimal(12))
    asked = {"part_uid": battery.uid, "quantity": 2000}
    wanted = ask_part(cast.hana, intake(cast).uid, **asked, operation=operation(cast))
    chosen = [Chosen("repair", wanted.uid, supplier.uid)]
    draft = order_wanted(cast.hana, chosen=chosen, operation=operation(cast))
    return send_purchase(cast.hana, draft.uid, operation=operation(cast))


def test_customers_are_told_the_new_day_once(cast, purchase, work):
    line = purchase.lines.get()
    for day in ("2026-06-01", "2026-06-01", "2026-06-09"):
        said = [Confirmed(line.uid, line.quantity, date.fromisoformat(day))]
        confirm_purchase(cast.hana, purchase.uid, lines=said, operation=operation(cast))
        tell_new_date(cast.hana, purchase.uid, operation=operation(cast))
        work()
    told = Message.objects.filter(purpose="notices.parts_expected", channel="sms")
    assert told.count() == 2
    assert Hold.objects.get(lifted_at=None, code__startswith="supply").values["day"] == "2026-06-09"


def test_a_day_that_no_longer_holds_is_not_told(cast, purchase, work):
    line = purchase.lines.get()
    for day in (date(2026, 6, 1), date(2026, 6, 9)):
        said = [Confirmed(line.uid, line.quantity, day)]
        confirm_purchase(cast.hana, purchase.uid, lines=said, operation=operation(cast))
        tell_new_date(cast.hana, purchase.uid, operation=operation(cast))
    work()
    assert Message.objects.filter(purpose="notices.parts_expected", channel="sms").count() == 1
