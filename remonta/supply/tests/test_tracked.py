"""Parts by serial number and by batch, from the delivery to the repair and back."""

from dataclasses import replace
from datetime import date

import pytest

from remonta.kernel.ids import uuid7
from remonta.spine.models import Event
from remonta.spine.queries import verify
from remonta.stock.commands import BatchExpired, BatchMissing, NoSuchSerial, SerialElsewhere, SerialsMissing, Which
from remonta.stock.models import LotBalance, Piece
from remonta.stock.queries import told_in_repair
from remonta.supply.commands import (
    Delivered,
    TooMuchOut,
    ask_part,
    give_parts_away,
    issue_part,
    issue_scanned,
    receive_goods,
    return_unused_part,
    take_back_issue,
    take_out_old_part,
)
from remonta.supply.models import GoodsReceiptLine, Requisition

LATE, SOON, SPOILT = date(2099, 1, 1), date(2098, 1, 1), date(2020, 1, 1)


def receive(cast, *lines):
    said = {"supplier": "Parts Ltd", "lines": list(lines), "operation": uuid7()}
    return receive_goods(cast.stella, cast.krakow.uid, **said)


@pytest.fixture
def tracked(cast):
    """Screens by serial number: S-1 and S-2 in A-01, S-3 in A-02. Glue by batch, of three ages, in A-01."""
    parts = type(cast.display).objects
    cast.screen = parts.create(number="SCR-1", name="Screen", sort_name="screen", tracking="serial")
    cast.glue = parts.create(number="GLU-1", name="Glue", sort_name="glue", tracking="batch")
    glue = Delivered(cast.glue.uid, cast.bin.uid, 3000)
    receive(
        cast,
        Delivered(cast.screen.uid, cast.bin.uid, 2000, which=Which(("S-1", "S-2"))),
        Delivered(cast.screen.uid, cast.other_bin.uid, 1000, which=Which(("S-3",))),
        replace(glue, which=Which(batch="L1", expires_on=LATE)),
        replace(glue, which=Which(batch="L2", expires_on=SOON)),
        replace(glue, which=Which(batch="L3", expires_on=SPOILT)),
    )
    return cast


def ask(cast, part, quantity=1000):
    return ask_part(cast.egon, cast.order.uid, part_uid=part.uid, quantity=quantity, operation=uuid7())


def issue(cast, row, *serials, **more):
    return issue_part(cast.stella, row.uid, which=Which(serials, **more), operation=uuid7())


def where(serial):
    return Piece.objects.select_related("place").get(serial=serial).place.code


def sound():
    return [str(flaw) for flaw in verify() if flaw.book in ("things", "supply")] == []


def test_a_delivery_has_a_line_for_each_serial_number(tracked):
    lines = GoodsReceiptLine.objects.filter(part=tracked.screen).order_by("pk")
    assert [(line.quantity, line.move.serial) for line in lines] == [(1000, "S-1"), (1000, "S-2"), (1000, "S-3")]
    assert where("S-3") == "A-02"
    assert sound()


def test_a_delivery_without_its_numbers_is_refused(tracked, refused):
    with refused(SerialsMissing, "2"):
        receive(tracked, Delivered(tracked.screen.uid, tracked.bin.uid, 2000, which=Which(("S-9",))))
    with refused(SerialElsewhere, "S-1"):
        receive(tracked, Delivered(tracked.screen.uid, tracked.bin.uid, 1000, which=Which(("s-1",))))
    with refused(BatchMissing):
        receive(tracked, Delivered(tracked.glue.uid, tracked.bin.uid, 1000))


def test_the_piece_that_was_scanned_is_issued_from_where_it_lies(tracked):
    asked = ask(tracked, tracked.screen)
    issued = issue_scanned(
        tracked.stella, tracked.order.uid, part_uid=tracked.screen.uid, which=Which(("S-3",)), operation=uuid7()
    )
    assert (issued, issued.state) == (asked, "issued")
    assert where("S-3").startswith("REPAIR")
    assert told_in_repair(tracked.order.pk) == {tracked.screen.pk: ("S-3",)}
    fact = Event.objects.filter(name="supply.part_issued").latest("pk")
    assert fact.data["serials"] == ["S-3"]
    assert sound()


def test_one_of_two_asked_for_is_handed_out_and_the_other_stays_asked_for(tracked):
    asked = ask(tracked, tracked.screen, 2000)
    issue(tracked, asked, "S-2")
    rows = Requisition.objects.filter(part=tracked.screen).order_by("pk").values_list("state", "quantity")
    assert list(rows) == [("issued", 1000), ("reserved", 1000)]
    assert sound()
    issue(tracked, Requisition.objects.get(part=tracked.screen, state="reserved"), "S-1")
    assert told_in_repair(tracked.order.pk) == {tracked.screen.pk: ("S-2", "S-1")}
    assert sound()


def test_what_is_wanted_stays_wanted_for_the_rest(tracked):
    asked = ask(tracked, tracked.screen, 5000)
    wanted = Requisition.objects.get(part=tracked.screen, state="wanted")
    assert wanted.quantity == 2000
    receive(tracked, Delivered(tracked.screen.uid, tracked.bin.uid, 1000, which=Which(("S-4",))))
    issue(tracked, wanted, "S-4")
    assert sorted(Requisition.objects.filter(part=tracked.screen).values_list("state", "quantity")) == [
        ("issued", 1000),
        ("reserved", 1000),
        ("reserved", 2000),
        ("wanted", 1000),
    ]
    assert asked.pk
    assert sound()


def test_more_than_was_asked_for_or_another_piece_is_refused(tracked, refused):
    asked = ask(tracked, tracked.screen)
    with refused(TooMuchOut):
        issue(tracked, asked, "S-1", "S-2")
    issue(tracked, asked, "S-1")
    issue(tracked, ask(tracked, tracked.screen), "S-2")
    again = ask(tracked, tracked.screen)
    with refused(SerialElsewhere):
        issue(tracked, again, "S-1")
    with refused(NoSuchSerial):
        issue(tracked, again, "S-8")


def test_which_of_two_has_to_be_said(tracked, refused):
    ask(tracked, tracked.screen)
    asked = ask(tracked, tracked.screen)
    assert asked.reservation.place == tracked.bin
    with refused(SerialsMissing):
        issue(tracked, asked)


def test_an_expired_batch_is_refused_unless_confirmed(tracked, refused):
    asked = ask(tracked, tracked.glue, 2000)
    with refused(BatchMissing, "L3, L2, L1"):
        issue(tracked, asked)
    with refused(BatchExpired, "L3 expired"):
        issue(tracked, asked, batch="L3")
    issue_part(tracked.stella, asked.uid, which=Which(batch="L3"), accept_expired=True, operation=uuid7())
    assert LotBalance.objects.get(lot__code="L3", place=tracked.bin).on_hand == 1000
    assert told_in_repair(tracked.order.pk) == {tracked.glue.pk: ("L3",)}
    assert sound()


def test_what_was_issued_is_taken_back_piece_by_piece(tracked):
    asked = ask(tracked, tracked.screen, 2000)
    issue(tracked, asked, "S-1", "S-2")
    take_back_issue(tracked.stella, asked.uid, operation=uuid7())
    assert (where("S-1"), where("S-2")) == ("A-01", "A-01")
    glue = ask(tracked, tracked.glue, 2000)
    issue(tracked, glue, batch="L1")
    take_back_issue(tracked.stella, glue.uid, operation=uuid7())
    assert LotBalance.objects.get(lot__code="L1", place=tracked.bin).on_hand == 3000
    assert sound()


def test_one_of_two_comes_back_by_its_number(tracked, refused):
    asked = ask(tracked, tracked.screen, 2000)
    issue(tracked, asked, "S-1", "S-2")
    back = {"place_uid": tracked.other_bin.uid}
    with refused(SerialsMissing):
        return_unused_part(tracked.stella, asked.uid, **back, quantity=1000, operation=uuid7())
    return_unused_part(tracked.stella, asked.uid, **back, which=Which(("S-2",)), operation=uuid7())
    return_unused_part(tracked.stella, asked.uid, **back, operation=uuid7())
    assert (where("S-1"), where("S-2")) == ("A-02", "A-02")
    assert sound()


def test_the_old_part_is_known_by_its_number_from_then_on(tracked, refused):
    old = {"part_uid": tracked.screen.uid}
    with refused(SerialsMissing):
        take_out_old_part(tracked.egon, tracked.order.uid, **old, operation=uuid7())
    take_out_old_part(tracked.egon, tracked.order.uid, **old, which=Which(("OLD-7",)), operation=uuid7())
    assert where("OLD-7") == "QUARANTINE"
    assert sound()


def test_what_was_built_in_is_told_after_the_hand_over(tracked):
    issue(tracked, ask(tracked, tracked.screen), "S-2")
    give_parts_away(tracked.stella, tracked.order.pk)
    assert where("S-2") == "CUSTOMER"
    assert told_in_repair(tracked.order.pk) == {tracked.screen.pk: ("S-2",)}
    assert [flaw for flaw in verify() if flaw.book == "things"] == []
