"""Goods come in and serve who has waited longest."""

from decimal import Decimal

from remonta.kernel.ids import uuid7
from remonta.kernel.refusals import NotPermitted
from remonta.orders.models import Hold
from remonta.spine.models import Event, Job
from remonta.stock.commands import NotForParts
from remonta.stock.models import Balance
from remonta.supply.commands import (
    Delivered,
    NoLines,
    SupplierMissing,
    ask_part,
    cancel_requisition,
    receive_goods,
    serve_waiting,
)
from remonta.supply.models import Requisition
from remonta.supply.queries import receipt_page, waiting_demand


def ask(cast, order, quantity=1000):
    asked = {"part_uid": cast.battery.uid, "quantity": quantity}
    return ask_part(cast.egon, order.uid, **asked, operation=uuid7())


def receive(cast, *lines, actor=None, **values):
    said = {"supplier": "Parts Ltd", "note_number": "WZ 12/26"} | values
    return receive_goods(actor or cast.stella, cast.krakow.uid, **said, lines=lines, operation=uuid7())


def state(requisition):
    return Requisition.objects.get(pk=requisition.pk).state


def test_a_delivery_lies_in_its_bins_and_has_a_number(cast):
    lines = Delivered(cast.battery.uid, cast.bin.uid, 3000), Delivered(cast.display.uid, cast.other_bin.uid, 1000)
    receipt = receive(cast, *lines)
    assert receipt.number == "KRK-G00001"
    assert receive(cast, lines[0]).number == "KRK-G00002"
    assert Balance.objects.get(place=cast.bin, part=cast.battery).on_hand == 6000
    assert [(line.number, line.place_code, line.quantity) for line in receipt_page(cast.stella, receipt.uid).lines] == [
        ("BAT-5", "A-01", 3000),
        ("DSP-5", "A-02", 1000),
    ]


def test_who_waited_longest_is_served_first_and_is_told(cast):
    first, second = ask(cast, cast.order), ask(cast, cast.second)
    receive(cast, Delivered(cast.battery.uid, cast.bin.uid, 1000))
    assert (state(first), state(second)) == ("reserved", "wanted")
    assert [hold.work_order for hold in Hold.objects.filter(lifted_at=None)] == [cast.second]
    assert Event.objects.get(name="supply.part_arrived").thread_id == cast.order.pk
    assert Event.objects.get(name="supply.goods_received").data["served"] == 1


def test_who_needs_more_than_came_waits_on_and_lets_the_next_one_pass(cast):
    much, little = ask(cast, cast.order, 3000), ask(cast, cast.second, 1000)
    receive(cast, Delivered(cast.battery.uid, cast.bin.uid, 2000))
    assert (state(much), state(little)) == ("wanted", "reserved")


def test_what_becomes_free_goes_to_the_next_in_the_background(cast):
    receive(cast, Delivered(cast.battery.uid, cast.bin.uid, 1000))
    first, second = ask(cast, cast.order), ask(cast, cast.second)
    cancel_requisition(cast.egon, first.uid, operation=uuid7())
    job = Job.objects.filter(name="supply.serve").latest("pk")
    assert job.args == {"part": cast.battery.pk, "centre": cast.krakow.pk}
    assert serve_waiting(cast.egon, [cast.battery.pk], cast.krakow.pk) == 1
    assert (state(second), waiting_demand(cast.petra)) == ("reserved", ())


def test_what_parts_cost_is_for_those_who_may_know(cast):
    receipt = receive(cast, Delivered(cast.battery.uid, cast.bin.uid, 1000, Decimal("12.50")), actor=cast.petra)
    assert receipt_page(cast.petra, receipt.uid).lines[0].cost == Decimal("12.50")
    assert receipt_page(cast.egon, receipt.uid).lines[0].cost is None


def test_the_same_operation_receives_once(cast, operation):
    given = {"supplier": "Parts Ltd", "lines": [Delivered(cast.battery.uid, cast.bin.uid, 1000)]}
    first = receive_goods(cast.stella, cast.krakow.uid, **given, operation=operation)
    assert receive_goods(cast.stella, cast.krakow.uid, **given, operation=operation) == first
    assert Balance.objects.get(place=cast.bin, part=cast.battery).on_hand == 1000


def test_deliveries_need_lines_a_supplier_and_bins_of_the_centre(cast, refused):
    line = Delivered(cast.battery.uid, cast.bin.uid, 1000)
    with refused(NoLines):
        receive(cast)
    with refused(SupplierMissing):
        receive(cast, line, supplier=" ")
    cast.bin.kind = "bench"
    cast.bin.save()
    with refused(NotForParts):
        receive(cast, line)


def test_only_store_and_purchasing_receive_and_only_at_home(cast, refused):
    line = Delivered(cast.battery.uid, cast.bin.uid, 1000)
    with refused(NotPermitted):
        receive(cast, line, actor=cast.egon)
    with refused(type(cast.krakow).DoesNotExist):
        receive(cast, line, actor=cast.gosia)
