"""Issuing by scan, taking back, and old parts."""

import pytest

from remonta.kernel.ids import uuid7
from remonta.kernel.refusals import NotPermitted
from remonta.orders.models import Hold, WorkOrder
from remonta.spine.models import Event
from remonta.stock.commands import NotForParts, move_part, network_place
from remonta.stock.models import Balance, Move
from remonta.stock.queries import parts_in_repair
from remonta.supply.commands import (
    NoneFree,
    NotAtPlace,
    OrderOver,
    TooMuchBack,
    ask_part,
    give_parts_away,
    issue_part,
    issue_scanned,
    return_unused_part,
    take_out_old_part,
)
from remonta.supply.models import Requisition
from remonta.supply.workflow import RequisitionClash


def scan(cast, part, actor=None, order=None, **more):
    return issue_scanned(actor or cast.stella, (order or cast.order).uid, part_uid=part.uid, operation=uuid7(), **more)


def ask(cast, part, quantity=1000):
    return ask_part(cast.egon, cast.order.uid, part_uid=part.uid, quantity=quantity, operation=uuid7())


def held(place, part):
    return Balance.objects.filter(place=place, part=part).values_list("on_hand", "reserved").first() or (0, 0)


def test_part_and_order_scanned_issue_what_was_asked_for(cast):
    asked = ask(cast, cast.display, 2000)
    assert scan(cast, cast.display) == asked
    assert held(cast.bin, cast.display) == (3000, 0)
    assert [(part.number, part.on_hand) for part in parts_in_repair(cast.order.pk)] == [("DSP-5", 2000)]
    names = list(Event.objects.filter(subject="supply.requisition").order_by("seq").values_list("name", "to_state"))
    assert names == [("supply.part_asked", "reserved"), ("supply.part_issued", "issued")]


def test_the_same_scan_sent_twice_issues_once(cast, operation):
    once_more = {"part_uid": cast.display.uid, "operation": operation}
    assert issue_scanned(cast.stella, cast.order.uid, **once_more) == issue_scanned(
        cast.stella, cast.order.uid, **once_more
    )
    assert Move.objects.filter(reason="issued").count() == 1


def test_a_part_nobody_asked_for_is_issued_all_the_same(cast):
    made = scan(cast, cast.display)
    assert (made.state, made.quantity) == ("issued", 1000)
    assert held(cast.bin, cast.display) == (4000, 0)


def test_for_the_last_part_one_wins_and_the_other_gets_a_sentence(cast, refused):
    scan(cast, cast.display, quantity=5000)
    with refused(NoneFree, match="DSP-5 Display: nothing is free|DSP-5: nothing is free"):
        scan(cast, cast.display, order=cast.second)


def test_a_wanted_part_that_came_meanwhile_is_issued_and_lifts_its_hold(cast):
    ask(cast, cast.battery)
    move_part(cast.stella, cast.battery.pk, 1000, network_place("supplier"), cast.bin, reason="received")
    assert scan(cast, cast.battery).state == "issued"
    assert not Hold.objects.filter(lifted_at=None).exists()


def test_from_the_bin_that_was_scanned(cast, refused):
    asked = ask(cast, cast.display)
    move_part(cast.stella, cast.display.pk, 1000, cast.bin, cast.other_bin, reason="moved")
    issue_part(cast.stella, asked.uid, place_uid=cast.other_bin.uid, operation=uuid7())
    assert (held(cast.bin, cast.display), held(cast.other_bin, cast.display)) == ((4000, 0), (0, 0))
    again = ask(cast, cast.display)
    with refused(NotAtPlace, match="A-02.*A-01"):
        issue_part(cast.stella, again.uid, place_uid=cast.other_bin.uid, operation=uuid7())


def test_only_the_store_issues_and_only_its_own(cast, refused):
    asked = ask(cast, cast.display)
    with refused(NotPermitted):
        issue_part(cast.egon, asked.uid, operation=uuid7())
    with refused(NotPermitted):
        scan(cast, cast.display, actor=cast.egon, order=cast.second)
    with refused(Requisition.DoesNotExist):
        issue_part(cast.gosia, asked.uid, operation=uuid7())
    with refused(WorkOrder.DoesNotExist):
        scan(cast, cast.display, actor=cast.gosia)


def test_issued_once(cast, refused):
    asked = ask(cast, cast.display)
    issue_part(cast.stella, asked.uid, operation=uuid7())
    with refused(RequisitionClash, match="issued"):
        issue_part(cast.stella, asked.uid, operation=uuid7())


def test_nothing_is_issued_to_a_closed_order(cast, refused):
    asked = ask(cast, cast.display)
    WorkOrder.objects.filter(pk=cast.order.pk).update(state="closed")
    with refused(OrderOver):
        issue_part(cast.stella, asked.uid, operation=uuid7())
    with refused(OrderOver):
        scan(cast, cast.battery)


def test_unused_parts_come_back_some_or_all(cast, refused):
    asked = ask(cast, cast.display, 3000)
    issue_part(cast.stella, asked.uid, operation=uuid7())
    back = {"place_uid": cast.other_bin.uid}
    assert return_unused_part(cast.stella, asked.uid, **back, quantity=1000, operation=uuid7()).state == "issued"
    with refused(TooMuchBack, match="2"):
        return_unused_part(cast.stella, asked.uid, **back, quantity=3000, operation=uuid7())
    assert return_unused_part(cast.stella, asked.uid, **back, operation=uuid7()).state == "returned"
    assert held(cast.other_bin, cast.display) == (3000, 0)
    assert parts_in_repair(cast.order.pk) == ()


def test_unused_parts_go_to_a_bin_of_the_centre(cast, refused):
    asked = ask(cast, cast.display)
    issue_part(cast.stella, asked.uid, operation=uuid7())
    quarantine = network_place("scrap")
    with refused(type(quarantine).DoesNotExist):
        return_unused_part(cast.stella, asked.uid, place_uid=cast.far_bin.uid, operation=uuid7())
    with refused(NotPermitted):
        return_unused_part(cast.egon, asked.uid, place_uid=cast.bin.uid, operation=uuid7())
    cast.bin.kind = "bench"
    cast.bin.save()
    with refused(NotForParts):
        return_unused_part(cast.stella, asked.uid, place_uid=cast.bin.uid, operation=uuid7())


def test_an_old_part_waits_in_quarantine_and_the_log_says_so(cast):
    move = take_out_old_part(cast.egon, cast.order.uid, part_uid=cast.display.uid, operation=uuid7())
    assert (move.target.kind, move.source.kind, move.thread_id) == ("quarantine", "customer", cast.order.pk)
    assert Event.objects.get(name="supply.old_part_taken_out").thread_id == cast.order.pk


def test_built_in_parts_leave_with_the_unit(cast):
    scan(cast, cast.display)
    give_parts_away(cast.rita, cast.order.pk)
    assert parts_in_repair(cast.order.pk) == ()
    assert held(network_place("customer"), cast.display) == (1000, 0)


def test_issuing_takes_few_statements(cast, django_assert_max_num_queries):
    scan(cast, cast.display)
    asked = ask(cast, cast.display)
    with django_assert_max_num_queries(17):
        issue_part(cast.stella, asked.uid, operation=uuid7())


@pytest.mark.parametrize("quantity", [0, -1000])
def test_nothing_is_not_issued(cast, quantity):
    with pytest.raises(Exception, match="more than zero"):
        scan(cast, cast.display, quantity=quantity)
