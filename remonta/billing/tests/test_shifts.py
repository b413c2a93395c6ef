"""Cash desks: opened in one click, counted blind, closed by their own people or a manager."""

import pytest

from remonta.billing.commands import (
    archive_cash_desk,
    change_cash_desk,
    close_shift,
    create_cash_desk,
    move_cash,
    refund_payment,
)
from remonta.billing.commands.refusals import (
    AmountMissing,
    CountMissing,
    DeskAwaitsTerminal,
    DeskHoldsMoney,
    DeskMissing,
    DeskNameTaken,
    DeskOpenAlready,
    DeskOpenStill,
    DrawerTooEmpty,
    NotOwnShift,
    ShiftNotOpen,
    TerminalAddressUnclear,
)
from remonta.billing.models import CashDesk, Entry, Payment, Posting
from remonta.billing.queries import cash_lines, closed_shifts, desks_at, drawer_balance
from remonta.kernel.refusals import NotPermitted
from tests.cast import operation


def close(till, shift, counted, by="cora"):
    return close_shift(getattr(till.cast, by), shift.uid, counted=counted, operation=operation(till.cast))


def move(till, shift, amount, kind):
    return move_cash(till.cast.cora, shift.uid, amount=amount, kind=kind, operation=operation(till.cast))


def kinds():
    return sorted(Posting.objects.values_list("account__kind", "amount"))


def test_the_difference_at_the_count_is_posted(till):
    shift = till.open(counted=20000)
    till.pay(till.order("100.00"), 10000)
    closed = close(till, shift, 29000)
    assert (closed.expected, closed.counted, closed.difference) == (30000, 29000, -1000)
    assert drawer_balance(till.desk.pk) == 29000
    assert [str(row.difference) for row in closed_shifts(till.cast.cora, till.cast.krakow.pk)] == ["-10.00 PLN"]


def test_the_next_shift_opens_with_what_was_counted_in_one_click(till):
    close(till, till.open(counted=20000), 20000)
    before = Entry.objects.count()
    till.open(counted=None)
    assert (drawer_balance(till.desk.pk), Entry.objects.count()) == (20000, before)


def test_cash_goes_to_the_safe_and_comes_from_it(till, writes_nothing):
    shift = till.open(counted=20000)
    move(till, shift, 15000, "to_safe")
    move(till, shift, 1000, "expense")
    move(till, shift, 500, "from_safe")
    assert drawer_balance(till.desk.pk) == 4500
    assert [line.amount.minor for line in cash_lines(till.cast.cora, shift.uid)] == [500, -1000, -15000, 20000]
    for amount, kind, refusal in (
        (4501, "to_safe", DrawerTooEmpty),
        (0, "expense", AmountMissing),
        (1, "x", AmountMissing),
    ):
        with writes_nothing(), pytest.raises(refusal):
            move(till, shift, amount, kind)


def test_a_desk_is_open_once(till, writes_nothing):
    till.open()
    with writes_nothing(), pytest.raises(DeskOpenAlready):
        till.open(by="rita")


def test_only_its_own_people_or_a_manager_close_a_shift(till, writes_nothing):
    shift = till.open()
    with writes_nothing(), pytest.raises(NotOwnShift):
        close(till, shift, 0, by="rita")
    with writes_nothing(), pytest.raises(CountMissing):
        close(till, shift, -1)
    close(till, shift, 0, by="wanda")
    with writes_nothing(), pytest.raises(ShiftNotOpen):
        close(till, shift, 0)


def test_the_count_is_blind(till):
    till.open(counted=12345)
    (desk,) = desks_at(till.cast.cora, till.cast.krakow.pk)
    assert (desk.name, desk.opened_by, desk.own) == ("Counter 1", "Cora", True)
    assert "12345" not in repr(desk)


def test_cash_desks_are_set_up_by_who_may(till, writes_nothing):
    krakow = till.cast.krakow.uid
    with writes_nothing(), pytest.raises(NotPermitted):
        create_cash_desk(till.cast.cora, krakow, name="Mine")
    with writes_nothing(), pytest.raises(NotPermitted):
        create_cash_desk(till.cast.hana, till.cast.gdansk.uid, name="Far")
    with writes_nothing(), pytest.raises(DeskNameTaken):
        create_cash_desk(till.cast.hana, krakow, name="Counter 1")
    with writes_nothing(), pytest.raises(TerminalAddressUnclear):
        create_cash_desk(till.cast.hana, krakow, name="Two", terminal="the black one")
    changed = change_cash_desk(till.cast.hana, till.desk.uid, name="Till", terminal="http://127.0.0.1:9100")
    assert (changed.name, changed.terminal) == ("Till", "http://127.0.0.1:9100")


def test_an_archived_cash_desk_is_offered_no_more_and_its_name_is_free(till):
    hana, krakow = till.cast.hana, till.cast.krakow
    close(till, till.open(), 0)
    archive_cash_desk(hana, till.desk.uid)
    assert archive_cash_desk(hana, till.desk.uid).archived_at is not None
    assert desks_at(till.cast.cora, krakow.pk) == ()
    with pytest.raises(CashDesk.DoesNotExist):
        till.open()
    assert len(closed_shifts(till.cast.cora, krakow.pk)) == 1
    assert create_cash_desk(hana, krakow.uid, name="Counter 1") != till.desk


def test_neither_an_open_desk_nor_one_with_money_is_archived(till, writes_nothing):
    hana, shift = till.cast.hana, till.open(counted=20000)
    with writes_nothing(), pytest.raises(DeskOpenStill, match="Counter 1"):
        archive_cash_desk(hana, till.desk.uid)
    close(till, shift, 20000)
    with writes_nothing(), pytest.raises(DeskHoldsMoney, match=r"200\.00"):
        archive_cash_desk(hana, till.desk.uid)
    again = till.open(counted=None)
    move(till, again, 20000, "to_safe")
    close(till, again, 0)
    assert archive_cash_desk(hana, till.desk.uid).archived_at


def test_a_card_payment_without_a_result_is_settled_first(till, writes_nothing):
    shift = till.open()
    payment = till.pay(till.order("100.00"), 10000)
    move(till, shift, 10000, "to_safe")
    close(till, shift, 0)
    Payment.objects.filter(pk=payment.pk).update(state="unclear")
    with writes_nothing(), pytest.raises(DeskAwaitsTerminal):
        archive_cash_desk(till.cast.hana, till.desk.uid)


def test_only_who_sets_desks_up_archives_them(till, writes_nothing):
    with writes_nothing(), pytest.raises(NotPermitted):
        archive_cash_desk(till.cast.cora, till.desk.uid)
    with writes_nothing(), pytest.raises(CashDesk.DoesNotExist):
        archive_cash_desk(till.cast.gosia, till.desk.uid)


def test_what_was_paid_at_an_archived_desk_is_given_back_at_another(till, writes_nothing):
    shift = till.open()
    payment = till.pay(till.order("100.00"), 10000)
    move(till, shift, 10000, "to_safe")
    close(till, shift, 0)
    archive_cash_desk(till.cast.hana, till.desk.uid)
    asked = {"amount": 3000, "operation": operation(till.cast)}
    with writes_nothing(), pytest.raises(DeskMissing):
        refund_payment(till.cast.hana, payment.uid, **asked)
