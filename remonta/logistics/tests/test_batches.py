"""Batches: what is packed moves by the book, from the shelf of one centre to the shelf of the other."""

import pytest
from django.core.exceptions import ObjectDoesNotExist

from remonta.kernel.actor import system
from remonta.kernel.refusals import NotPermitted
from remonta.logistics import commands
from remonta.logistics.jobs import late
from remonta.logistics.models import Difference
from remonta.logistics.queries import batch_page, proposals
from remonta.orders.models import Hold, Task
from remonta.spine.commands import Task as Job
from remonta.spine.models import Event
from remonta.spine.queries import recognise
from remonta.spine.verify import verify
from remonta.stock.commands import NotThere, place_unit
from remonta.stock.models import Move, Place
from remonta.stock.queries import whereabouts
from tests.cast import intake


def where(order):
    return whereabouts([order.unit_id])[order.unit_id]


def begin(road, operation, *, by="lena", to=None, at="krakow", **asked):
    to_uid = {"to_centre_uid": to.uid} if to else {}
    values = commands.BatchAsked(**to_uid, **asked)
    return commands.begin_batch(getattr(road, by), getattr(road, at).uid, asked=values, operation=operation())


def packed(road, operation, *orders, **how):
    batch = begin(road, operation, to=how.pop("to", road.wroclaw), **how)
    for order in orders:
        commands.pack_unit(road.lena, batch.uid, unit_uid=order.unit.uid, operation=operation())
    return batch


def sent(road, operation, batch, **given):
    commands.seal_batch(road.lena, batch.uid, seal="S-1", operation=operation())
    return commands.send_batch(
        road.lena, batch.uid, given=commands.HandOver(courier="DPD", **given), operation=operation()
    )


def test_the_book_says_where_a_unit_is_at_every_step(road, operation):
    order = intake(road)
    batch = packed(road, operation, order)
    assert (where(order).said, where(order).kind) == (batch.number, "courier")
    sent(road, operation, batch, tracking="X1")
    assert where(order).said == f"{batch.number} → Wrocław"
    commands.arrive_batch(road.petra, batch.uid, operation=operation())
    line = batch_page(road.petra, batch.uid).lines[0]
    commands.receive_line(road.petra, batch.uid, line_uid=line.uid, operation=operation())
    done = commands.finish_receiving(road.petra, batch.uid, operation=operation())
    assert (done.state, where(order).code, where(order).centre_id) == ("received", "D-1", road.wroclaw.pk)
    reasons = Move.objects.filter(unit=order.unit).order_by("pk").values_list("reason", flat=True)
    assert list(reasons) == ["taken_in", "packed", "sent", "received"]
    assert [flaw for flaw in verify() if flaw.book in ("things", "road")] == []


def test_a_unit_moved_out_behind_the_batchs_back_is_a_flaw_and_is_not_sent(road, operation):
    order = intake(road)
    batch = packed(road, operation, order)
    commands.seal_batch(road.lena, batch.uid, operation=operation())
    shelf = Place.objects.get(centre=road.krakow, code="S-1")
    place_unit(road.lena, order.unit_id, shelf.uid, operation=operation())
    assert [flaw.subject for flaw in verify() if flaw.book == "road"] == [f"batch line {batch.lines.get().pk}"]
    with pytest.raises(NotThere, match="S-1"):
        commands.send_batch(road.lena, batch.uid, given=commands.HandOver(courier="DPD"), operation=operation())


def test_what_is_scanned_is_found_by_both_ends_and_by_nobody_else(road, operation):
    batch = packed(road, operation, intake(road))
    assert recognise(road.petra, batch.number) is None
    sent(road, operation, batch)
    assert recognise(road.petra, batch.number).uid == batch.uid
    assert recognise(road.greg, batch.number) is None


def test_missing_extra_and_damaged_are_written_down(road, operation):
    here, damaged, gone = (intake(road, serial=f"SN-{at}") for at in range(3))
    stray = intake(road, serial="SN-9")
    batch = sent(road, operation, packed(road, operation, here, damaged, gone))
    other = sent(road, operation, packed(road, operation, stray))
    commands.arrive_batch(road.petra, batch.uid, operation=operation())
    lines = {line.serial: line.uid for line in batch_page(road.petra, batch.uid).lines}
    commands.receive_line(road.petra, batch.uid, line_uid=lines["SN-0"], operation=operation())
    commands.receive_line(road.petra, batch.uid, line_uid=lines["SN-1"], damage="Cracked", operation=operation())
    commands.receive_extra(road.petra, batch.uid, unit_uid=stray.unit.uid, operation=operation())
    commands.finish_receiving(road.petra, batch.uid, operation=operation())
    found = Difference.objects.filter(batch=batch).order_by("pk").values_list("kind", "unit")
    assert list(found) == [("damaged", damaged.unit_id), ("extra", stray.unit_id), ("missing", gone.unit_id)]
    assert where(gone).kind == "courier"
    assert where(stray).centre_id == road.wroclaw.pk
    assert batch_page(road.lena, other.uid).lines[0].state == "received"


def test_a_batch_in_a_batch_travels_with_it_and_is_opened_where_it_goes(road, operation):
    order = intake(road)
    inner = packed(road, operation, order)
    commands.seal_batch(road.lena, inner.uid, operation=operation())
    outer = begin(road, operation, to=road.gdansk)
    commands.pack_batch(road.lena, outer.uid, inner_uid=inner.uid, operation=operation())
    sent(road, operation, outer)
    assert where(order).said == f"{inner.number} → Wrocław"
    assert [flaw for flaw in verify() if flaw.book in ("things", "road")] == []
    commands.arrive_batch(road.greg, outer.uid, operation=operation())
    line = batch_page(road.greg, outer.uid).lines[0]
    commands.receive_line(road.greg, outer.uid, line_uid=line.uid, operation=operation())
    inner.refresh_from_db()
    assert (inner.state, inner.holder, where(order).centre_id) == ("sealed", road.gdansk, road.gdansk.pk)
    given = commands.HandOver(courier="Own van")
    commands.send_batch(road.greg, inner.uid, given=given, operation=operation())
    commands.arrive_batch(road.petra, inner.uid, operation=operation())
    assert batch_page(road.petra, inner.uid).receives


def test_a_unit_travels_on_to_a_maker_and_comes_back(road, operation):
    order = intake(road)
    commands.ask_onward(
        road.wanda, order.uid, to_name="Vela service", purpose="claim", task="Board", operation=operation()
    )
    [proposal] = proposals(road.lena, road.krakow.pk)
    assert (proposal.to_name, [one.unit_id for one in proposal.wishes]) == ("Vela service", [order.unit_id])
    batch = begin(road, operation, to_name="Vela service", to_address="Berlin", purpose="claim")
    commands.pack_unit(road.lena, batch.uid, unit_uid=order.unit.uid, operation=operation())
    assert proposals(road.lena, road.krakow.pk) == ()
    sent(road, operation, batch)
    commands.arrive_batch(road.lena, batch.uid, operation=operation())
    assert where(order).kind == "supplier"
    [line] = batch_page(road.lena, batch.uid).lines
    assert line.task == "Board"
    commands.take_back(road.lena, batch.uid, line_uid=line.uid, note="New board", operation=operation())
    assert where(order).code == "D-1"
    commands.finish_receiving(road.lena, batch.uid, operation=operation())
    assert [flaw for flaw in verify() if flaw.book in ("things", "road")] == []


@pytest.mark.parametrize("who", ["greg", "petra"])
def test_others_batches_that_are_being_packed_are_not_there(who, road, operation, writes_nothing):
    order = intake(road)
    batch = packed(road, operation, order)
    with writes_nothing(), pytest.raises(ObjectDoesNotExist):
        commands.seal_batch(getattr(road, who), batch.uid, operation=operation())


def test_the_receiver_cannot_change_what_is_under_way_nor_the_sender_receive_it(road, operation, writes_nothing):
    batch = sent(road, operation, packed(road, operation, intake(road)))
    with writes_nothing(), pytest.raises(NotPermitted):
        commands.unseal_batch(road.petra, batch.uid, operation=operation())
    with writes_nothing(), pytest.raises(NotPermitted):
        commands.arrive_batch(road.lena, batch.uid, operation=operation())


def test_what_is_elsewhere_cannot_be_packed(road, operation, writes_nothing):
    order = intake(road)
    first, second = packed(road, operation, order), begin(road, operation, to=road.gdansk)
    with writes_nothing(), pytest.raises(commands.InABatch, match=first.number):
        commands.pack_unit(road.lena, second.uid, unit_uid=order.unit.uid, operation=operation())


def test_what_is_taken_out_stands_where_it_stood(road, operation):
    order = intake(road)
    batch = packed(road, operation, order)
    line = batch_page(road.lena, batch.uid).lines[0]
    commands.take_out(road.lena, batch.uid, line_uid=line.uid, operation=operation())
    assert where(order).code == "D-1"
    assert commands.cancel_batch(road.lena, batch.uid, operation=operation()).state == "cancelled"


def test_a_batch_that_is_late_becomes_a_task_and_a_hold_once_and_is_freed_when_it_comes(road, operation):
    order = intake(road)
    batch = sent(road, operation, packed(road, operation, order))
    road.clock.pass_(days=7)
    run(road)
    assert not Hold.objects.filter(work_order=order, lifted_at=None).exists()
    road.clock.pass_(days=1)
    run(road)
    run(road)
    [hold] = Hold.objects.filter(work_order=order, lifted_at=None)
    assert batch.number in str(hold)
    [task] = Task.objects.filter(work_order=order)
    assert task.owner_id == road.lena.account_id
    assert Event.objects.filter(name="logistics.batch_late").count() == 1
    commands.arrive_batch(road.petra, batch.uid, operation=operation())
    line = batch_page(road.petra, batch.uid).lines[0]
    commands.receive_line(road.petra, batch.uid, line_uid=line.uid, operation=operation())
    assert not Hold.objects.filter(work_order=order, lifted_at=None).exists()


def test_what_is_missing_from_a_late_batch_stays_held(road, operation):
    order, other = intake(road, serial="SN-1"), intake(road, serial="SN-2")
    batch = sent(road, operation, packed(road, operation, order, other))
    road.clock.pass_(days=8)
    run(road)
    commands.arrive_batch(road.petra, batch.uid, operation=operation())
    line = next(one for one in batch_page(road.petra, batch.uid).lines if one.serial == "SN-1")
    commands.receive_line(road.petra, batch.uid, line_uid=line.uid, operation=operation())
    commands.finish_receiving(road.petra, batch.uid, operation=operation())
    assert list(Hold.objects.filter(lifted_at=None).values_list("work_order", flat=True)) == [other.pk]


def run(road):
    rights = ("logistics.see", "orders.see", "orders.tasks")
    late(Job(system("logistics.late", road.clock, *rights), None, {}, "system", None, 1))
