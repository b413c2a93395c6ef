"""Goods go back to their supplier, and come to one of four ends."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from remonta.catalogue.models import Part
from remonta.kernel.ids import uuid7
from remonta.kernel.money import Money
from remonta.kernel.refusals import NotPermitted
from remonta.spine.models import Event
from remonta.stock.commands import NotEnough, NotForParts, SerialsMissing, Which, quarantine_part
from remonta.stock.models import Balance, LotBalance, Move, Piece, Place
from remonta.supply.commands import (
    Delivered,
    add_purchase_line,
    add_return_line,
    add_supplier,
    answer_return,
    ask_part,
    begin_return,
    cancel_return,
    change_purchase_line,
    credit_return,
    drop_return_line,
    give_return_up,
    receive_goods,
    receive_purchase,
    replace_return,
    send_purchase,
    send_return,
    take_return_back,
)
from remonta.supply.commands.refusals import NoAmount, NoReturnLines, NotBoughtThere, NotInStore
from remonta.supply.models import Requisition, SupplierReturn
from remonta.supply.proofs import returned_has_left
from remonta.supply.queries import purchase_page, return_page, supplier_returns_for
from remonta.supply.warranty import months_later
from remonta.supply.workflow import ReturnClash


@pytest.fixture
def maker(cast):
    """Answers for two years for what it delivers, in złoty."""
    return add_supplier(cast.petra, name="Display Maker", currency="PLN", warranty_months=24)


@pytest.fixture
def bought(cast, maker):
    """Three batteries at 40.00 came by an order."""
    said = {"supplier_uid": maker.uid, "part_uid": cast.battery.uid, "quantity": 3000}
    made = add_purchase_line(cast.petra, cast.krakow.uid, **said, operation=uuid7())
    line = purchase_page(cast.petra, made.uid).lines[0]
    change_purchase_line(cast.petra, line.uid, quantity=3000, price=Decimal(40), operation=uuid7())
    send_purchase(cast.petra, made.uid, operation=uuid7())
    came = [Delivered(cast.battery.uid, cast.bin.uid, 3000)]
    receive_purchase(cast.stella, made.uid, lines=came, operation=uuid7())
    return made


def begin(cast, maker, part=None, quantity=1000, reason="failed", **more):
    made = begin_return(cast.stella, cast.krakow.uid, supplier_uid=maker.uid, note="RMA", operation=uuid7())
    said = {"part_uid": (part or cast.battery).uid, "quantity": quantity, "reason": reason, **more}
    return add_return_line(cast.stella, made.uid, **said, operation=uuid7())


def sent(cast, maker, **more):
    made = begin(cast, maker, **more)
    return send_return(cast.stella, made.uid, courier="DPD", tracking="DPD-1", operation=uuid7())


def answered(cast, maker, accepted, **more):
    made = sent(cast, maker, **more)
    said = {"accepted": accepted, "reference": "C-77", "answer": "Seen", "operation": uuid7()}
    return answer_return(cast.petra, made.uid, **said)


def held(part, place):
    return sum(Balance.objects.filter(part=part, place=place).values_list("on_hand", flat=True))


def test_a_failed_part_goes_from_quarantine_to_its_supplier_by_the_order_that_brought_it(cast, maker, bought):
    quarantine_part(cast.stella, cast.battery.pk, quantity=1000, source_uid=cast.bin.uid, operation=uuid7())
    made = sent(cast, maker)
    page = return_page(cast.petra, made.uid)
    line = page.lines[0]
    assert (made.number, page.state, page.tracking) == ("KRK-B00001", "sent", "DPD-1")
    assert (line.place, line.purchase_number, line.reason_label) == ("QUARANTINE", bought.number, "failed")
    move = Move.objects.latest("pk")
    assert (move.target.kind, move.reason, move.cost) == ("supplier", "sent_back", Decimal(40))
    assert held(cast.battery, cast.bin) == 2000
    assert [event.name for event in Event.objects.filter(subject="supply.supplierreturn").order_by("seq")] == [
        "supply.return_asked",
        "supply.return_changed",
        "supply.return_sent",
    ]


def test_the_suppliers_warranty_is_known_for_each_line(cast, maker, bought):
    made = begin(cast, maker, reason="surplus")
    received = bought.lines.get().deliveries.get()
    day = received.receipt.received_at.date()
    assert received.warranty_until == months_later(day, 24)
    assert return_page(cast.petra, made.uid).lines[0].warranty_until == received.warranty_until


def test_new_goods_serve_who_waits_and_cost_what_the_old_ones_did(cast, maker, bought):
    made = answered(cast, maker, True, quantity=3000, reason="wrong")
    waiting = ask_part(cast.egon, cast.order.uid, part_uid=cast.battery.uid, quantity=1000, operation=uuid7())
    assert waiting.state == "wanted"
    replace_return(cast.stella, made.uid, place_uid=cast.bin.uid, note_number="WZ 9", operation=uuid7())
    page = return_page(cast.petra, made.uid)
    assert (page.state, page.receipt_number, page.answer) == ("replaced", "KRK-G00002", "Seen")
    assert Requisition.objects.get(pk=waiting.pk).state == "reserved"
    assert (held(cast.battery, cast.bin), Move.objects.filter(reason="received").latest("pk").cost) == (3000, 40)


def test_a_credit_is_for_who_may_see_costs(cast, maker, bought, refused):
    made = answered(cast, maker, True)
    blind = replace(cast.petra, rights=frozenset(one for one in cast.petra.rights if one[1] != "stock.see_cost"))
    with refused(NotPermitted):
        credit_return(replace(blind, _places={}), made.uid, amount=4000, currency="PLN", operation=uuid7())
    with refused(NotPermitted):
        credit_return(cast.stella, made.uid, amount=4000, currency="PLN", operation=uuid7())
    with refused(NoAmount):
        credit_return(cast.petra, made.uid, amount=0, currency="PLN", operation=uuid7())
    credit_return(cast.petra, made.uid, amount=4000, currency="PLN", operation=uuid7())
    assert return_page(cast.petra, made.uid).credited == Money(4000, "PLN")
    assert return_page(cast.stella, made.uid).credited is None


def test_refused_goods_come_back_or_are_left_there(cast, maker, bought, refused):
    made = answered(cast, maker, False)
    with refused(ReturnClash):
        replace_return(cast.stella, made.uid, place_uid=cast.bin.uid, operation=uuid7())
    with refused(NotForParts):
        take_return_back(cast.stella, made.uid, place_uid=cast_desk(cast).uid, operation=uuid7())
    take_return_back(cast.stella, made.uid, place_uid=cast.other_bin.uid, operation=uuid7())
    assert (held(cast.battery, cast.bin), held(cast.battery, cast.other_bin)) == (2000, 1000)
    other = answered(cast, maker, False)
    assert give_return_up(cast.petra, other.uid, operation=uuid7()).state == "given_up"


def cast_desk(cast):
    return Place.objects.create(centre=cast.krakow, kind="desk", code="D-9")


def test_only_what_lies_here_and_is_free_goes_back(cast, maker, bought, refused):
    made = begin_return(cast.stella, cast.krakow.uid, supplier_uid=maker.uid, operation=uuid7())
    said = {"part_uid": cast.battery.uid, "reason": "failed", "operation": uuid7()}
    with refused(NotEnough):
        add_return_line(cast.stella, made.uid, **said, quantity=4000)
    with refused(NoReturnLines):
        send_return(cast.stella, made.uid, operation=uuid7())
    line = bought.lines.get()
    with refused(NotBoughtThere):
        other = {**said, "part_uid": cast.display.uid, "quantity": 1000}
        add_return_line(cast.stella, made.uid, **other, purchase_line_uid=line.uid)
    cast.display.number = "DSP-6"
    Balance.objects.filter(part=cast.display).update(on_hand=0)
    with refused(NotInStore):
        add_return_line(cast.stella, made.uid, **{**said, "part_uid": cast.display.uid}, quantity=1000)


def test_before_it_leaves_lines_can_be_dropped_and_the_return_cancelled(cast, maker, bought, refused):
    made = begin(cast, maker)
    line = return_page(cast.stella, made.uid).lines[0]
    drop_return_line(cast.stella, line.uid, operation=uuid7())
    assert return_page(cast.stella, made.uid).lines == ()
    cancel_return(cast.stella, made.uid, operation=uuid7())
    gone = sent(cast, maker)
    with refused(ReturnClash):
        cancel_return(cast.stella, gone.uid, operation=uuid7())


def test_a_return_that_never_left_is_found(cast, maker, bought):
    made = sent(cast, maker)
    assert [*returned_has_left()] == []
    made.lines.update(quantity=2000)
    assert [flaw.sentence for flaw in returned_has_left()] == [
        "it is said to be sent back, but no such move stands in the book"
    ]


def test_strangers_and_engineers_send_nothing_back(cast, maker, bought, refused):
    made = begin(cast, maker)
    with refused(SupplierReturn.DoesNotExist):
        send_return(cast.gosia, made.uid, operation=uuid7())
    with refused(NotPermitted):
        answer_return(cast.stella, sent(cast, maker).uid, accepted=True, operation=uuid7())
    assert not supplier_returns_for(cast.egon).exists()


def test_pieces_with_serial_numbers_go_and_others_come_for_them(cast, maker, refused):
    Part.objects.filter(pk=cast.battery.pk).update(tracking="serial")
    came = [Delivered(cast.battery.uid, cast.bin.uid, 2000, which=Which(serials=("A-1", "A-2")))]
    receive_goods(cast.stella, cast.krakow.uid, supplier="Maker", lines=came, operation=uuid7())
    with refused(SerialsMissing):
        begin(cast, maker, quantity=2000, named="A-1")
    made = sent(cast, maker, named="A-1")
    assert Piece.objects.get(serial="A-1").place.kind == "supplier"
    answer_return(cast.petra, made.uid, accepted=True, operation=uuid7())
    line = return_page(cast.petra, made.uid).lines[0]
    assert (line.named, line.quantity) == ("A-1", 1000)
    said = {"place_uid": cast.bin.uid, "named": [(line.uid, "B-9")], "operation": uuid7()}
    replace_return(cast.stella, made.uid, **said)
    here = Piece.objects.filter(place=cast.bin).order_by("serial")
    assert [*here.values_list("serial", flat=True)] == ["A-2", "B-9"]


def test_a_refused_batch_comes_back_as_the_same_batch(cast, maker):
    Part.objects.filter(pk=cast.battery.pk).update(tracking="batch")
    came = [Delivered(cast.battery.uid, cast.bin.uid, 2000, which=Which(batch="L-7"))]
    receive_goods(cast.stella, cast.krakow.uid, supplier="Maker", lines=came, operation=uuid7())
    made = answered(cast, maker, False, quantity=2000, named="L-7")
    take_return_back(cast.stella, made.uid, place_uid=cast.other_bin.uid, operation=uuid7())
    assert LotBalance.objects.get(place=cast.other_bin).on_hand == 2000


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [((2026, 1, 31), 1, (2026, 2, 28)), ((2026, 11, 22), 24, (2028, 11, 22)), ((2026, 12, 1), 1, (2027, 1, 1))],
)
def test_months_later_is_the_same_day_or_the_last_one(day, months, later):
    assert months_later(date(*day), months) == date(*later)
