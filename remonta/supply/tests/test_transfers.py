"""A part that a repair waits for comes from another centre and is set aside for that repair."""

import pytest

from remonta.kernel.ids import uuid7
from remonta.kernel.refusals import NotPermitted
from remonta.orders.queries import standing_holds
from remonta.spine.models import Event
from remonta.spine.queries import verify
from remonta.stock.commands import (
    approve_transfer,
    cancel_transfer,
    finish_receiving,
    move_part,
    network_place,
    pack_part,
    receive_transferred,
    refuse_transfer,
    send_transfer,
)
from remonta.stock.models import Transfer
from remonta.supply.commands import ask_part, ask_transfer_for
from remonta.supply.commands.refusals import AlreadyComing
from remonta.supply.models import Requisition
from remonta.supply.queries import to_order


@pytest.fixture
def far(cast):
    """Three batteries lie in Gdańsk; the order in Kraków waits for one."""
    move_part(cast.gosia, cast.battery.pk, 3000, network_place("supplier"), cast.far_bin, reason="received")
    cast.asked = ask_part(cast.egon, cast.order.uid, part_uid=cast.battery.uid, operation=uuid7())
    return cast


def ask(cast, actor=None, requisition=None):
    uid = (requisition or cast.asked).uid
    return ask_transfer_for(actor or cast.stella, uid, giver_uid=cast.gdansk.uid, operation=uuid7())


def on_the_way(cast):
    made = Transfer.objects.get()
    approve_transfer(cast.gosia, made.uid, operation=uuid7())
    scan = {"part_uid": cast.battery.uid, "place_uid": cast.far_bin.uid}
    pack_part(cast.gosia, made.uid, **scan, operation=uuid7())
    return send_transfer(cast.gosia, made.uid, operation=uuid7())


def test_what_arrives_is_set_aside_for_the_repair_it_was_asked_for(far):
    earlier = ask_part(far.egon, far.second.uid, part_uid=far.battery.uid, operation=uuid7())
    Requisition.objects.filter(pk=far.asked.pk).update(created_at=earlier.created_at)
    ask(far, requisition=earlier)
    assert [row.order_number for row in to_order(far.petra)] == ["KRK-1"]
    made = on_the_way(far)
    scan = {"part_uid": far.battery.uid, "place_uid": far.bin.uid}
    receive_transferred(far.stella, made.uid, **scan, operation=uuid7())
    states = dict(Requisition.objects.values_list("work_order__number", "state"))
    assert states == {"KRK-1": "wanted", "KRK-2": "reserved"}
    assert Event.objects.filter(name="supply.part_arrived", subject_id=earlier.pk).exists()
    assert not standing_holds({far.second.pk}).get(far.second.pk)
    finish_receiving(far.stella, made.uid, operation=uuid7())
    assert [flaw for flaw in verify() if flaw.book in ("supply", "things")] == []


@pytest.mark.parametrize("end", ["refused", "cancelled"])
def test_when_nothing_comes_the_part_is_to_be_ordered_again(far, end):
    ask(far)
    made = Transfer.objects.get()
    assert to_order(far.petra) == ()
    if end == "refused":
        refuse_transfer(far.gosia, made.uid, reason="needed here", operation=uuid7())
    else:
        cancel_transfer(far.stella, made.uid, operation=uuid7())
    assert [row.order_number for row in to_order(far.petra)] == ["KRK-1"]


def test_not_twice_and_only_by_who_may(far, refused):
    with refused(NotPermitted):
        ask(far, far.rita)
    with refused(Requisition.DoesNotExist):
        ask(far, far.gosia)
    ask(far)
    with refused(AlreadyComing):
        ask(far)
