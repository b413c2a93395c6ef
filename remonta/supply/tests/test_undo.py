"""An issue by mistake is undone: the part lies in its bin again, set aside if the repair had asked for it."""

from dataclasses import replace
from datetime import timedelta

from django.utils import timezone

from remonta.kernel.ids import uuid7
from remonta.kernel.refusals import NotPermitted
from remonta.orders.models import WorkOrder
from remonta.spine.models import Event
from remonta.spine.queries import verify
from remonta.stock.commands import MovedSince, NotYourMove, TooLateToUndo
from remonta.stock.queries import parts_in_repair
from remonta.supply.commands import OrderOver, ask_part, issue_part, issue_scanned, return_unused_part, take_back_issue
from remonta.supply.models import Requisition
from remonta.supply.tests.test_issue import held
from remonta.supply.workflow import RequisitionClash


def issued(cast, quantity=1000):
    asked = ask_part(cast.egon, cast.order.uid, part_uid=cast.display.uid, quantity=quantity, operation=uuid7())
    return issue_part(cast.stella, asked.uid, operation=uuid7())


def undo(cast, requisition, actor=None):
    return take_back_issue(actor or cast.stella, requisition.uid, operation=uuid7())


def test_what_was_asked_for_is_set_aside_again_and_can_be_issued_anew(cast):
    done = issued(cast, 2000)
    assert undo(cast, done).state == "reserved"
    assert held(cast.bin, cast.display) == (5000, 2000)
    assert parts_in_repair(cast.order.pk) == ()
    assert issue_part(cast.stella, done.uid, operation=uuid7()).state == "issued"
    names = list(Event.objects.filter(subject="supply.requisition").order_by("seq").values_list("name", flat=True))
    assert names == ["supply.part_asked", "supply.part_issued", "supply.issue_taken_back", "supply.part_issued"]


def test_what_nobody_asked_for_is_free_again(cast):
    made = issue_scanned(cast.stella, cast.order.uid, part_uid=cast.display.uid, operation=uuid7())
    assert undo(cast, made).state == "returned"
    assert held(cast.bin, cast.display) == (5000, 0)


def test_the_books_agree_afterwards(cast):
    undo(cast, issued(cast))
    assert [flaw for flaw in verify() if flaw.book in ("supply", "stock")] == []


def test_only_by_who_issued_it_soon_and_once(cast, refused):
    done = issued(cast)
    with refused(NotYourMove):
        undo(cast, done, replace(cast.stella, label="account:somebody"))
    with refused(NotPermitted):
        undo(cast, done, cast.egon)
    with refused(Requisition.DoesNotExist):
        undo(cast, done, cast.gosia)
    with refused(TooLateToUndo):
        undo(cast, done, replace(cast.stella, now=lambda: timezone.now() + timedelta(minutes=11)))
    undo(cast, done)
    with refused(RequisitionClash):
        undo(cast, done)


def test_not_when_some_of_it_has_moved_since(cast, refused):
    done = issued(cast, 2000)
    return_unused_part(cast.stella, done.uid, place_uid=cast.other_bin.uid, quantity=1000, operation=uuid7())
    with refused(MovedSince):
        undo(cast, done)


def test_not_the_issue_before_the_last(cast, refused):
    first, second = issued(cast, 2000), issued(cast, 1000)
    with refused(MovedSince):
        undo(cast, first)
    undo(cast, second)
    assert held(cast.bin, cast.display) == (3000, 1000)


def test_not_of_a_closed_order(cast, refused):
    done = issued(cast)
    WorkOrder.objects.filter(pk=cast.order.pk).update(state="closed")
    with refused(OrderOver):
        undo(cast, done)
